"""Numbers that carry a control sum: СНИЛС, bank accounts, ИНН."""

from __future__ import annotations

import re

EXEMPT_SNILS = 1_001_998  # numbers up to 001-001-998 were issued before the control number


def snils_control(nine_digits: str) -> str:
    """Two control digits of a nine-digit number: sum of (9-i)*d, mod 101, 100 becomes 00."""
    total = sum((9 - place) * int(digit) for place, digit in enumerate(nine_digits)) % 101
    return f"{total % 100:02d}"


def plain_snils(text: str) -> str:
    """«083 367 324 77», «083-367-324 77» → «08336732477»; other characters stay and fail the check."""
    return re.sub(r"[\s-]", "", text)


def snils_is_valid(text: str) -> bool:
    """True for eleven digits whose control number agrees; the early exempt range is accepted as it is."""
    snils = plain_snils(text)
    if not re.fullmatch(r"\d{11}", snils):
        return False
    return int(snils[:9]) <= EXEMPT_SNILS or snils_control(snils[:9]) == snils[9:]


def format_snils(snils: str) -> str:
    """«08336732477» → «083-367-324 77»."""
    return f"{snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}"


def account_is_valid(bik: str, account: str) -> bool:
    """Control key of a client's account at a bank: weights 7,1,3 over БИК[6:9] + account."""
    if not (re.fullmatch(r"\d{9}", bik) and re.fullmatch(r"\d{20}", account)):
        return False
    digits = bik[6:9] + account
    return sum(int(digit) * (7, 1, 3)[place % 3] % 10 for place, digit in enumerate(digits)) % 10 == 0


def inn_is_valid(inn: str) -> bool:
    """ИНН of an organisation (10 digits) or a person (12 digits)."""

    def control(digits: str, weights: tuple[int, ...]) -> str:
        return str(sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11 % 10)

    if re.fullmatch(r"\d{10}", inn):
        return control(inn, (2, 4, 10, 3, 5, 9, 4, 6, 8)) == inn[9]
    if re.fullmatch(r"\d{12}", inn):
        first = control(inn, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        second = control(inn, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        return inn[10:] == first + second
    return False
