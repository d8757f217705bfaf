"""All obligations in force on a day: every measure of every level with its recipients, cost and doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.scenarios.guarding import guarded, shown

TIMES_A_YEAR = {"month": 12, "year": 1, "once": 1}


@dataclass(frozen=True, slots=True)
class Obligation:
    """`awards` in force and `recipients`, people who get them: None for one to four. `year_kopecks`: what the awards
    of money cost a year, None where hidden; of those given once, what the last year cost.

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
    recipients: int | None
    year_kopecks: int | None
    due: int | None
    untaken: int | None

    @property
    def has_nobody(self) -> bool:
        return self.awards == 0


@dataclass(frozen=True, slots=True)
class Untaken:
    """People of a territory with a right to something, and those of them who get nothing at all."""

    territory: str
    entitled: int | None
    left_out: int | None


def count_obligations(*, on: date) -> dict[str, Any]:
    """What the inventory of a day tells, as plain data: awards are counted whole, so pages show what was kept."""
    return {
        "totals": _totals(on),
        "due": {measure: states.get("granted", 0) for measure, states in measures.counts().items()},
        "untaken": [asdict(one) for one in untaken(on=on)],
    }


def obligations(*, on: date, told: Mapping[str, Any] | None = None) -> list[Obligation]:
    """In the order of level and code; `told`: as `count_obligations` counted it."""
    library = measures.law_in_force()
    told = told or count_obligations(on=on)
    totals, found = told["totals"], told["due"]
    holding = [e for editions in library.measures.values() for e in editions if e.holds(on)]
    kmsz = {e.id: str((e.document["passport"].get("egisso") or {}).get("measure_code") or "") for e in holding}
    place = {e.id: (str(e.document["level"]), str(e.document.get("region") or ""), kmsz[e.id]) for e in holding}
    same = Counter(key for key in place.values() if key[2])
    rows = []
    for edition in holding:
        document, (awards, recipients, kopecks) = edition.document, totals.get(edition.id, (0, 0, 0))
        year = kopecks * TIMES_A_YEAR.get(str(document["period"]), 1)
        due = found.get(edition.id, 0)
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
                shown(recipients),
                year if shown(awards) is not None else None,
                shown(due),
                shown(max(0, due - awards)) if None not in (shown(awards), shown(due)) else None,
            )
        )
    return sorted(rows, key=lambda row: (row.level != "federal", row.region, row.code, row.measure))


def untaken(*, on: date) -> list[Untaken]:
    """Of each territory, the small ones hidden so that they cannot be subtracted out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT territory, entitled, left_out FROM studio_untaken_on(%s) ORDER BY territory", [on])
        told = [dict(zip(("territory", "entitled", "left_out"), row, strict=True)) for row in cursor.fetchall()]
    hidden = guarded(told, count="left_out")
    return [
        Untaken(row["territory"], shown(row["entitled"]), safe["left_out"])
        for row, safe in zip(told, hidden, strict=True)
    ]


def _totals(on: date) -> dict[str, tuple[int, int, int]]:
    """Awards in force, people who get them and the sum of a payment of each; the same for every role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure, awards, recipients, kopecks FROM studio_awards_on(%s)", [on])
        return {measure: tuple(told) for measure, *told in cursor.fetchall()}
