"""The short fields of a measure read from its text and written back into it: the rest of the text stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kazna.contexts.studio.blocks import quoted

QUOTED = r'"(?:[^"\\]|\\.)*"'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands. `where`: measure or figures; the pattern's group `value` is what is replaced."""

    name: str
    title: str
    where: str
    pattern: str
    is_text: bool = True
    words: tuple[str, ...] = ()


REGULATIONS = ("automatic", "offered", "applied", "assessed", "through_employer", "other_body")
PLACES = (
    Place("title", "Название меры", "measure", rf"(?m)^title:[ ]*(?P<value>{QUOTED}|[^\n]*)"),
    Place("short_title", "Короткое название", "measure", rf"(?m)^short_title:[ ]*(?P<value>{QUOTED}|[^\n]*)"),
    Place("code", "Код в реестре", "measure", rf"(?m)^code:[ ]*(?P<value>{QUOTED}|[^\n]*)"),
    Place("edition", "Какая редакция акта", "measure",
          rf"(?m)^edition:[ ]*\{{[^\n]*?text:[ ]*(?P<value>{QUOTED}|[^\n}}]*)"),
    Place("act", "Акт", "measure", rf"(?m)^law:[^\n]*\n[ ]+\w+:[ ]*\{{act:[ ]*(?P<value>{QUOTED}|[^,\n]*)"),
    Place("place", "Статья или пункт", "measure",
          rf"(?m)^law:[^\n]*\n[ ]+\w+:[ ]*\{{[^\n]*?place:[ ]*(?P<value>{QUOTED}|[^,\n]*)"),
    Place("amount", "Размер, рублей", "figures", r"\bvalue:[ ]*(?P<value>\d+(?:\.\d\d)?)", False),
    Place("amount_law", "Акт и статья с размером", "figures", rf"\blaw:[ ]*(?P<value>{QUOTED})"),
    Place("amount_source", "Где прочитано", "figures", rf"\bsource:[ ]*(?P<value>{QUOTED})"),
    Place("regulation", "Типовой регламент", "measure", r"(?m)^[ ]+regulation:[ ]*(?P<value>[a-z_]+)", False,
          REGULATIONS),
    Place("mode", "Как даётся", "measure", r"(?m)^[ ]+mode:[ ]*(?P<value>[a-z_]+)", False,
          ("proactive_decision", "proactive_notice", "application")),
    Place("body", "Кто решает", "measure", r"(?m)^[ ]+body:[ ]*(?P<value>[a-z_]+)", False,
          ("dszn", "sfr", "municipality")),
    Place("decision_days", "Рабочих дней на решение", "measure",
          r"(?m)^[ ]+decision_days:[ ]*(?P<value>\d+)", False),
    Place("granted", "Сообщение о назначении", "measure", rf"(?m)^[ ]+granted:[ ]*(?P<value>{QUOTED}|[^\n]*)"),
    Place("refused", "Сообщение об отказе", "measure", rf"(?m)^[ ]+refused:[ ]*(?P<value>{QUOTED}|[^\n]*)"),
)  # fmt: skip
NUMBER = re.compile(r"\d{1,12}(\.\d\d)?")


def card_of(measure: str, figures: str) -> dict[str, str]:
    """Field → value; a field that stands nowhere in its usual way is absent and is changed in the text."""
    found = {}
    for place in PLACES:
        told = re.search(place.pattern, measure if place.where == "measure" else figures)
        if told is not None:
            found[place.name] = _plain(told["value"])
    return found


def with_card(measure: str, figures: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Both texts with these values; a value equal to what stands there changes nothing."""
    texts = {"measure": measure, "figures": figures}
    for place in PLACES:
        told = re.search(place.pattern, texts[place.where])
        value = values.get(place.name, "").strip()
        if told is None or not value or value == _plain(told["value"]):
            continue
        if place.words and value not in place.words:
            continue
        if not place.is_text and not place.words:
            value = value.replace(" ", "").replace(",", ".")
            if NUMBER.fullmatch(value) is None:
                continue
        new = quoted(value) if place.is_text else value
        text = texts[place.where]
        texts[place.where] = text[: told.start("value")] + new + text[told.end("value") :]
    return texts["measure"], texts["figures"]


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value.split(" #")[0].strip()
