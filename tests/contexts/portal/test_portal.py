"""Open data disclose nobody, questions are answered once, requests are approved by another."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.egisso import fact, facts_package, known, person

from kazna.contexts.egisso import public as egisso
from kazna.contexts.portal import public as portal
from kazna.contexts.portal.disclosure_control import split, totals
from kazna.contexts.portal.tasks import publish_quarter
from kazna.contexts.reference import public as reference
from kazna.contexts.registers import public as registers

NOW, ON = datetime(2026, 4, 2, 9, tzinfo=UTC), date(2026, 4, 2)
cells = st.lists(st.fixed_dictionaries({
    "region": st.sampled_from(["53", "77"]), "msz": st.sampled_from(["0301", "0302"]), "form": st.just("01"),
    "people": st.integers(0, 12), "facts": st.integers(0, 50), "amount_kopecks": st.integers(0, 10**12),
}))  # fmt: skip


@given(cells)
def test_no_cell_under_five_is_published_or_found_by_subtraction(rows):
    kept, hidden = split(rows)

    assert all(row["people"] >= 5 for row in kept)
    assert len(kept) + len(hidden) == len(rows)
    for total in totals(rows, hidden):
        gone = [row for row in hidden if row["region"] == total["region"]]
        visible = sum(row["facts"] for row in kept if row["region"] == total["region"])
        found_by_subtraction = total["facts"] - visible
        assert not gone or (len(gone) > 1 and found_by_subtraction >= 5)


def test_a_lonely_small_cell_takes_the_smallest_neighbour_with_it():
    told = [{"region": "77", "msz": f"030{n}", "form": "01", "people": people, "facts": people, "amount_kopecks": 100}
            for n, people in enumerate((3, 40, 9))]  # fmt: skip

    kept, hidden = split(told)

    assert [row["people"] for row in kept] == [40] and [row["people"] for row in hidden] == [3, 9]
    assert totals(told, hidden) == [
        {"region": "77", "msz": "", "form": "", "people": None, "facts": 52, "amount_kopecks": 300}]  # fmt: skip


@pytest.mark.django_db
def test_a_finished_quarter_comes_out_by_itself_once():
    publish_quarter(date(2026, 4, 9))
    assert portal.datasets() == []

    for day in (date(2026, 4, 10), date(2026, 4, 11), date(2026, 6, 1)):
        publish_quarter(day)

    assert [(one.quarter, one.published_on) for one in portal.datasets()] == [("2026Q1", date(2026, 4, 10))]


@pytest.mark.django_db
def test_the_desk_sees_how_its_terms_are_kept():
    portal.ask(category="load", text="Как?", email="a@example.ru", now=NOW, on=ON)
    ticket = portal.ask(category="access", text="Где?", email="a@example.ru", now=NOW, on=ON)
    portal.answer_ticket(ticket.pk, text="Там.", by="branch", now=NOW)

    (access, load) = portal.execution(since=ON, on=ON + timedelta(days=6))

    assert (access.category, access.answered, access.late) == ("access", 1, 0)
    assert (load.category, load.answered, load.late) == ("load", 0, 1)


@pytest.mark.django_db
def test_a_quarter_is_published_in_three_formats_with_a_passport(tmp_path):
    registers.load_kinds()
    told = [fact(n, receiver=person(112233445 + n)) for n in range(6)]
    egisso.take_package(
        facts_package(*told), known=known(), provider="0001.000001", on=ON - timedelta(days=30), received_at=NOW
    )

    data = portal.publish_data("2026Q1", on=ON)
    portal.publish_data("2026Q1", on=ON)

    row, total = json.loads(portal.written(data, "json"))
    assert (row["people"], row["facts"], row["amount_kopecks"], row["msz"]) == (6, 6, 600000, "0301")
    path = tmp_path / "a.parquet"
    path.write_bytes(portal.written(data, "parquet"))
    assert duckdb.sql(f"SELECT people FROM '{path}'").fetchall() == [(6,), (None,)]
    assert portal.written(data, "csv").count(b"\r\n") == 3
    assert (total["facts"], total["msz"]) == (6, "")
    assert [one["name"] for one in portal.passport(data)["structure"]] == list(row)
    assert len(portal.datasets()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("quarter", ["2026Q2", "2026Q5", "0000Q1", "", "2026q1", "'; --"])
def test_a_quarter_that_is_not_over_or_not_one_is_refused(quarter):
    with pytest.raises(portal.QuarterRefused):
        portal.publish_data(quarter, on=ON)


@pytest.mark.django_db
def test_a_question_is_answered_once_by_mail():
    ticket = portal.ask(category="load", text="Как исправить факт?", email="a@example.ru", now=NOW, on=ON)

    portal.answer_ticket(ticket.pk, text="Пришлите изменение.", by="branch", now=NOW)

    assert ticket.due_on == reference.add_working_days(ON, 3)
    assert [one.to for one in mail.outbox] == [["a@example.ru"]]
    with pytest.raises(portal.TicketAnswered):
        portal.answer_ticket(ticket.pk, text="Ещё раз", by="branch", now=NOW)


@pytest.mark.django_db
def test_a_request_is_answered_when_another_person_approves_it():
    told = {"agency": "Росстат", "purpose": "Статистика", "ground": "282-ФЗ", "quarter": "2026Q1", "region": "77"}
    with pytest.raises(portal.QuarterNotPublished):
        portal.enter_request(**told, by="anna", now=NOW)
    portal.publish_data("2026Q1", on=ON)
    entered = portal.enter_request(**told, by="anna", now=NOW)

    with pytest.raises(portal.NotYourself):
        portal.decide_request(entered.pk, approve=True, reason="", by="anna", now=NOW)
    assert portal.answer_of(entered.pk) is None
    portal.decide_request(entered.pk, approve=True, reason="", by="boris", now=NOW)

    assert portal.answer_of(entered.pk).rows == []
    with pytest.raises(portal.RequestDecided):
        portal.decide_request(entered.pk, approve=False, reason="", by="boris", now=NOW)
