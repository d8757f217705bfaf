"""The rows of a chunk of an indexation: decisions with their documents, new awards, ends of the old ones.

Awards of one title, term and coefficient make one kind of decision: its form and all else that they share is spelt
once. Only names, numbers, sums and grounds are spelt for each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, cast
from uuid import UUID

from kazna.contexts.cases.desk import content_text
from kazna.contexts.cases.documents import compose, named
from kazna.contexts.cases.forms import Form, inside, value, words
from kazna.contexts.cases.indexing import LiveAward, NewSum
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.models_indexation import IndexationChunk, IndexationRun
from kazna.contexts.cases.spelling import spelt
from kazna.contexts.cases.wording import long_day, sum_of
from kazna.contexts.measures.contracts import Indexed
from kazna.contexts.registers.contracts import PersonCard
from kazna.plumbing.bulk import escaped, spelt_row

OWN_OF_DECISION = (
    "id", "number", "award_id", "replaces_award_id", "case_id", "subject_id", "recipient_id", "amount_kopecks",
    "wording", "ground", "document", "sha256",
)  # fmt: skip
SHARED_OF_DECISION = (
    "kind", "on", "body", "territory", "measure", "title", "first_day", "last_day", "decided_by", "reason",
)  # fmt: skip
OWN_OF_AWARD = (
    "id", "number", "decision_id", "replaces_id", "case_id", "subject_id", "recipient_id", "child_id", "ordinal",
    "amount_kopecks",
)  # fmt: skip
SHARED_OF_AWARD = (
    "measure", "code", "title", "body", "territory", "form", "period", "first_day", "last_day", "granted_on", "ends_on",
)  # fmt: skip
DECISION, AWARD = OWN_OF_DECISION + SHARED_OF_DECISION, OWN_OF_AWARD + SHARED_OF_AWARD
STOP = ("award_id", "recipient_id", "decision_id", "body", "stops_on", "reason", "stopped_on")
STOPPED = "Назначение заменено новым: индексация."


@dataclass(slots=True)
class Worded:
    """What a document is composed from; a model of Django for each of a million costs more than its document."""

    number: str
    kind: str
    on: date
    body: str
    measure: str
    title: str
    wording: dict[str, Any]
    amount_kopecks: int
    first_day: date
    last_day: date | None
    reason: str
    ground: dict[str, Any]
    decided_by: str = ""
    confirmed_by: str = ""


@dataclass(slots=True)
class Own:
    """What a decision does not share: people and ground, as they are and as they are spelt."""

    number: str
    to: dict[str, Any]
    of: dict[str, Any] | None
    person: str
    about: str
    ground: dict[str, Any]
    ground_text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Decisions that differ in names, numbers, sums and grounds only."""

    reason: str
    coefficient: Fraction | None
    form: Form
    of_decision: str
    of_award: str


@dataclass(slots=True)
class ChunkRows:
    """Lines to be copied; `made`: the ids of each new award and its decision, in the order of the changes."""

    decisions: list[str] = field(default_factory=list)
    awards: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """A decision and its award; `differences` of past months and why, when there are any."""

    award_id: str
    decision_id: str
    reason: str
    differences: Sequence[Mapping[str, Any]]


class FormDiffers(Exception):
    """A document made by its form is not the one that is composed: nothing may be written."""


