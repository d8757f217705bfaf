"""The family as a law counts it on a day: the same scene and the same conditions as determination, explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from kazna.contexts.measures import library as law
from kazna.contexts.measures.book import Book, NotKnown, holds
from kazna.contexts.measures.contracts import FamilyLawUnknown, FamilyMember, FamilyView
from kazna.contexts.measures.situation import seat_family
from kazna.contexts.registers import public as registers
from kazna.rules import Edition
from kazna.rules.belonging import Belonging, belonging

TIES = {"applicant": "заявитель", "spouse": "супруг", "child": "ребёнок", "issued": "ребёнок с сертификатом"}
FORMER = "бывший член семьи"


def family(
    measure: str, *, applicant: UUID, on: date, child: UUID | None = None, known_at: datetime | None = None
) -> FamilyView:
    """Who is in and who is out, with the words of the law; those who left the family are named too.

    Raises FamilyLawUnknown when the measure is not in force on the day or counts no family.
    """
    library = law.current()
    edition = _edition(measure, on)
    relation = _relation(edition, on)
    roles = {"applicant": applicant, "person": applicant} | ({"child": child} if child else {})
    book = Book(registers.facts_around(set(roles.values()), known_at=known_at))
    scene = seat_family(library, edition, roles, book, on, relation)
    told = belonging(edition, relation, scene.situation, on=on, parameters=library.parameters)
    people = scene.rows[relation]
    members = [_member(person, one) for person, one in zip(people, told, strict=True)] if told is not None else []
    gone = [one for one in _gone(book, applicant, on) if one.person_id not in people]
    definition = library.relations[relation]
    return FamilyView(
        measure=edition.id, title=definition.title, law=definition.law, on=on,
        members=(*members, *gone), is_known=told is not None,
    )  # fmt: skip


def family_laws(on: date) -> dict[str, str]:
    """Measures in force that count a family: id → title."""
    found = {}
    for measure, editions in law.current().measures.items():
        for edition in editions:
            if edition.holds(on) and _family_relations(edition):
                found[measure] = edition.title
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _edition(measure: str, on: date) -> Edition:
    """By id or by code: «ru-child-benefit», «A01C»."""
    for editions in law.current().measures.values():
        for edition in editions:
            if measure in (edition.id, edition.document.get("code")) and edition.holds(on):
                return edition
    raise FamilyLawUnknown(measure=measure, known=", ".join(family_laws(on)))


def _family_relations(edition: Edition) -> list[str]:
    return [
        name
        for name, definition in edition.relations.items()
        if any(part.tie == "applicant" for part in definition.parts)
    ]


def _relation(edition: Edition, on: date) -> str:
    found = _family_relations(edition)
    if not found:
        raise FamilyLawUnknown(measure=edition.id, known=", ".join(family_laws(on)))
    return found[0]


def _member(person_id: UUID, told: Belonging) -> FamilyMember:
    return FamilyMember(
        person_id=person_id, tie=TIES.get(told.tie, told.tie), belongs=told.belongs, part=told.part, law=told.law,
        against=told.against, unknown=told.unknown,
    )  # fmt: skip


def _gone(book: Book, applicant: UUID, on: date) -> Iterator[FamilyMember]:
    """Spouses and children whose tie ended or who died: not candidates any more."""
    for kind, facts in (
        ("family.marriage", _told(book, "family.marriage", applicant)),
        ("family.parent", book.pointing_at("family.parent", applicant)),
    ):
        for fact in facts:
            other = fact.object_id if kind == "family.marriage" else fact.subject_id
            if other is None:
                continue
            died = _death(book, other)
            if died and died <= on:
                yield _out(other, f"умер(ла) {died:%d.%m.%Y}", "Гражданский кодекс РФ, статья 17")
            elif fact.valid_to and fact.valid_to <= on and not any(holds(one, on) for one in _same(facts, fact)):
                ended = "брак прекращён" if kind == "family.marriage" else "родство или опека прекращены"
                act = "Семейный кодекс РФ, статья " + ("16" if kind == "family.marriage" else "120")
                yield _out(other, f"{ended} {fact.valid_to:%d.%m.%Y}", act)


def _told(book: Book, kind: str, person_id: UUID) -> list[registers.Fact]:
    try:
        return book.about(kind, person_id)
    except NotKnown:
        return []


def _same(facts: list[registers.Fact], fact: registers.Fact) -> list[registers.Fact]:
    return [one for one in facts if (one.subject_id, one.object_id) == (fact.subject_id, fact.object_id)]


def _death(book: Book, person_id: UUID) -> date | None:
    try:
        return book.death(person_id)
    except NotKnown:
        return None


def _out(person_id: UUID, why: str, act: str) -> FamilyMember:
    return FamilyMember(person_id, FORMER, False, "", act, (why,), ())
