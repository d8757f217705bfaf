"""A document is looked at before it is sent: what an officer would send back is said at once."""

import struct
import zlib
from datetime import date

import pytest
import typst

from kazna.web.applying.precheck import remarks_on

ON = date(2026, 2, 16)
WORDS = "Справка выдана гражданке {name} в том, что она обучается по очной форме. {more}"


def paper(name: str, more: str = "") -> bytes:
    source = "#set text(lang: 'ru')\n".replace("'", '"') + WORDS.format(name=name, more=more)
    return typst.compile(source.encode())


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg(width: int, height: int) -> bytes:
    app = b"\xff\xe0\x00\x10" + b"\x00" * 14
    return b"\xff\xd8" + app + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x00" * 20


def said(content: bytes, surname: str = "Смирнова") -> str:
    return " ".join(remarks_on(content, surnames=[surname], on=ON))


def test_a_good_document_needs_no_remark():
    assert said(paper("Смирновой Анне", "Справка действительна до 31.12.2026.")) == ""


def test_a_document_of_another_is_noticed():
    assert "не видно фамилии" in said(paper("Чужой Вере"))


def test_an_expired_document_is_noticed():
    assert "действовал до 31.12.2025" in said(paper("Смирновой Анне", "Справка действительна до 31.12.2025."))


def test_an_impossible_day_is_no_day():
    assert said(paper("Смирновой Анне", "Справка действительна до 99.99.2025.")) == ""


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.4 \x00\xff" * 500, b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"]
)
def test_a_broken_document_is_noticed_and_breaks_nothing(content):
    assert "не открывается" in said(content)


@pytest.mark.parametrize("small", [png(200, 900), jpeg(320, 240)])
def test_a_picture_too_small_to_read_is_noticed(small):
    assert "слишком мелкий" in said(small)


@pytest.mark.parametrize("fine", [png(1200, 1600), jpeg(1200, 1600), b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""])
def test_a_large_picture_or_a_stub_passes(fine):
    assert said(fine) == ""
