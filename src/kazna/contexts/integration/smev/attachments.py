"""Files beside a message: inside the envelope (content list) or in the file store of СМЭВ (reference list)."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hmac import compare_digest

from lxml import etree

from kazna.contexts.integration.smev.names import basic
from kazna.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the content list; `content_id` is an XML name, unique in the message."""

    content_id: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    """A file of the reference list: its id in the store and the base64 of its digest by the signer's algorithm."""

    file_id: str
    mime_type: str
    digest: str
    file_name: str = ""


class AttachmentRefused(DomainError):
    """`code` is the official fault: AttachmentContentMiscoordination or AttachmentSizeLimitExceeded."""

    sentence = "Вложения не приняты: {reason}."


def refused(reason: str, code: str = "AttachmentContentMiscoordination") -> AttachmentRefused:
    return AttachmentRefused(reason=reason, code=code)


def header_lists(attached: Sequence[Attachment], stored: Sequence[StoredAttachment]) -> list[etree._Element]:
    """The lists under the signature, in the order of the schema; none for no files."""
    lists = []
    if attached:
        headers = etree.Element(basic("AttachmentHeaderList"))
        for one in attached:
            header = etree.SubElement(headers, basic("AttachmentHeader"))
            etree.SubElement(header, basic("contentId")).text = one.content_id
            etree.SubElement(header, basic("MimeType")).text = one.mime_type
        lists.append(headers)
    if stored:
        headers = etree.Element(basic("RefAttachmentHeaderList"))
        for kept in stored:
            header = etree.SubElement(headers, basic("RefAttachmentHeader"))
            etree.SubElement(header, basic("uuid")).text = kept.file_id
            etree.SubElement(header, basic("Hash")).text = kept.digest
            etree.SubElement(header, basic("MimeType")).text = kept.mime_type
        lists.append(headers)
    return lists


def content_list(attached: Sequence[Attachment]) -> etree._Element | None:
    """The contents beside the signed part; they are held to it by their ids."""
    if not attached:
        return None
    contents = etree.Element(basic("AttachmentContentList"))
    for one in attached:
        content = etree.SubElement(contents, basic("AttachmentContent"))
        etree.SubElement(content, basic("Id")).text = one.content_id
        etree.SubElement(content, basic("Content")).text = b64encode(one.content).decode()
    return contents


def read_attached(provided: etree._Element, contents: etree._Element | None, *, most_bytes: int) -> list[Attachment]:
    """Files of the content list as the signed headers name them. Raises AttachmentRefused."""
    kinds: dict[str, str] = {}
    for header in provided.iterfind(f"{basic('AttachmentHeaderList')}/{basic('AttachmentHeader')}"):
        kinds[header.findtext(basic("contentId")) or ""] = header.findtext(basic("MimeType")) or ""
    found = [] if contents is None else contents.findall(basic("AttachmentContent"))
    ids = [each.findtext(basic("Id")) or "" for each in found]
    if sorted(ids) != sorted(kinds):
        raise refused(f"названо файлов {len(kinds)}, приложено {len(ids)}, или их номера не сходятся")
    files = []
    for content_id, each in zip(ids, found, strict=True):
        try:
            body = b64decode(each.findtext(basic("Content")) or "", validate=False)
        except (binascii.Error, ValueError) as problem:
            raise refused(f"файл {content_id} не в base64") from problem
        files.append(Attachment(content_id, kinds[content_id], body))
    total = sum(len(one.content) for one in files)
    if total > most_bytes:
        raise refused(f"всего {total} байт, разрешено {most_bytes}", "AttachmentSizeLimitExceeded")
    return files


def read_stored(provided: etree._Element, access: etree._Element | None) -> list[StoredAttachment]:
    """Files of the reference list; names come from the access list that СМЭВ adds."""
    names = {
        each.findtext(basic("uuid")): each.findtext(basic("FileName")) or ""
        for each in ([] if access is None else access.findall(basic("FSAttachment")))
    }
    return [
        StoredAttachment(
            file_id := header.findtext(basic("uuid")) or "",
            header.findtext(basic("MimeType")) or "",
            header.findtext(basic("Hash")) or "",
            names.get(file_id, ""),
        )
        for header in provided.iterfind(f"{basic('RefAttachmentHeaderList')}/{basic('RefAttachmentHeader')}")
    ]


def fetch_stored(
    files: Sequence[StoredAttachment],
    fetch: Callable[[str], bytes],
    digest: Callable[[bytes], bytes],
    *,
    most_bytes: int,
) -> list[Attachment]:
    """Fetch the files and hold each to the digest under the signature. Raises AttachmentRefused."""
    taken, total = [], 0
    for one in files:
        body = fetch(one.file_id)
        total += len(body)
        if total > most_bytes:
            raise refused(f"файлы хранилища больше {most_bytes} байт", "AttachmentSizeLimitExceeded")
        if not compare_digest(b64encode(digest(body)).decode(), one.digest):
            raise refused(f"хэш файла {one.file_id} не сходится с подписанным")
        taken.append(Attachment(one.file_id, one.mime_type, body))
    return taken
