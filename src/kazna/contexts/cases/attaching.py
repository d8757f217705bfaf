"""What a file is by its bytes, whatever its name says; what is not taken, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from kazna.contexts.cases.contracts_applications import FileRefused

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 20
SIGNS = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
ENDINGS = {"pdf": ("pdf",), "jpeg": ("jpg", "jpeg"), "png": ("png",)}
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
NAME = re.compile(r"[^\w .()№,-]+")


@dataclass(frozen=True, slots=True)
class TakenFile:
    name: str
    kind: str
    content: bytes


def take_file(name: str, content: bytes) -> TakenFile:
    """The file with a harmless name and its true kind. Raises FileRefused."""
    shown = NAME.sub("_", PurePath(name.replace("\\", "/")).name)[-100:] or "файл"
    if not content:
        raise FileRefused(name=shown, why="файл пустой", do="Выберите другой файл.")
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise FileRefused(name=shown, why=f"файл больше {most} МБ", do="Уменьшите его или разделите.")
    kind = next((kind for kind, sign in SIGNS.items() if content.startswith(sign)), None)
    if kind is None:
        raise FileRefused(
            name=shown, why="это не PDF, не JPEG и не PNG", do="Сохраните документ в одном из этих видов."
        )
    ending = shown.rpartition(".")[2].lower()
    if ending not in ENDINGS[kind]:
        raise FileRefused(
            name=shown,
            why=f"внутри {kind.upper()}, а имя говорит другое",
            do=f"Переименуйте файл в .{ENDINGS[kind][0]}.",
        )
    if kind == "pdf" and ACTIVE.search(content):
        raise FileRefused(name=shown, why="в документе есть программы или вложения", do="Напечатайте его в новый PDF.")
    return TakenFile(shown, kind, content)
