"""Answer old questions anew: past days by what is known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kazna.contexts.measures import library as law
from kazna.contexts.measures.actions.ask_agencies import ask_agencies
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.contracts import Question, Recounted, Right
from kazna.contexts.measures.determine import determine
from kazna.contexts.measures.queries import rights
from kazna.contexts.measures.subjects import recipient_of
from kazna.contexts.measures.writing import right_row, write_rights
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.ordered_ids import ordered_ids
from kazna.rules import Edition, Library

ASSIGNED, RECOUNT = "measure.assigned", "recount"


def recount(questions: Sequence[Question]) -> list[list[Recounted]]:
    """For each question an answer per day, in its order; nothing is stored. Facts are read once for all.

    A day on which no edition of the measure was in force has no answer. Awards named in `without` are
    looked away from: an award must not stand in its own way.
    """
    library = law.current()
    everyone = {person for question in questions for person in question.roles.values()}
    facts = registers.facts_around(sorted(everyone, key=str)) if everyone else []
    book = Book(facts)
    return [_answers(library, question, _without(book, facts, question)) for question in questions]


def _without(book: Book, facts: Sequence[Fact], question: Question) -> Book:
    me = recipient_of(question.roles)
    own = [f for f in facts if f.kind == ASSIGNED and f.subject_id == me and f.thing in question.without]
    return book.leaving_out(own) if own else book


def _answers(library: Library, question: Question, book: Book) -> list[Recounted]:
    return [
        _answer(library, edition, question, book, day)
        for day in question.days
        if (edition := _edition(library, question.measure, day)) is not None
    ]


def _edition(library: Library, measure: str, day: date) -> Edition | None:
    return next((edition for edition in library.measures.get(measure, ()) if edition.holds(day)), None)


def _answer(library: Library, edition: Edition, question: Question, book: Book, day: date) -> Recounted:
    as_of = day if question.anew else None
    found = determine(library, edition, question.roles, book, day, as_of)
    outcome = found.outcome
    return Recounted(
        day=day,
        state=outcome.state,
        amount_kopecks=outcome.amount_kopecks,
        first_day=outcome.term_from,
        last_day=outcome.term_to,
        governing_date=outcome.governing_date,
        applied_on=found.applied_on,
        mode=found.answer.mode,
        form=edition.document["form"],
        period=edition.document["period"],
        kind=edition.document["kind"],
        passport=edition.document["passport"],
        found=found,
        as_of=as_of,
    )


def keep(answers: Sequence[Recounted]) -> list[Right]:
    """Store these answers as rights, so that the decision that stands on them can be derived again.

    They are told to nobody and change no standing: whoever asked knows.
    """
    library, digest = law.current(), law.store_release()
    ids = ordered_ids(len(answers))
    write_rights(
        right_row(library, one.found, one.day, digest, right_id, trigger=RECOUNT, as_of=one.as_of)
        for one, right_id in zip(answers, ids, strict=True)
    )
    told = rights(ids)
    return [told[right_id] for right_id in ids]


def ask_for(answers: Sequence[Recounted], on: date) -> int:
    """Ask agencies for what these answers miss; return how many questions are open."""
    return ask_agencies([answer.found for answer in answers if answer.state == "unknown"], on)
