"""Sums of awards on the day figures of the law change: by the rule where its facts are known, else by a coefficient."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from uuid import UUID

from kazna.contexts.measures import library as law
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.contracts import Indexed, Sum, SumAsked
from kazna.contexts.measures.determine import application_day
from kazna.contexts.measures.models import Standing
from kazna.contexts.measures.part_months import part_months
from kazna.contexts.measures.situation import set_scene
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.rules import Edition, Library
from kazna.rules.documents.parameters import Parameter
from kazna.rules.language.types import Kind
from kazna.rules.situation import prepare

ASSIGNED = "measure.assigned"
OF_ONE_PERSON = frozenset(
    {
        "value",
        "exists",
        "none_exists",
        "equals",
        "starts",
        "ends",
        "count",
        "last_ended",
        "citizen_since",
        "case_date",
        "monthly_amount",
        "receives_pension",
    }
)  # derivations that read facts of the person alone


def indexed_on(day: date) -> dict[str, Indexed]:
    """Measures whose sums change on a day: those that read a figure which begins on it, name one to index by, or
    whose passport says that they are counted anew by their rule on that day of the year."""
    library = law.current()
    beginning = {name for name, one in library.parameters.items() if _begins(one, day)}
    found = {}
    for measure in sorted(library.measures):
        edition = next((e for e in library.measures[measure] if e.holds(day)), None)
        if edition is None or edition.document["period"] != "month" or edition.document["form"] != "cash":
            continue
        named = _named(edition, day)
        parameter = named.get("parameter") if named else None
        coefficients = _coefficients(library.parameters[parameter], day) if parameter in beginning else {}
        read = tuple(sorted(beginning & set(edition.parameter_names)))
        if read or coefficients or (named and parameter is None):
            law_of = _law_of(library.parameters[parameter], day) if parameter in beginning else ""
            document = edition.document
            parts = part_months(kind=document["kind"], period=document["period"], passport=document["passport"])
            found[measure] = Indexed(measure, read, parameter if coefficients else None, coefficients, law_of, parts)
    return found


def raises_of(measure: str) -> Mapping[date, Mapping[str, Fraction]]:
    """Coefficients by territory («» for all) of every day on which a figure the passport indexes by begins."""
    return _raises(law.folder()).get(measure, {})


@cache
def _raises(folder: Path) -> dict[str, dict[date, dict[str, Fraction]]]:
    library = law.load(folder)
    newest = (editions[-1] for editions in library.measures.values() if editions)
    return {edition.id: dict(_raises_by(edition, library)) for edition in newest}


def _raises_by(edition: Edition, library: Library) -> Iterator[tuple[date, dict[str, Fraction]]]:
    for one in _days_of(edition):
        parameter = library.parameters.get(one.get("parameter", ""))
        starts = {row.start for rows in parameter.rows.values() for row in rows} if parameter else set()
        for day in sorted(start for start in starts if f"{start:%m-%d}" == one["day"]):
            yield day, _coefficients(library.parameters[one["parameter"]], day)


def _named(edition: Edition, day: date) -> Mapping[str, str] | None:
    """What the passport says of this day of the year; it names one day or several."""
    return next((one for one in _days_of(edition) if one["day"] == f"{day:%m-%d}"), None)


def _days_of(edition: Edition) -> Sequence[Mapping[str, str]]:
    told = edition.document["passport"].get("indexation") or ()
    return (told,) if isinstance(told, Mapping) else tuple(told)


def _begins(parameter: Parameter, day: date) -> bool:
    return any(row.start == day for rows in parameter.rows.values() for row in rows)


def _coefficients(parameter: Parameter, day: date) -> dict[str, Fraction]:
    """By key («» when there is none): a rate is a coefficient itself, a sum of money by its growth."""
    found = {}
    for key in parameter.rows:
        now, before = parameter.row(key, day), parameter.row(key, day - timedelta(days=1))
        if now is None or now.start != day:
            continue
        if parameter.type.kind is Kind.RATE:
            found[key or ""] = Fraction(now.value)  # type: ignore[arg-type]
        elif before is not None and before.value:
            found[key or ""] = Fraction(now.value, before.value)  # type: ignore[arg-type]
    return found


def _law_of(parameter: Parameter, day: date) -> str:
    rows = (row for rows in parameter.rows.values() for row in rows if row.start == day)
    return next((row.law for row in rows), "")


def sums_on(day: date, keys: Mapping[tuple[str, UUID, UUID], Collection[str]]) -> dict[tuple[str, UUID, UUID], Sum]:
    """Sums by the rule on a day, by (measure, subject, recipient); the values are numbers of their own awards.

    Those who never stood with the measure are absent. Facts are read in one or two queries for all.
    """
    library = law.current()
    standings = list(
        Standing.objects.filter(measure__in={key[0] for key in keys}, subject_id__in={key[1] for key in keys}).only(
            "measure", "subject_id", "recipient_id", "roles"
        )
    )
    wanted = [row for row in standings if (row.measure, row.subject_id, row.recipient_id) in keys]
    return dict(_sums(library, wanted, keys, day))


def _sums(
    library: Library,
    rows: Sequence[Standing],
    keys: Mapping[tuple[str, UUID, UUID], Collection[str]],
    day: date,
) -> Iterable[tuple[tuple[str, UUID, UUID], Sum]]:
    editions = {row.measure: library.edition(row.measure, day) for row in rows}
    roles = {row.id: {role: UUID(person) for role, person in row.roles.items()} for row in rows}
    alone = {measure for measure, edition in editions.items() if _looks_at_one(edition)}
    own = _facts_of_each({p for row in rows if row.measure in alone for p in roles[row.id].values()})
    near = _facts_around({p for row in rows if row.measure not in alone for p in roles[row.id].values()})
    family = Book(near)
    for row in rows:
        key = (row.measure, row.subject_id, row.recipient_id)
        facts = own.get(row.recipient_id, ()) if row.measure in alone else near
        left_out = [
            f for f in facts if f.kind == ASSIGNED and f.subject_id == row.recipient_id and f.thing in keys[key]
        ]
        book = Book(facts) if row.measure in alone else family.unread()
        if left_out:
            book = book.leaving_out(left_out)
        yield key, _sum(library, editions[row.measure], roles[row.id], book, day)


def _facts_of_each(people: Collection[UUID]) -> dict[UUID, list[Fact]]:
    """Facts of the person alone, where the measure looks at nobody else."""
    found: dict[UUID, list[Fact]] = {}
    for fact in registers.facts_of(sorted(people, key=str)) if people else ():
        found.setdefault(fact.subject_id, []).append(fact)
    return found


def _facts_around(people: Collection[UUID]) -> list[Fact]:
    return registers.facts_around(sorted(people, key=str)) if people else []


def _looks_at_one(edition: Edition) -> bool:
    if edition.document["decided_for"] != "person" or edition.relation_names:
        return False
    derives = [fact.plain.get("derive") or {"name": "value"} for fact in edition.facts.values()]
    return all(one["name"] in OF_ONE_PERSON and "with" not in one for one in derives)


def _sum(library: Library, edition: Edition, roles: Mapping[str, UUID], book: Book, day: date) -> Sum:
    """The answer alone, without a trace: a thousand times cheaper than telling why."""
    applied_on = application_day(book, edition.id, roles, day)
    scene = set_scene(library, edition, roles, book, day, applied_on or day)
    determiner = edition.determiner
    prepared = prepare(scene.situation, edition.facts, edition.relations)
    run, _ = determiner.decide(determiner.environment(prepared, day, library.parameters))
    return Sum(run.amount if run.state == "granted" else None, roles, tuple(book.read))


def sums_again(asked: Sequence[SumAsked]) -> list[int | None]:
    """The same sums from the facts and the law they were computed by, in the order asked; None: facts are lost."""
    facts = {fact.id: fact for fact in registers.facts_by_ids({i for one in asked for i in one.fact_ids})}
    return [_again(one, facts) for one in asked]


def _again(asked: SumAsked, facts: Mapping[UUID, Fact]) -> int | None:
    if any(fact_id not in facts for fact_id in asked.fact_ids):
        return None
    library = law.release(asked.release)
    book = Book(facts[fact_id] for fact_id in asked.fact_ids)
    return _sum(library, library.edition(asked.measure, asked.day), asked.roles, book, asked.day).amount_kopecks
