"""All obligations in force on a day: every measure of every level with its recipients, cost and doubts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.scenarios.guarding import shown

TIMES_A_YEAR = {"month": 12, "year": 1, "once": 1}


@dataclass(frozen=True, slots=True)
class Obligation:
    """`awards`: cash awards in force, None for one to four. `year_kopecks`: their sum over a year, None where hidden.

    `due`: people found to have the right; `untaken`: how many of them more than awards. `kmsz`: code of the federal
    classifier, `twins`: other measures of the same level and place with that code.
    """

    measure: str
    code: str
    title: str
    level: str
    region: str
    first_day: date
    kmsz: str
    twins: tuple[str, ...]
    awards: int | None
    year_kopecks: int | None
    due: int | None
    untaken: int | None

    @property
    def has_nobody(self) -> bool:
        return self.awards == 0


def obligations(*, on: date) -> list[Obligation]:
    """In the order of level and code."""
    library = measures.law_in_force()
    totals, found = _totals(), measures.counts()
    holding = [e for editions in library.measures.values() for e in editions if e.holds(on)]
    kmsz = {e.id: str((e.document["passport"].get("egisso") or {}).get("measure_code") or "") for e in holding}
    place = {e.id: (str(e.document["level"]), str(e.document.get("region") or ""), kmsz[e.id]) for e in holding}
    same = Counter(key for key in place.values() if key[2])
    rows = []
    for edition in holding:
        document, (awards, kopecks) = edition.document, totals.get(edition.id, (0, 0))
        year = kopecks * TIMES_A_YEAR.get(str(document["period"]), 1)
        due = found.get(edition.id, {}).get("granted", 0)
        key = place[edition.id]
        twins = [one for one, other in place.items() if other == key and one != edition.id] if same[key] > 1 else []
        rows.append(
            Obligation(
                edition.id,
                str(document["code"]),
                edition.title,
                key[0],
                key[1],
                edition.start,
                key[2],
                tuple(sorted(twins)),
                shown(awards),
                year if shown(awards) is not None else None,
                shown(due),
                shown(max(0, due - awards)),
            )
        )
    return sorted(rows, key=lambda row: (row.level != "federal", row.region, row.code, row.measure))


def _totals() -> dict[str, tuple[int, int]]:
    """Cash awards not stopped and the sum of a payment of each; from a view, so that methodologists see all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure, awards, kopecks FROM studio_award_totals")
        return {measure: (awards, kopecks) for measure, awards, kopecks in cursor.fetchall()}
