"""Settings that administrators change while the system works: declared in code with bounds, kept with their history.

A context declares what may be tuned; `value` is the present value or the default. Rows are only added.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.kernel.errors import DomainError

FRESH_SECONDS = 2.0
LONGEST_TEXT = 4000
PLACE = re.compile(r"\{(\w*)\}")


class TunableRefused(DomainError):
    sentence = "Настройка не принята: {why}."


@dataclass(frozen=True, slots=True)
class Tunable:
    """One setting: a whole number between `least` and `most`, or a text in which only `places` may be named in braces.

    `is_guarded`: it touches rights or money, so two people change it. `sample`: places filled for a preview.
    """

    name: str
    title: str
    default: Any
    least: int = 0
    most: int = 0
    places: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    sample: tuple[tuple[str, str], ...] = ()
    is_guarded: bool = False

    @property
    def is_text(self) -> bool:
        return isinstance(self.default, str)

    def read(self, text: str) -> Any:
        """The value typed. Raises TunableRefused."""
        return self._text(text) if self.is_text else self._number(text)

    def preview(self, text: str) -> str:
        """The text with the sample in its places."""
        return filled(text, dict(self.sample))

    def _number(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text.strip()) or not self.least <= int(text) <= self.most:
            raise TunableRefused(why=f"«{self.title}» — целое число от {self.least} до {self.most}")
        return int(text)

    def _text(self, text: str) -> str:
        plain = text.replace("\r\n", "\n").strip()
        if not 3 <= len(plain) <= LONGEST_TEXT or "\x00" in plain:
            raise TunableRefused(why=f"текст — от 3 до {LONGEST_TEXT} знаков")
        named = PLACE.findall(plain)
        if "{" in PLACE.sub("", plain) or "}" in PLACE.sub("", plain):
            raise TunableRefused(why="фигурные скобки стоят только вокруг имён полей")
        if strange := sorted(set(named) - set(self.places)):
            raise TunableRefused(
                why=f"поля {{{strange[0]}}} нет; есть {', '.join(f'{{{one}}}' for one in self.places)}"
            )
        if lost := [one for one in self.needed if one not in named]:
            raise TunableRefused(why=f"поле {{{lost[0]}}} должно остаться")
        return plain


@dataclass(frozen=True, slots=True)
class Past:
    """A value and who set it when."""

    value: Any
    since: datetime
    by: str
    change_id: UUID | None


TUNABLES: dict[str, Tunable] = {}
_known: dict[str, tuple[float, Any]] = {}


def declare(*tunables: Tunable) -> None:
    """Called when the module of a context is read."""
    TUNABLES.update({one.name: one for one in tunables})


def tunable(name: str) -> Tunable:
    """Raises TunableRefused for a name nobody declared."""
    if name not in TUNABLES:
        raise TunableRefused(why="такой настройки нет")
    return TUNABLES[name]


def value(name: str) -> Any:
    """The present value; another process sees a change within two seconds."""
    read_at, known = _known.get(name, (0.0, None))
    if time.monotonic() - read_at < FRESH_SECONDS and read_at:
        return known
    past = history(name, limit=1)
    found = past[0].value if past else tunable(name).default
    _known[name] = (time.monotonic(), found)
    return found


def history(name: str, *, limit: int = 50) -> list[Past]:
    """The newest first; the default is not among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value #>> '{}', jsonb_typeof(value), since, \"by\", change_id FROM plumbing_tunable_value"
            " WHERE name = %s ORDER BY id DESC LIMIT %s",
            [name, limit],
        )
        return [
            Past(int(text) if kind == "number" else text, since, by, change_id)
            for text, kind, since, by, change_id in cursor.fetchall()
        ]


def set_value(name: str, given: Any, *, by: str, change_id: UUID | None = None) -> None:
    """Keep a value that `Tunable.read` gave."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO plumbing_tunable_value (name, value, "by", change_id) VALUES (%s, to_jsonb(%s::'
            + ("text" if isinstance(given, str) else "int")
            + "), %s, %s)",
            [name, given, by, change_id],
        )
    forget()


def forget() -> None:
    """Read anew at the next question."""
    _known.clear()


def filled(text: str, told: dict[str, str]) -> str:
    """The text with its places filled; empty places leave no empty paragraphs."""
    whole = PLACE.sub(lambda found: told.get(found[1], ""), text)
    return re.sub(r"\n{3,}", "\n\n", whole).strip()
