"""Cut the text of an expression into words, numbers, dates and signs, each with its position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(Enum):
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`position` is the offset of the first character in the expression."""

    kind: Kind
    text: str
    position: int


class Mistake(Exception):
    """Something the author of an expression must mend; `position` is an offset in its text."""

    def __init__(self, position: int, code: str, what: str, why: str = "", what_to_do: str = "") -> None:
        self.position, self.code = position, code
        self.what, self.why, self.what_to_do = what, why, what_to_do
        super().__init__(what)


KEYWORDS = frozenset(
    (
        *("if", "then", "else", "or", "and", "not", "between", "in", "is", "known", "unknown", "otherwise"),
        *("where", "empty", "at", "true", "false", "rub", "never"),
    )
)
BUILTINS = frozenset({"today", "governing_date"})
RESERVED = KEYWORDS | BUILTINS
LONGEST_EXPRESSION = 20_000
FIRST_YEAR, LAST_YEAR = 1900, 2100

PATTERN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d(?!\d))"
    r"|(?P<number>\d{1,40}(?:\.\d{1,40})?(?![\w.]))"
    r"|(?P<text>'[^'\n]*')"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*)"
    r"|(?P<sign><=|>=|!=|[-+*/<>=(){}\[\],])"
)
FOREIGN_SIGNS = {
    "==": "=",
    "&&": "and",
    "||": "or",
    "<>": "!=",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "*",
    "!": "not",
    "%": "* 0.01",
}


def tokens(text: str) -> list[Token]:
    """Every token of the expression and an END; raise Mistake where the text cannot be read."""
    if len(text) > LONGEST_EXPRESSION:
        raise Mistake(0, "too_long", "Выражение слишком длинное.", what_to_do="Вынесите части в steps.")
    found: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = PATTERN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        kind = Kind(match.lastgroup)
        word = match.group()
        if kind is Kind.DATE:
            _check_date(word, position)
        if kind is Kind.SIGN and found and found[-1].text + word in FOREIGN_SIGNS and _adjacent(found[-1], position):
            raise _unreadable(text, found[-1].position)
        found.append(Token(kind, word, position))
        position = match.end()
    found.append(Token(Kind.END, "", len(text.rstrip())))
    return found


def _adjacent(before: Token, position: int) -> bool:
    return before.position + len(before.text) == position


def _check_date(word: str, position: int) -> None:
    if not FIRST_YEAR <= int(word[:4]) <= LAST_YEAR:
        raise Mistake(
            position, "far_date", f"День {word} слишком далёк.",
            f"В законе бывают дни с {FIRST_YEAR} по {LAST_YEAR} год.", "Проверьте год; бессрочно — never.",
        )  # fmt: skip
    try:
        date.fromisoformat(word)
    except ValueError:
        raise Mistake(
            position,
            "no_such_date",
            f"Такого дня нет: {word}.",
            what_to_do="Пишите год-месяц-день, например 2025-01-31.",
        ) from None


def _unreadable(text: str, position: int) -> Mistake:
    for sign, ours in FOREIGN_SIGNS.items():
        if text.startswith(sign, position):
            return Mistake(
                position, "foreign_sign", f"Знака «{sign}» в языке правил нет.", what_to_do=f"Напишите «{ours}»."
            )
    piece = text[position : position + 12].split()[0]
    if piece[0] == "'":
        return Mistake(position, "open_quote", "Кавычка открыта и не закрыта.", what_to_do="Закройте её знаком '.")
    if piece[0].isdigit():
        return Mistake(
            position,
            "bad_number",
            f"Число не читается: «{piece}».",
            "Дробная часть пишется через точку, единица — отдельным словом, подряд не больше 40 цифр.",
            "Пишите 1234.50 или 1234.50 rub, без пробелов внутри числа.",
        )
    return Mistake(
        position,
        "unreadable",
        f"Не удаётся прочитать «{piece}».",
        "Слова выражений пишутся латиницей.",
        "Текстовые значения берите в одинарные кавычки: 'I'.",
    )
