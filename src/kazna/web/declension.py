"""Names of people in the case a sentence needs: «для Васильева Ивана», «Васильеву Ивану», «за Смирнову Анну»."""

from __future__ import annotations

from functools import lru_cache

import pymorphy3
from django.utils import translation

PLACES = ("Surn", "Name", "Patr")  # how Russian papers order a full name


def genitive(full_name: str) -> str:
    """Surname, name and patronymic in the genitive; in another language, or when a part is strange, as they are."""
    return _in_case(full_name, "gent")


def dative(full_name: str) -> str:
    """To whom: «Смирновой Анне Сергеевне»."""
    return _in_case(full_name, "datv")


def accusative(full_name: str) -> str:
    """Whom, for whom: «за Смирнову Анну Сергеевну»."""
    return _in_case(full_name, "accs")


def _in_case(full_name: str, case: str) -> str:
    return _name_in(full_name, case) if (translation.get_language() or "ru") == "ru" else full_name


@lru_cache(maxsize=5000)
def _name_in(full_name: str, case: str) -> str:
    parts = full_name.split()
    if not 2 <= len(parts) <= len(PLACES):
        return full_name
    sex = _sex(parts)
    declined = [_declined(part, place, sex, case) for part, place in zip(parts, PLACES, strict=False)]
    return " ".join(declined) if all(declined) and sex else full_name


def _sex(parts: list[str]) -> str:
    """By the patronymic, else by the name; «» when neither tells."""
    patronymic = parts[2].lower() if len(parts) > 2 else ""
    if patronymic.endswith(("вна", "чна", "шна", "кызы")):
        return "femn"
    if patronymic.endswith(("вич", "ич", "оглы")):
        return "masc"
    found = next((one.tag.gender for one in _morphology().parse(parts[1]) if "Name" in one.tag), None)
    return str(found or "")


def _declined(part: str, place: str, sex: str, case: str) -> str:
    """«» when the dictionary knows no such name of this sex."""
    pieces = part.split("-")
    if len(pieces) > 1:
        declined = [_declined(piece, place, sex, case) for piece in pieces]
        return "-".join(declined) if all(declined) else ""
    for parsed in _morphology().parse(part):
        if place in parsed.tag and parsed.tag.gender in (sex, None) and "sing" in parsed.tag:
            found = parsed.inflect({case}) if "nomn" in parsed.tag else None
            if found:
                word = str(found.word)
                word = word if "ё" in part.lower() else word.replace("ё", "е")
                return word[:1].upper() + word[1:]
    return ""


@lru_cache(maxsize=1)
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()
