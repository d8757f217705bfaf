"""Checks of facts of assignment and of their changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.known import Known, KnownFact, KnownMeasure
from kazna.contexts.egisso.control.people import check_person, written
from kazna.contexts.egisso.messages.shape import Plain

FORMS = {
    "monetaryForm": "01",
    "naturalForm": "02",
    "exemptionForm": "03",
    "serviceForm": "04",
    "eCertificateForm": "05",
}
STATES = {"ended": "прекращён", "invalidated": "признан недействительным", "deleted": "удалён"}


@dataclass(slots=True)
class Asked:
    """A fact that a change refers to, as recorded or as told earlier in the same package."""

    provider: str
    state: str
    first_day: str


def check_fact(fact: Plain, known: Known, line: int) -> Iterator[Finding]:
    """A whole fact: new, or in place of one loaded with errors."""
    if known.bodies and fact.get("body") not in known.bodies:
        yield finding("body", line=line, code=fact.get("body", ""))
    for person in (fact.get("receiver", {}), *fact.get("grounds", ())):
        yield from check_person(person, known.on, line)
    measure = known.measures.get(fact.get("measure_id", "").lower())
    if measure is None:
        yield finding("measure", line=line, code=fact.get("measure_id", ""))
    else:
        yield from _check_measure(fact, measure, line)
    yield from _check_criteria(fact, measure, known, line)
    first, last = fact.get("first_day", ""), fact.get("last_day", "")
    if last and last < first:
        yield finding("period", line=line, first=written(first), last=written(last))
    if fact.get("decided_on", "") > known.on:
        yield finding("decided_later", line=line, day=written(fact["decided_on"]), loaded=written(known.on))
    yield from _check_provision(fact, measure, line)


def _check_measure(fact: Plain, measure: KnownMeasure, line: int) -> Iterator[Finding]:
    category = fact.get("category_id", "").lower()
    if measure.categories and category not in measure.categories:
        yield finding("foreign_category", line=line, code=fact.get("category_id", ""))
    until = f" по {written(measure.last_day)}" if measure.last_day else ""
    period = f"с {written(measure.first_day)}{until}"
    for name, rule in (("decided_on", "decided_outside"), ("first_day", "start_outside")):
        day = fact.get(name, "")
        if day and not measure.is_in_force(day):
            yield finding(rule, line=line, day=written(day), period=period)


def _check_criteria(fact: Plain, measure: KnownMeasure | None, known: Known, line: int) -> Iterator[Finding]:
    """Each code once, in the reference, and among those of the measure; a repeated code is said to be repeated only."""
    codes = [str(code) for code in fact.get("criteria", ()) if code]
    of_measure = measure.criteria(fact.get("category_id", "").lower()) if measure else frozenset()
    for code, times in Counter(codes).items():
        if times > 1:
            yield finding("criterion_twice", line=line, code=code)
            continue
        if code not in known.classifiers.criteria:
            yield finding("criterion_unknown", line=line, code=code)
        if code not in of_measure:
            yield finding("criterion_foreign", line=line, code=code)


def _check_provision(fact: Plain, measure: KnownMeasure | None, line: int) -> Iterator[Finding]:
    provision = fact.get("provision", {})
    form = next((code for name, code in FORMS.items() if name in provision), "")
    if form == "05" and not fact.get("last_day"):
        yield finding("certificate_term", line=line)
    if measure and measure.form and form and form != measure.form:
        yield finding("form_differs", line=line, code=form, known=measure.form)
    for inside in provision.values():
        for name in ("amount", "equivalentAmount"):
            if is_negative(inside.get(name, "0")):
                yield finding("amount", line=line, code=inside[name])


def is_negative(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")) < 0
    except InvalidOperation:
        return False


def check_change(
    change: Plain, action: str, asked: KnownFact | Asked | None, known: Known, provider: str, line: int
) -> Iterator[Finding]:
    """A change of a fact: it must be known, of the same provider (or of the one it succeeds), and still alive."""
    fact_id = change.get("fact_id", "")
    if asked is None:
        yield finding("fact_unknown", line=line, code=fact_id)
        return
    if not known.may_change(provider, asked.provider, change.get("provider", "")):
        yield finding("foreign_fact", line=line, code=fact_id, owner=asked.provider)
    allowed = {"active", "ended"} if action in ("fact.invalidate", "fact.delete", "fact.correct") else {"active"}
    if action == "fact.recalculate":
        allowed = {"active", "ended"}  # sums of past months are counted anew after the end, too
    if asked.state not in allowed:
        yield finding("out_of_order", line=line, code=fact_id, state=STATES.get(asked.state, asked.state))
    last = change.get("last_day", "")
    if last and asked.first_day and last < asked.first_day:
        yield finding("period", line=line, first=written(asked.first_day), last=written(last))
    for name in ("amount", "quantity"):
        if is_negative(change.get(name, "0")):
            yield finding("amount", line=line, code=change[name])
