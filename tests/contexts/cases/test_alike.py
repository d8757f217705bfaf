"""Whatever a decision's document says, decisions that differ in it do not share a form."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from kazna.contexts.cases.composing import Sheet, _alike, form_of
from kazna.contexts.cases.models import Decision
from kazna.contexts.measures.contracts import Missing, Right
from kazna.contexts.registers.contracts import PersonCard

ON, ANNA = date(2026, 2, 16), UUID(int=1)
OTHER = {
    str: "иное", int: 7_00, bool: True, date: ON + timedelta(days=40), UUID: UUID(int=9),
    tuple: ("иное",), dict: {"иное": 1}, type(None): ON,
}  # fmt: skip
SHOWN = {"kind": "refuse", "state": "refused", "body": "dszn-77", "period": "once"}
ODD = {
    "amount_kopecks": (None, 1), "last_day": (None, ON),
    "missing": ((Missing("a", "Б", "sfr", "own", ANNA, "a", "b"),),),
    "conditions": (({"text": "Доход"},),), "trace": ({"kind": "sum", "of": 1},), "ground": ({"event": "death"},),
}  # fmt: skip
TRACE = {"kind": "amount"}  # one object for all, as rights of one batch have it
CARD = PersonCard(ANNA, "11223344595", "Смирнова", "Анна", None, date(1990, 1, 9), "F", None, "77", "")


def sheet():
    decision = Decision(
        id=UUID(int=3), number="1", kind="grant", on=ON, body="sfr", territory="77", right_id=UUID(int=4),
        measure="ru-m", title="Выплата", subject_id=ANNA, recipient_id=ANNA, amount_kopecks=100_00, first_day=ON,
        last_day=ON + timedelta(days=30), ground={}, wording={"recipient": {}, "subject": None, "facts": {}},
    )  # fmt: skip
    right = Right(
        UUID(int=4), "ru-m", "m", "Выплата", "Выплата", "cash", "federal", "d" * 64, ON, "r" * 64, {}, ANNA, ANNA,
        "due", 100_00, ON, None, "cash", "month", "calendar", "sfr", None, None, (), "Положено", ("Доход мал",), (),
        TRACE, (), ("ст. 1",), {}, "", ON,
    )  # fmt: skip
    return Sheet(decision, right, CARD, None, [])


def otherwise(name, value):
    return ODD[name] if name in ODD else (SHOWN.get(name) or OTHER[type(value)],)


def changed_decision(name, value):
    one = sheet()
    setattr(one.decision, name, value)
    return one


def changed_right(name, value):
    one = sheet()
    one.right = replace(one.right, **{name: value})
    return one


NOT_SAID = ("kept_document", "wording", "recorded_at")
OF_DECISION = [field.attname for field in Decision._meta.fields if field.attname not in NOT_SAID]
OF_RIGHT = [field.name for field in fields(Right)]


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [(changed_decision, name, getattr(sheet().decision, name)) for name in OF_DECISION]
    + [(changed_right, name, getattr(sheet().right, name)) for name in OF_RIGHT],
)
def test_what_changes_the_form_keeps_decisions_apart(change, name, value):
    base = sheet()
    for told in otherwise(name, value):
        other = change(name, told)
        if form_of(other).id != form_of(base).id:
            assert _alike(other) is None or _alike(other) != _alike(base), (name, told)


def test_decisions_with_nothing_different_are_alike():
    assert _alike(sheet()) == _alike(sheet()) is not None


def test_the_changes_do_reach_the_form():
    """Else the test above would say nothing."""
    for name in ("kind", "on", "title", "amount_kopecks", "first_day", "last_day", "reason", "decided_by"):
        told = otherwise(name, getattr(sheet().decision, name))[-1]
        assert form_of(changed_decision(name, told)).id != form_of(sheet()).id, name
    for name in ("state", "sentences", "trace", "conditions", "missing", "law", "edition_digest", "period", "on"):
        told = otherwise(name, getattr(sheet().right, name))[0]
        assert form_of(changed_right(name, told)).id != form_of(sheet()).id, name
