"""The document of an indexed decision is kept as a form and its own words, and is read whole by everybody."""

import hashlib
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError
from hypothesis import given
from hypothesis import strategies as st
from tests.contexts.cases.spine import Spine
from tests.contexts.web_role import web_role

from kazna.contexts.cases import public as cases
from kazna.contexts.cases import recounts
from kazna.contexts.cases.actions.compose_indexation import Composer, FormDiffers
from kazna.contexts.cases.desk import content_id, content_text
from kazna.contexts.cases.documents import compose
from kazna.contexts.cases.forms import Form
from kazna.contexts.cases.models import Decision, DecisionForm
from kazna.contexts.cases.spelling import canonical
from kazna.kernel.money import multiplied, round_half_up
from kazna.plumbing.access import Viewer, acting_as

PENSION = "ru-old-age-pension"
NOW = datetime(2025, 12, 20, 9, tzinfo=UTC)


@pytest.fixture
def spine(db):
    return Spine(date(2025, 12, 20))


@pytest.fixture
def indexed(spine):
    """Three pensions of two people and a guardian raised in time: no past month is owed."""
    quoted, other = spine.person('Анна "Ё" \\ <b>'), spine.person("Вера")
    rows = [
        cases.BaselineAward("77-1\\t", quoted, quoted, PENSION, 2_000_000, date(2019, 5, 1), None),
        cases.BaselineAward("77-2", other, other, PENSION, 1_234_567, date(2019, 5, 1), None),
        cases.BaselineAward("77-3", other, quoted, PENSION, 1_500_000, date(2019, 5, 1), date(2027, 1, 31)),
    ]
    cases.load_awards(rows=rows, on=date(2025, 12, 1), received_at=NOW)
    spine.work()
    run_id = recounts.plan(
        day=date(2026, 1, 1), measures_named=[PENSION], limit_percent=20, on=date(2025, 12, 20), by="operator"
    )
    recounts.count(run_id=run_id)
    recounts.release(run_id=run_id)
    recounts.write(run_id=run_id, now=NOW)
    return list(Decision.objects.filter(measure=PENSION).order_by("number"))


def test_the_document_is_whole_and_is_what_was_digested(indexed):
    assert len(indexed) == 3
    for one in indexed:
        assert set(one.kept_document) == {"form", "said"}
        assert canonical(one.document) == canonical(compose(one, None, ()))
        assert hashlib.sha256(canonical(one.document)).hexdigest() == one.sha256
    assert any(one.document["about"] for one in indexed)
    assert not cases.replay_all().differences


def test_a_form_holds_nobodys_data_and_is_its_own_digest(indexed):
    forms = DecisionForm.objects.all()
    assert len(forms) == 2
    for one in forms:
        assert hashlib.sha256(one.text.encode()).hexdigest() == one.id
        assert "Смирнова" not in one.text and "77-2025-" not in one.text


def test_a_form_is_only_added(indexed):
    for what in ("UPDATE cases_decision_form SET text = ''", "DELETE FROM cases_decision_form"):
        with pytest.raises((InternalError, ProgrammingError), match="only added"), transaction.atomic():
            connection.cursor().execute(what)


def test_a_person_reads_the_whole_decision_and_its_paper(indexed, tmp_path, monkeypatch):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    one = indexed[0]
    pdf = cases.sealed(decision_id=one.id)
    with web_role(), acting_as(Viewer("citizen", "anna", person_ids=(one.recipient_id,))):
        read = cases.decision(decision_id=one.id)
    assert read.document == compose(one, None, ())
    assert f"Решение № {one.number} от 20 декабря 2025 года" in read.lines
    assert cases.check_paper(pdf).document == read.document


def test_a_changed_word_is_found_by_replay(indexed):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_decision DISABLE TRIGGER cases_decision_append_only")
        cursor.execute("""UPDATE cases_decision SET document = jsonb_set(document, '{said,amount}', '"1 ₽"')""")
        cursor.execute("ALTER TABLE cases_decision ENABLE TRIGGER cases_decision_append_only")
    told = [text for one in cases.replay_all().differences for text in one.differences]
    assert told == ["документ решения изменён после подписания"] * 3


def test_a_form_that_says_otherwise_than_the_document_stops_the_run(spine, monkeypatch):
    person = spine.person()
    row = cases.BaselineAward("77-1", person, person, PENSION, 2_000_000, date(2019, 5, 1), None)
    cases.load_awards(rows=[row], on=date(2025, 12, 1), received_at=NOW)
    monkeypatch.setattr(Composer, "_form", lambda *_, **__: Form("{}"))
    run_id = recounts.plan(
        day=date(2026, 1, 1), measures_named=[PENSION], limit_percent=20, on=date(2025, 12, 20), by="operator"
    )
    recounts.count(run_id=run_id)
    recounts.release(run_id=run_id)
    with pytest.raises(FormDiffers):
        recounts.write(run_id=run_id, now=NOW)
    assert not Decision.objects.exists()


@given(st.text(), st.uuids(), st.integers(0, 99))
def test_an_id_by_content_is_the_same_as_text(words, person, ordinal):
    assert UUID(content_text(words, person, ordinal)) == content_id(words, str(person), ordinal)
    assert content_text(words, person) == str(content_id(words, person))


@given(st.integers(-(10**14), 10**14), st.fractions())
def test_a_product_is_rounded_as_the_law_rounds(kopecks, coefficient):
    assert multiplied(kopecks, coefficient) == round_half_up(kopecks * Fraction(coefficient))
