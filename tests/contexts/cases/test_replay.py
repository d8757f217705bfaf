"""Every decision comes out the same again, byte for byte, and a changed one is found."""

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contexts.cases.below import INCOME, Below, cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.replay_decisions import replay_decisions
from kazna.contexts.cases.actions.stop_awards import stop_awards
from kazna.contexts.cases.actions.weigh_rights import weigh_rights
from kazna.contexts.cases.lifecycle import MOVES, MoveNotAllowed, check_move
from kazna.contexts.cases.models import Award, Case, CaseStep, Decision
from kazna.contexts.measures.contracts import Replay
from kazna.events.life_events import LifeEventFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(below, weigh):
    """A grant, a refusal, a change and a stop."""
    person = below.person("Пётр")
    weigh(
        below.right(subject=below.person("Миша"), recipient=below.person("Анна", snils="08336732477")),
        below.refused(subject=below.person("Оля"), recipient=below.person("Мария")),
        below.monthly(subject=person),
        below.monthly(subject=person, amount_kopecks=1_600_000, on=date(2025, 4, 10)),
    )
    event = LifeEventFound(uuid4(), "DEATH_CITIZEN", person, {}, date(2025, 6, 17), date(2025, 6, 18), cause())
    stop_awards([event], below)
    assert sorted(Decision.objects.values_list("kind", flat=True)) == ["change", "grant", "grant", "refuse", "stop"]


def replay(below, progress=None):
    return replay_decisions(Decision.objects.all(), below, progress)


def test_all_kinds_of_decisions_come_out_the_same(below, decided):
    seen = []

    assert replay(below, lambda done, total: seen.append((done, total))) == cases.Replayed(5, ())
    assert seen == [(5, 5)]


def test_a_new_name_does_not_change_an_old_decision(below, decided):
    for person_id, card in list(below.people.items()):
        below.people[person_id] = replace(card, surname="Соколова")

    assert replay(below).differences == ()


def test_a_changed_right_is_found(below, decided):
    changed = next(right for right in below.found.values() if right.state == "refused")
    below.found[changed.id] = replace(changed, sentences=("Иначе.",))

    [difference] = replay(below).differences
    assert difference.differences == ("документ решения отличается от составленного заново",)


def test_a_difference_of_the_rule_is_passed_on(below, decided, monkeypatch):
    right_id = Decision.objects.get(kind="refuse").right_id
    monkeypatch.setattr(below, "replayed", lambda ids: {i: Replay(i, ("ответ",) if i == right_id else ()) for i in ids})

    [difference] = replay(below).differences
    assert difference.differences == ("ответ",)


def test_decisions_and_awards_cannot_be_edited(decided):
    for table in ("cases_decision", "cases_award", "cases_award_stop", "cases_step"):
        with (
            pytest.raises(DatabaseError, match="only added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_a_tampered_document_is_found(below, decided):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_decision DISABLE TRIGGER ALL")
        cursor.execute(
            "UPDATE cases_decision SET document = jsonb_set(document, '{number}', '\"77\"') WHERE kind = 'stop'"
        )
        cursor.execute("ALTER TABLE cases_decision ENABLE TRIGGER ALL")

    [difference] = replay(below).differences
    assert difference.differences == ("документ решения изменён после подписания",)


def test_a_move_outside_the_table_is_refused():
    assert all(str(state) in cases.mermaid() for state in MOVES)
    with pytest.raises(MoveNotAllowed, match="закрыто"):
        check_move(cases.CaseState.CLOSED, cases.CaseState.DECIDED)


def some_rights(below: Below, choices):
    """Rights of three families for two measures, in every state, as time goes on."""
    families = [(below.person(f"Ребёнок {n}"), below.person(f"Мать {n}")) for n in range(3)]
    makers = [
        below.right,
        below.refused,
        partial(below.unknown, INCOME),
        partial(below.right, mode="proactive_notice"),
        partial(below.right, mode="application", applied_on=date(2025, 3, 5)),
        below.monthly,
        partial(below.monthly, amount_kopecks=1_600_000),
    ]
    rights = []
    for number, (family, kind) in enumerate(choices):
        child, mother = families[family]
        rights.append(makers[kind](subject=child, recipient=mother, on=date(2025, 3, 1 + number)))
    return [(right.id, cause()) for right in rights]


def outcome():
    """Everything that stays, without the moments of recording."""
    return (
        list(Decision.objects.order_by("number").values_list("number", "kind", "sha256", "case_id", "award_id")),
        list(Award.objects.order_by("id").values_list("id", "number", "first_day", "stop__stops_on")),
        list(Case.objects.order_by("id").values_list("id", "state", "outcome", "right_id", "decision_id", "due_on")),
        list(CaseStep.objects.order_by("number").values_list("case_id", "state", "on", "note")),
    )


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6)), min_size=1, max_size=10),
    st.lists(st.integers(1, 9), max_size=4),
)
def test_borders_of_batches_and_repeats_do_not_matter(choices, cuts):
    below = Below()
    found = some_rights(below, choices)
    borders = sorted({0, *(cut for cut in cuts if cut < len(found)), len(found)})

    with transaction.atomic():
        weigh_rights(found, below)
        at_once = outcome()
        transaction.set_rollback(True)
    with transaction.atomic():
        for start, end in pairwise(borders):
            weigh_rights(found[start:end], below)
            weigh_rights(found[start:end], below)
        by_parts = outcome()
        same = replay_decisions(Decision.objects.all(), below)
        transaction.set_rollback(True)

    assert by_parts[:3] == at_once[:3]
    assert sorted(by_parts[3], key=str) == sorted(at_once[3], key=str)
    assert same.differences == ()
