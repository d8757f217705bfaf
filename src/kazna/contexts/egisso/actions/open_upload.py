"""What a supplier hands over: one XML, or a zip of packages with their detached signatures and nothing else."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass

from kazna.contexts.egisso.control.findings import Finding, finding

MEGABYTE = 1024 * 1024
FILE_LIMIT, ARCHIVE_LIMIT, FILES = 64 * MEGABYTE, 256 * MEGABYTE, 1000
RATIO, RATIO_FREE = 200, MEGABYTE
SIGNATURES = (".sig", ".sgn", ".p7s")


@dataclass(slots=True)
class Upload:
    """A package to be checked; `refusal` is said in place of a check."""

    name: str
    payload: bytes
    signature: bytes | None = None
    refusal: Finding | None = None


class ArchiveRefused(Exception):
    """The archive as a whole is not opened; `finding` says why."""

    def __init__(self, said: Finding) -> None:
        super().__init__(said.message)
        self.finding = said


def unpack(name: str, payload: bytes) -> list[Upload]:
    """The packages of a file handed over. Raises ArchiveRefused before anything dangerous is unpacked.

    A file in the archive that is neither a package nor the signature of one refuses itself, the others go on.
    """
    if payload[:2] != b"PK":
        return [Upload(name, payload)]
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as problem:
        raise ArchiveRefused(finding("archive", what="Архив не открывается, он повреждён")) from problem
    files = [info for info in archive.infolist() if not info.is_dir()]
    _check_sizes(files)
    found = {info.filename: _entry(archive, info) for info in files}
    signatures = {one: found.pop(one) for one in list(found) if one.lower().endswith(SIGNATURES)}
    for upload in found.values():
        for ending in SIGNATURES:
            if signature := signatures.pop(upload.name + ending, None):
                upload.signature = signature.payload
    for stray in signatures.values():
        stray.refusal = finding("archive", what=f"Подпись {stray.name[:100]} не относится ни к одному файлу архива")
    return [*found.values(), *signatures.values()]


def _check_sizes(files: list[zipfile.ZipInfo]) -> None:
    if not files:
        raise ArchiveRefused(finding("archive", what="Архив пуст"))
    if len(files) > FILES:
        raise ArchiveRefused(finding("archive", what=f"В архиве файлов: {len(files)}, принимается не больше {FILES}"))
    if sum(info.file_size for info in files) > ARCHIVE_LIMIT:
        raise ArchiveRefused(finding("archive", what=f"После распаковки больше {ARCHIVE_LIMIT // MEGABYTE} МБ"))
    for info in files:
        if info.file_size > RATIO_FREE and info.file_size > RATIO * max(info.compress_size, 1):
            raise ArchiveRefused(finding("archive", what=f"Файл {info.filename[:100]} сжат подозрительно сильно"))


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Upload:
    name = info.filename
    if "/" in name or "\\" in name or ".." in name or stat.S_ISLNK(info.external_attr >> 16):
        return Upload(name, b"", refusal=finding("archive", what=f"Файл {name[:100]} лежит в папке или это ссылка"))
    if not name.lower().endswith((".xml", ".xlsx", *SIGNATURES)):
        return Upload(name, b"", refusal=finding("archive", what=f"Файл {name[:100]} не пакет и не подпись"))
    if info.flag_bits & 0x1:
        return Upload(name, b"", refusal=finding("archive", what=f"Файл {name[:100]} закрыт паролем"))
    try:
        with archive.open(info) as raw:
            payload = raw.read(FILE_LIMIT + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        return Upload(name, b"", refusal=finding("archive", what=f"Файл {name[:100]} не распаковывается"))
    if len(payload) > FILE_LIMIT:
        return Upload(
            name, b"", refusal=finding("archive", what=f"Файл {name[:100]} больше {FILE_LIMIT // MEGABYTE} МБ")
        )
    return Upload(name, payload)
