"""Ask a clamd whether bytes carry a virus (its INSTREAM command); without an address nobody is asked."""

from __future__ import annotations

import os
import socket
import struct

from kazna.kernel.errors import DomainError

PIECE = 64 * 1024
SECONDS = 20
ANSWER = 4096


class VirusFound(DomainError):
    sentence = "Антивирус не пропустил файл: {name}. Проверьте устройство, с которого он взят, и выберите другой файл."


class ScannerSilent(DomainError):
    """The scanner is set but does not answer: nothing is taken in unchecked."""

    sentence = "Файлы сейчас не принимаются: антивирус не отвечает. Попробуйте через несколько минут."


def scan(content: bytes, address: str | None = None) -> str:
    """«clean» or «not_scanned» (no `KAZNA_CLAMD`, «host:port» or a socket's path). Raises VirusFound, ScannerSilent."""
    address = address if address is not None else os.environ.get("KAZNA_CLAMD", "")
    if not address:
        return "not_scanned"
    try:
        answer = _ask(content, address)
    except (OSError, ValueError) as problem:
        raise ScannerSilent() from problem
    if answer.endswith("OK"):
        return "clean"
    if answer.endswith("FOUND"):
        raise VirusFound(name=answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise ScannerSilent()


def _ask(content: bytes, address: str) -> str:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        return line.recv(ANSWER).split(b"\0")[0].decode("ascii", "replace").strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(address)
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
