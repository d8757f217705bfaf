"""Facts that are asked of an agency's vitrine and not kept: a digest stays in the register, the value is lent.

The stage of a kind is its setting in the catalogue of fact kinds (`stored`, `cached`, `on_demand`); rules do not
know it. What may be asked on demand is listed here: a kind whose whole content is one answer of one agency.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.contracts import Fact
from kazna.contexts.registers.models import FactKind

ON_DEMAND, CACHED = "on_demand", "cached"
WITHHELD = "withheld"  # the key of a value that is not kept: its digest stands there
LENT_DAYS = 30  # an answer that no determination used


@dataclass(frozen=True, slots=True)
class Vitrine:
    """Who answers about a kind, and whether it is asked about a year or about a day."""

    agency: str
    topic: str
    by_year: bool = False


VITRINES: dict[str, Vitrine] = {
    "income.year": Vitrine("fns", "", by_year=True),
    "income.entrepreneur": Vitrine("fns", "entrepreneur", by_year=True),
    "income.self_employed": Vitrine("fns", "self_employed", by_year=True),
    "income.payments": Vitrine("fns", "payments", by_year=True),
    "property.vehicles": Vitrine("gibdd", "vehicles"),
    "property.realty": Vitrine("rosreestr", "realty"),
    "property.machines": Vitrine("gostehnadzor", "machines"),
    "property.boats": Vitrine("gims", "boats"),
    "bank.turnover": Vitrine("fns", "turnover"),
    "housing.court_debt": Vitrine("jkh", "court_debt"),
    "housing.charge_within_norm": Vitrine("jkh", "charge"),
    "gas.project": Vitrine("gas", "project"),
}
ASKED: dict[str, Vitrine] = VITRINES | {  # what a determination asks about; these others are kept for good
    "unemployment": Vitrine("szn", ""),
    "military.service": Vitrine("mod", "service"),
    "status.imprisoned": Vitrine("fsin", "imprisonment"),
    "education.fulltime": Vitrine("edu", "studies"),
    "health.pregnancy": Vitrine("med", "pregnancy"),
    "person.residence": Vitrine("mvd", "living"),
    "person.stay": Vitrine("mvd", "staying"),
}
HOLDERS: dict[str, Vitrine] = ASKED | {  # whom a doubt about a fact is put to; these others tell by themselves
    "disability": Vitrine("fri", "disability"),
    "status.large_family": Vitrine("dszn", "large_family"),
    "person.birth": Vitrine("zags", "birth"),
    "person.death": Vitrine("zags", "death"),
    "family.marriage": Vitrine("zags", "marriage"),
    "family.divorce": Vitrine("zags", "divorce"),
}


@dataclass(frozen=True, slots=True)
class Lent:
    """Values to be kept out of the register: by fact, with the last day they may be needed."""

    fact_id: UUID
    value: dict[str, Any]
    keep_until: date


def stages() -> dict[str, tuple[str, int | None]]:
    """Stage and days of freshness of the kinds that a vitrine may answer about. One query."""
    rows = FactKind.objects.filter(code__in=VITRINES).values_list("code", "stage", "fresh_days")
    return {code: (stage, fresh_days) for code, stage, fresh_days in rows}


def shelf_lives() -> dict[str, int]:
    """Days for which an answer of a vitrine may be used, by kind; kinds kept for good are not named."""
    return {code: days for code, (stage, days) in stages().items() if days and stage in (CACHED, ON_DEMAND)}


def digest(value: Mapping[str, Any]) -> str:
    """The digest that stays in the register in place of a value.

    Keyed by the installation's secret: few values are possible, a plain digest would tell them.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hmac.new(settings.KAZNA_PERSON_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def withhold(rows: Sequence[dict[str, Any]]) -> list[Lent]:
    """Take the values of on-demand answers out of rows about to be written; return what is to be lent."""
    mine = [row for row in rows if row["kind"] in VITRINES and not row["annulled"]]
    known = stages() if mine else {}
    lent = []
    for row in mine:
        stage, fresh_days = known.get(row["kind"], ("", None))
        if stage == ON_DEMAND and row["source"] == VITRINES[row["kind"]].agency and WITHHELD not in row["value"]:
            until = row["known_on"] + timedelta(days=fresh_days or LENT_DAYS)
            lent.append(Lent(row["id"], row["value"], until))
            row["value"] = {WITHHELD: digest(row["value"])}
    return lent


def with_lent(facts: list[Fact]) -> list[Fact]:
    """Facts with the values lent for them put in; where nothing is lent any more the value is empty."""
    withheld = {fact.id for fact in facts if WITHHELD in fact.value}
    if not withheld:
        return facts
    lent = integration.lent_answers(fact_ids=withheld)
    return [
        replace(fact, value=lent.get(fact.id, {}), digest=fact.value[WITHHELD]) if fact.id in withheld else fact
        for fact in facts
    ]


def asked_on_demand() -> set[tuple[str, str]]:
    """Agency and topic of the kinds that are asked on demand now."""
    kinds = [kind for kind, (stage, _) in stages().items() if stage == ON_DEMAND]
    return {(VITRINES[kind].agency, VITRINES[kind].topic) for kind in kinds}


def forget(facts: Iterable[Fact]) -> None:
    """A determination is over: answers asked on demand for it are not kept, their digests are.

    Values lent for it go, and the messages that brought them lose their bytes.
    """
    used = [fact for fact in facts if fact.digest]
    if used:
        documents = {fact.document_id for fact in used if fact.document_id}
        integration.return_lent(fact_ids=[fact.id for fact in used], document_ids=documents)
