"""Decisions of a batch that stand on one answer are kept by one form; each is read whole, printed and replayed."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from tests.contexts.cases.spine import Spine
from tests.contexts.web_role import web_role

from kazna.contexts.cases import composing
from kazna.contexts.cases import public as cases
from kazna.contexts.cases.forms import Form
from kazna.contexts.cases.models import Decision, DecisionForm
from kazna.contexts.cases.spelling import canonical
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing.access import Viewer, acting_as

EDV, MANY, ON = "ru-disability-monthly", composing.FEWEST, date(2025, 12, 15)
NOW = datetime(2025, 12, 15, 9, tzinfo=UTC)


@pytest.fixture
def granted(db):
    """Monthly payments found in one batch: of as many as make a form, and of one with another group."""
    spine = Spine(ON)
    people = [spine.person(f'Анна "{number}" \\') for number in range(MANY + 1)]
    facts = []
    for number, person in enumerate(people):
        group = "III" if number < MANY else "II"
        value = {"group": group, "from_childhood": False, "cause": "general", "act": str(number)}
        facts.append(
            registers.NewFact("disability", person, None, f"act/{number}", date(2025, 12, 1), date(2030, 1, 1), value)
        )
    for fact in facts:
        registers.report([fact], source="fri", on=ON, cause=Cause(None, NOW))
    spine.work()
    return {one.recipient_id: one for one in Decision.objects.filter(measure=EDV)}, people


def test_those_of_one_answer_share_a_form_and_the_others_are_whole(granted):
    decisions, people = granted
    alike = [decisions[person].kept_document for person in people[:MANY]]
    assert len({one["form"] for one in alike}) == 1
    assert all(set(one) == {"form", "said", "facts", "lines"} for one in alike)
    assert "form" not in decisions[people[MANY]].kept_document


def test_each_is_read_whole_as_it_was_digested(granted):
    decisions, people = granted
    for number, person in enumerate(people):
        one = decisions[person]
        assert hashlib.sha256(canonical(one.document)).hexdigest() == one.sha256
        assert one.document["number"] == one.number and one.document["person"]["person_id"] == str(person)
        assert one.document["facts"][0]["thing"] == f"act/{number}"
        assert any(f'Анна "{number}" \\' in line for line in one.document["lines"])
        assert one.document["rule"]["right_id"] == str(one.right_id)
    assert not cases.replay_all().differences


def test_a_form_holds_nobodys_data(granted):
    decisions, _ = granted
    for form in DecisionForm.objects.all():
        assert hashlib.sha256(form.text.encode()).hexdigest() == form.id
        for one in decisions.values():
            told = one.document
            own = (one.number, str(one.recipient_id), told["person"]["name"], str(one.right_id), told["facts"][0]["id"])
            assert not any(text in form.text for text in own)


def test_a_person_reads_the_decision_and_its_paper(granted, tmp_path, monkeypatch):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    decisions, people = granted
    one = decisions[people[1]]
    pdf = cases.sealed(decision_id=one.id)
    with web_role(), acting_as(Viewer("citizen", "anna", person_ids=(one.recipient_id,))):
        read = cases.decision(decision_id=one.id)
    assert "Использованные сведения:" in read.lines and read.document == one.document
    assert cases.check_paper(pdf).document == read.document


@pytest.mark.parametrize("place", ["facts,0,thing", "lines,0", "said,to"])
def test_a_changed_word_is_found_by_replay(granted, place):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_decision DISABLE TRIGGER cases_decision_append_only")
        cursor.execute(
            "UPDATE cases_decision SET document = jsonb_set(document, %s, '\"иное\"') WHERE document ? 'form'"
            " AND measure = %s",
            ["{" + place + "}", EDV],
        )
        cursor.execute("ALTER TABLE cases_decision ENABLE TRIGGER cases_decision_append_only")
    told = [text for one in cases.replay_all().differences for text in one.differences]
    assert told == ["документ решения изменён после подписания"] * MANY


def test_a_form_that_says_otherwise_is_not_used(db, monkeypatch):
    monkeypatch.setattr(composing, "form_of", lambda *_: Form("{}"))
    spine = Spine(ON)
    for number in range(MANY):
        value = {"group": "III", "from_childhood": False, "cause": "general", "act": str(number)}
        fact = registers.NewFact("disability", spine.person(), None, f"act/{number}", ON, None, value)
        registers.report([fact], source="fri", on=ON, cause=Cause(None, NOW))
    spine.work()
    assert not DecisionForm.objects.exists()
    assert len([one for one in Decision.objects.filter(measure=EDV) if one.kept_document == one.document]) == MANY
