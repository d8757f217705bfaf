"""Numbers of employers: ОГРН, ОГРНИП, КПП and codes of activity."""

from __future__ import annotations

import re

OKVED = re.compile(r"\d{2}(\.\d{1,2}(\.\d{1,2})?)?")


def ogrn_is_valid(text: str) -> bool:
    """ОГРН of an organisation: thirteen digits, the last is the remainder of twelve by eleven."""
    return bool(re.fullmatch(r"\d{13}", text)) and int(text[:12]) % 11 % 10 == int(text[12])


def ogrnip_is_valid(text: str) -> bool:
    """ОГРНИП of an entrepreneur: fifteen digits, the last is the remainder of fourteen by thirteen."""
    return bool(re.fullmatch(r"\d{15}", text)) and int(text[:14]) % 13 % 10 == int(text[14])


def kpp_is_valid(text: str) -> bool:
    """КПП: four digits of the tax office, two characters of the reason, three digits."""
    return bool(re.fullmatch(r"\d{4}[0-9A-Z]{2}\d{3}", text))