class Composer:
    """Of one chunk: `behind` tells the months of an award that a late run has yet to make good."""

    def __init__(self, run: IndexationRun, chunk: IndexationChunk, how: Indexed | None) -> None:
        assert chunk.number_from is not None
        self.run, self.chunk, self.how, self.next_number = run, chunk, how, chunk.number_from
        self.day, self.run_id = run.day.isoformat(), str(run.id)
        self.series = f"{chunk.territory}-{run.made_on.year}"
        self.shared_stop = spelt_row([chunk.body, run.begins, STOPPED, run.made_on])
        self.alike: dict[tuple[Any, ...], Alike] = {}
        self.rows = ChunkRows()

    def add(
        self, change: NewSum[LiveAward], cards: Mapping[UUID, PersonCard], behind: Sequence[Mapping[str, Any]]
    ) -> None:
        award, chunk = change.award, self.chunk
        number = f"{self.series}-{self.next_number:06d}"
        self.next_number += 1
        recipient = str(award.recipient_id)
        is_own = award.subject_id == award.recipient_id
        subject = recipient if is_own else str(award.subject_id)
        to = _person(recipient, cards[award.recipient_id])
        of = None if is_own else _person(subject, cards[award.subject_id])
        ground = self._ground(change, behind)
        own = Own(number, to, of, spelt(to), spelt(of), ground, spelt(ground))
        kind = self._alike(change, of is not None)
        document, kept = self._document(change, own, kind)
        decision_id = content_text("decision", number)
        award_id = content_text("award", chunk.measure, subject, recipient, award.ordinal)
        old, case = str(award.id), str(award.case_id) if award.case_id else "\\N"
        child = str(award.child_id) if award.child_id else "\\N"
        sha256, rows = hashlib.sha256(document.encode()).hexdigest(), self.rows
        wording = f'{{"facts":{{}},"recipient":{own.person},"subject":{own.about}}}'
        rows.decisions.append(
            f"{decision_id}\t{number}\t{award_id}\t{old}\t{case}\t{subject}\t{recipient}\t{change.amount_kopecks}\t"
            f"{escaped(wording)}\t{escaped(own.ground_text)}\t{escaped(kept)}\t{sha256}\t{kind.of_decision}\n"
        )
        rows.awards.append(
            f"{award_id}\t{number}\t{decision_id}\t{old}\t{case}\t{subject}\t{recipient}\t{child}\t{award.ordinal}\t"
            f"{change.amount_kopecks}\t{kind.of_award}\n"
        )
        rows.stops.append(f"{old}\t{recipient}\t{decision_id}\t{self.shared_stop}\n")
        rows.made.append(Made(award_id, decision_id, kind.reason, behind))

    def _document(self, change: NewSum[LiveAward], own: Own, kind: Alike) -> tuple[str, str]:
        """The whole text, and how it is kept. With months to make good it has lines of its own and is kept whole."""
        if "differences" in own.ground:
            text = self._composed(change, own, kind.reason)
            return text, text
        said = {"to": inside(named(own.to)), "amount": inside(sum_of(change.amount_kopecks, change.award.period))}
        if own.of:
            said["of"] = inside(named(own.of))
        places = {
            "number": own.number,
            "person": own.person,
            "about": own.about,
            "kopecks": str(change.amount_kopecks),
            "ground": own.ground_text,
            **said,
        }
        text, form_id = kind.form.filled(places), kind.form.id
        if form_id not in self.rows.forms:
            if text != self._composed(change, own, kind.reason):
                raise FormDiffers(own.number)
            self.rows.forms[form_id] = kind.form
        words_of_its_own = ",".join([f'"{place}":"{text}"' for place, text in said.items()])
        return text, f'{{"form":"{form_id}","said":{{{words_of_its_own}}}}}'

    def _composed(self, change: NewSum[LiveAward], own: Own, reason: str) -> str:
        wording = {"recipient": own.to, "subject": own.of, "facts": {}}
        return spelt(self._compose(change.award, own.number, wording, change.amount_kopecks, own.ground, reason))

    def _compose(
        self, award: LiveAward, number: str, wording: dict[str, Any], kopecks: int, ground: dict[str, Any], reason: str
    ) -> dict[str, Any]:
        run, chunk = self.run, self.chunk
        worded = Worded(
            number, "change", run.made_on, chunk.body, chunk.measure, award.title, wording, kopecks, run.begins,
            award.last_day, reason, ground,
        )  # fmt: skip
        return compose(cast(Decision, worded), None, ())

    def _alike(self, change: NewSum[LiveAward], is_about: bool) -> Alike:
        award, coefficient = change.award, change.coefficient
        key = (
            coefficient, is_about, award.title, award.code, award.form, award.period,
            award.last_day, *award.ends_on,
        )  # fmt: skip
        if (known := self.alike.get(key)) is not None:
            return known
        run, chunk, reason = self.run, self.chunk, _reason(self.run, self.how, coefficient)
        made = Alike(
            reason, coefficient, self._form(award, reason, about=is_about),
            spelt_row(["change", run.made_on, chunk.body, chunk.territory, chunk.measure, award.title, run.begins,
                       award.last_day, "", reason]),
            spelt_row([chunk.measure, award.code, award.title, chunk.body, chunk.territory, award.form, award.period,
                       run.begins, award.last_day, run.made_on, list(award.ends_on)]),
        )  # fmt: skip
        self.alike[key] = made
        return made

    def _form(self, award: LiveAward, reason: str, *, about: bool) -> Form:
        """The document with its places left open."""
        subject = {"name": words("of"), "snils": ""} if about else None
        wording = {"recipient": {"name": words("to"), "snils": ""}, "subject": subject}
        document = self._compose(award, words("number"), wording, 0, {"period": award.period}, reason)
        nought, amount = f"Размер: {document['amount']['text']}.", f"Размер: {words('amount')}."
        document["lines"] = [amount if line == nought else line for line in document["lines"]]
        document["amount"] |= {"kopecks": value("kopecks"), "text": words("amount")}
        document |= {"person": value("person"), "about": value("about"), "ground": value("ground")}
        return Form(spelt(document))

    def _ground(self, change: NewSum[LiveAward], behind: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What the sum was computed from: enough to compute it again."""
        run, award = self.run, change.award
        ground: dict[str, Any] = {
            "why": "law",
            "indexation": self.day,
            "run": self.run_id,
            "award": award.number,
            "period": award.period,
            "was_kopecks": award.amount_kopecks,
            "release": run.release_digest,
        }
        if (coefficient := change.coefficient) is not None:
            ground["coefficient"] = f"{coefficient.numerator}/{coefficient.denominator}"
        if change.found is not None:
            ground["roles"] = {role: str(person) for role, person in change.found.roles.items()}
            ground["facts"] = [str(fact_id) for fact_id in change.found.fact_ids]
        if award.right:
            ground["right"] = award.right
        if behind:
            ground["differences"] = behind
        return ground


def _person(person_id: str, card: PersonCard) -> dict[str, object]:
    return {"person_id": person_id, "name": card.full_name, "snils": card.snils}


def _reason(run: IndexationRun, how: Indexed | None, coefficient: Fraction | None) -> str:
    since = long_day(run.day)
    if coefficient is None:
        return f"Индексация с {since}: размер вычислен по правилу с новыми величинами."
    law = f" ({how.law})" if how and how.law else ""
    by = f"{float(coefficient):.6g}".replace(".", ",")
    return f"Индексация с {since}: прежний размер умножен на коэффициент {by}{law}."
