"""A passport is complete: every part that the way of a case needs is said, by itself or by its regulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kazna.rules.documents.reading import Findings
from kazna.rules.documents.regulations import STATUSES
from kazna.rules.edition import Edition
from kazna.rules.library import Library
from kazna.rules.problems import near_miss

NEEDED = {
    "body": "кто решает",
    "applicants": "кто обращается",
    "channels": "откуда принимают заявление",
    "documents": "что остаётся принести самому (пустой список, если ничего)",
    "clock_stops": "что останавливает срок",
    "notices": "о чём сообщают",
    "decides": "решает правило или сотрудник",
    "second_look": "нужен ли второй сотрудник",
    "retention_years": "сколько лет хранится дело",
}
WHY = "Без этого дело по мере не пройдёт весь путь от заявления до отчёта."


def check_passport(findings: Findings, library: Library, edition: Edition) -> None:
    """Complain of each missing part; laws without typical regulations are drafts and are not asked."""
    if not library.regulations:
        return
    place = edition.measure.place
    own = edition.document["passport"]
    name = own.get("regulation")
    if name not in library.regulations:
        what = f"Типового регламента «{name}» нет." if name else "Паспорт не называет типового регламента."
        advice = near_miss(str(name), library.regulations) if name else f"Один из: {', '.join(library.regulations)}."
        findings.add(place, "passport_incomplete", what, WHY, f"Добавьте regulation. {advice}")
        return
    for what in missing_parts(edition, library.passport(edition)):
        findings.add(place, "passport_incomplete", f"В паспорте не сказано: {what}.", WHY, "Допишите паспорт.")
    for relation in own.get("relations") or ():
        for other in relation.get("measures") or ():
            if other not in library.measures:
                advice = near_miss(str(other), library.measures)
                findings.add(place, "unknown_name", f"Меры «{other}» нет.", what_to_do=advice)


def missing_parts(edition: Edition, passport: Mapping[str, Any]) -> Iterator[str]:
    """What a whole passport lacks, in words."""
    yield from (title for key, title in NEEDED.items() if passport.get(key) is None)
    if lacking := [state for state in STATUSES if state not in (passport.get("statuses") or {})]:
        yield f"как гражданин видит шаги {', '.join(lacking)}"
    if passport.get("launched") and not passport.get("egisso"):
        yield "как мера называется в ЕГИССО"
    texts = passport.get("texts") or {}
    wanted = ["granted", "refused", *(["offer"] if "proactive_notice" in modes(passport) else [])]
    yield from (f"текст сообщения {name}" for name in wanted if not texts.get(name))
    document = edition.document
    if document["form"] == "cash" and not passport.get("payment") and passport.get("body") in ("sfr", "dszn"):
        yield "когда платят (payment)"
    if document["period"] == "month" and passport.get("ends_on") is None:
        yield "какие события прекращают выплату (ends_on)"


def modes(passport: Mapping[str, Any]) -> set[str]:
    """Every way in which the measure may be delivered."""
    mode = passport["mode"]
    return {mode} if isinstance(mode, str) else {line["mode"] for line in mode}
