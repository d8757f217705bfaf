"""Nothing of a card is lost on its way through a form or a table, whatever the form shows."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.http import QueryDict
from openpyxl import load_workbook
from tests.factories.egisso import BODY, ON, ident
from tests.factories.egisso import measure_card as card

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.measures.drafts import clean
from kazna.contexts.egisso.measures.sheet import read_measures
from kazna.contexts.egisso.messages.read import open_message
from kazna.contexts.measures import public as measures
from kazna.web.egisso.measure_forms import card_from, forms_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
local = egisso.local_measures
CHOICES = {name: [("0301", "0301"), ("03000004", "03000004"), ("010102", "010102"), ("01", "01"), ("02", "02"),
                  ("0100", "0100"), ("0010", "0010")]
           for name in ("msz", "part", "level", "form", "periodicity", "category", "funding")}  # fmt: skip
STEPS = [{"stepNumber": "1", "stepH": "Соберите справки", "stepDescr": "Справка о составе семьи, о доходах"},
         {"stepNumber": "2", "stepH": "Подайте заявление", "stepDescr": "В отделе или на портале"}]  # fmt: skip


def whole() -> dict[str, Any]:
    """A card with every field that a form shows, and with those it does not."""
    told = card(steps=STEPS, code="М-12", frgu="5300000010000000001", frgu_purpose="5300000011", inherits_facts="true",
                inherits_points="true", inherits_organisations="true", previous_id=ident("before"), to="2027-12-31",
                family="1", person_living="0", id=ident("whole"))  # fmt: skip
    told["categories"][0] |= {"id": ident("category"), "code": "К-7"}
    told["papers"][0]["documentComment"] = "или копия, заверенная нотариусом"
    told["methods"][0]["url"] = "http://example.ru"
    return told


def sent(told: dict[str, Any]) -> QueryDict:
    """What a browser sends of the form as it is shown."""
    form, sets = forms_of(told, CHOICES)
    data = QueryDict(mutable=True)
    for shown in (
        form,
        *(one.management_form for one in sets.values()),
        *(row for one in sets.values() for row in one),
    ):
        for field in shown:
            value = field.value()
            if isinstance(value, list):
                data.setlist(field.html_name, value)
            elif value not in (None, False):
                data[field.html_name] = "on" if value is True else str(value)
    return data


def test_a_form_loses_nothing_of_the_card(db):
    draft_id = local.start(provider=BODY, by="anna", now=NOW, on=ON)
    local.save(draft_id, whole(), provider=BODY, by="anna", now=NOW, on=ON)
    form, sets = forms_of(whole(), CHOICES, sent(whole()))
    assert form.is_valid() and all(one.is_valid() for one in sets.values())

    kept = local.save(draft_id, card_from(form, sets), provider=BODY, by="anna", now=NOW, on=ON)

    assert clean(kept.card) == clean(whole())


def read(table: bytes) -> list[dict[str, Any]]:
    found = []
    for payload, _ in read_measures(table, now=NOW):
        for one in open_message(payload)[1]:
            assert one.faults == ()
            found.append(one.ours)
    return found


def plain(told: Any) -> Any:
    """As the table writes it: one space for any white space, words for booleans."""
    if isinstance(told, dict):
        return {name: plain(one) for name, one in told.items() if name not in ("changed_at", "criteria")}
    if isinstance(told, list):
        return [plain(one) for one in told]
    return {True: "true", False: "false"}.get(told) or " ".join(str(told).replace("|", "/").split())


def test_a_table_loses_nothing_of_the_card():
    (back,) = read(local.write_measures([whole()]))

    assert plain(back) == plain(clean(whole()))
    assert back["categories"][0]["criteria"] == whole()["categories"][0]["criteria"]


def test_cards_that_the_law_prints_go_through_a_table(db):
    measures.store_release()
    cards = []
    for one in measures.measures_list():
        printed = local.print_card(one.measure, on=ON)
        if printed.card["categories"][0]["category"]:
            cards.append(clean({**printed.card, "id": str(printed.measure_id), "kbk": "1" * 20,
                                "shares": [{"funding": "0100", "quota": "100"}], "request_forms": ["2"],
                                "answer_forms": ["2"]}))  # fmt: skip

    assert len(cards) > 50
    assert [plain(one) for one in read(local.write_measures(cards))] == [plain(one) for one in cards]


@pytest.mark.parametrize("text", ["100:1.5:2026-01-01", "100, 200:0.5", ""])
def test_criteria_are_written_as_they_are_read(text):
    assert local.criteria_said(local.criteria_of(text)) == text


def test_a_table_shows_no_formulas():
    book = load_workbook(BytesIO(local.write_measures([card(id=ident("x"), title="=1+1")])))

    assert book.worksheets[0]["B2"].value == "'=1+1"
