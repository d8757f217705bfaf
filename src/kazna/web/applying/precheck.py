"""A look at a document before it is sent (what an officer would send back): unreadable, expired, another person's.

Remarks only warn: a scan without text says nothing, and a name may be written otherwise. What is not taken at all is
refused by `cases.attach`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

SHORTEST_SIDE, LEAST_TEXT, MOST_PAGES = 600, 40, 5
ROOT = 4  # letters of a surname that stand in every case: «Смирнов-а, -ой»
UNTIL = re.compile(r"(?:действ\w+|годен|годна|срок\w*)[^.]{0,60}?\bдо\s+(\d{2})\.(\d{2})\.(\d{4})", re.IGNORECASE)


def remarks_on(content: bytes, *, surnames: Collection[str], on: date) -> list[str]:
    """Sentences for the person, none when nothing is wrong. `surnames`: of those the application is about."""
    if content.startswith(b"%PDF-"):
        return list(_of_pdf(content, surnames, on))
    size = _png_size(content) or _jpeg_size(content)
    if size and min(size) < SHORTEST_SIDE:
        return [_("Снимок слишком мелкий, текст на нём не прочесть. Снимите документ ближе, целиком и при свете.")]
    return []


def _of_pdf(content: bytes, surnames: Collection[str], on: date) -> Iterator[str]:
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            yield _("Документ закрыт паролем: его не прочесть. Сохраните его без пароля.")
            return
        text = "\n".join(page.extract_text() for page in reader.pages[:MOST_PAGES])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        yield _("Документ не открывается: файл испорчен. Сохраните или снимите его ещё раз.")
        return
    if len(re.findall(r"[а-яё]", text, re.IGNORECASE)) < LEAST_TEXT:
        return  # a scan: nothing to read by a program
    plain = text.lower().replace("ё", "е")
    roots = [surname.lower().replace("ё", "е")[: max(ROOT, len(surname) - 2)] for surname in surnames if surname]
    if roots and not any(root in plain for root in roots):
        yield _("В документе не видно фамилии того, о ком заявление. Проверьте, тот ли это документ.")
    for day, month, year in UNTIL.findall(text):
        if (until := _day(year, month, day)) and until < on:
            yield _("Срок документа вышел: он действовал до %(day)s. Приложите новый.") % {"day": f"{until:%d.%m.%Y}"}
            return


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """From the frame header; None when there is none to be found."""
    place = 2
    while content.startswith(b"\xff\xd8") and place + 9 < len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + max(length, 2)
    return None
