"""The studio's screens without JavaScript: write, merge, agree, play; and what another role or region may not."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.contexts.studio.lives import territory
from tests.contexts.studio.test_pseudonyms import awarded
from tests.contexts.studio.writing import CARD, begun, families, written
from tests.web.conftest import PASSWORD, signed_in

from kazna.contexts.identity import public as identity
from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.actions import study_impact as impact_actions
from kazna.contexts.studio.scenarios import territory as places
from kazna.rules.drafting import check_draft

pytestmark = pytest.mark.django_db
FIRST = {
    "title": "Школьный набор", "measure": "r77-school-kit", "region": "77", "unit": "child",
    "first_day": "2026-02-17", "pattern": "automatic", "like": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def law_as_in_the_checkout():
    measures.look_again()
    yield
    measures.look_again()


def page_of(draft_id, version=1):
    told = studio.version(draft_id, version)
    return {"seen": str(version), "measure": told.measure_text, "figures": told.figures_text}


def test_a_measure_is_written_by_buttons_alone(town):
    client = signed_in("methodologist")
    address = client.post("/studio/new/", FIRST).headers["Location"]
    (card,) = studio.drafts()
    client.post(address, {**page_of(card.id), "do": "add", "shape": "income"})
    told = {f"card_{name}": value for name, value in CARD.items()}
    page = page_of(card.id, 2)
    page["measure"] = page["measure"].replace("amount: 10000", "amount: 12000")
    assert client.post(address, {**page, **told, "do": "people"}).status_code == 302
    shown = client.get(address).content.decode()

    assert "family_income_12m &lt;= poverty_line_year * 1.5" in shown and "Готово к согласованию" in shown
    answer = client.post(address, {**page_of(card.id, 3), "do": "tested"})
    assert answer.headers["Location"].endswith("/agreement/")


def test_a_field_of_a_block_changes_the_text_and_a_wrong_one_is_told(town):
    client, draft_id = signed_in("methodologist"), begun()
    address, page = f"/studio/{draft_id}/", page_of(draft_id)
    told = {"block_age_least": "6", "was_block_age_least": "7", "block_age_title": "x", "was_block_age_title": "x"}
    client.post(address, {**page, **told, "do": "save"})
    wrong = client.post(address, {**page_of(draft_id, 2), "block_age_least": "шесть", "was_block_age_least": "6"})

    assert "between 6 and 17" in studio.version(draft_id, 2).measure_text
    assert wrong.status_code == 422 and "заполнено не так" in wrong.content.decode()
    assert studio.draft(draft_id).version == 2


def test_while_typing_errors_are_told_with_line_and_near_miss(town):
    client, draft_id = signed_in("methodologist"), begun()
    page = page_of(draft_id)
    page["measure"] = page["measure"].replace("child.birth_date,", "child.birth_dat,")
    answer = client.post(f"/studio/{draft_id}/check/", {**page, "side": "text"}).content.decode()

    assert "Возможно, имелось в виду «child.birth_date»" in answer and "строка" in answer
    assert 'id="blocks" hx-swap-oob' in answer
    assert studio.draft(draft_id).version == 1


def test_two_edits_meet_on_a_page_that_keeps_both(town):
    client, draft_id = signed_in("methodologist"), begun()
    page = page_of(draft_id)
    studio.save_version(draft_id=draft_id, seen=1, measure=page["measure"] + "# чужое\n", figures="", by="other")
    answer = client.post(f"/studio/{draft_id}/", {**page, "measure": page["measure"] + "# моё\n", "do": "save"})
    shown = answer.content.decode()

    assert answer.status_code == 409 and "# чужое" in shown and "# моё" in shown and 'value="2"' in shown


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "!!python/object:os.system", "\x00", ""])
def test_hostile_text_is_shown_as_text(town, text):
    client, draft_id = signed_in("methodologist"), begun()
    answer = client.post(f"/studio/{draft_id}/", {"seen": "1", "measure": text, "figures": text, "do": "save"})
    shown = client.get(f"/studio/{draft_id}/").content.decode()

    assert answer.status_code == 302 and "<script>alert" not in shown and studio.draft(draft_id).version == 2


def test_agreement_and_publication(town):
    draft_id = begun(by="author")
    written(draft_id, by="author")
    studio.mark_tested(draft_id=draft_id)
    for login in ("financier", "third"):
        identity.create_account(login=login, password=PASSWORD, role="methodologist", shown_name=login)
    address = f"/studio/{draft_id}/agreement/"
    for login, part in (("methodologist", "lawyer"), ("financier", "finance"), ("third", "second")):
        client = signed_in(login)
        client.post(address, {"do": "remark", "line": "3", "text": f"Замечание {login}"})
        assert client.post(address, {"do": "agree", "part": part, "remark": ""}).status_code == 302
    again = client.post(address, {"do": "agree", "part": "lawyer", "remark": ""})
    published = client.post(address, {"do": "publish", "reason": ""})

    assert again.status_code == 409 and published.status_code == 302
    assert "r77-school-kit" in measures.law_in_force().measures
    assert "Замечание financier" in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_scenario_is_played_compared_and_taken_away(town, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "SNAPSHOT", tmp_path / "snapshot")
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")
    client, draft_id = signed_in("methodologist"), begun()
    written(draft_id)
    address = f"/studio/{draft_id}/what-if/"
    assert "Снимка реестра ещё нет" in client.get(address).content.decode()
    families(12)
    studio.take_territories(now=datetime(2026, 2, 16, 12, tzinfo=UTC))
    told = {"name": "Как в законе", "territory": "77", "on": "2026-02-17", "amount": ""}
    found = client.post(address, told).headers["Location"]
    client.post(address, {**told, "name": "=cmd", "amount": "15000,50"})
    shown, compared = client.get(found).content.decode(), client.get(address).content.decode()
    sheet = client.get(found + "table.xlsx")

    assert "Ниже минимума" in shown and "Как в законе" in compared and "=cmd" in compared
    assert sheet.content[:2] == b"PK" and b"=cmd" not in sheet.content
    assert client.post(address, {**told, "territory": "99"}).status_code == 422
    watch = re.search(r'data-watch="([^"]+)"', client.get(address).content.decode())[1]
    assert client.get(watch).json() == {} and signed_in("citizen").get(watch).status_code == 403
    assert client.post(address, {**told, "amount": "-1"}).status_code == 422
    taken = client.post(f"{found}take/", {"seen": "2"})
    dearer = next(one for one in studio.scenarios(draft_id) if one.figures)
    late = client.post(f"{address}{dearer.id}/take/", {"seen": "1"})
    changed = client.post(f"{address}{dearer.id}/take/", {"seen": "2"})

    assert taken.headers["Location"].endswith("/agreement/") and late.status_code == 409
    assert changed.headers["Location"] == f"/studio/{draft_id}/"  # its examples expect another amount
    assert "15000.50" in studio.version(draft_id, 3).figures_text
    assert (studio.scenarios(draft_id)[0].version, studio.scenarios(draft_id)[0].figures) == (3, {})


def test_obligations_as_open_data(town):
    client = signed_in("methodologist")
    rows = Client().get("/studio/inventory/data.json").json()  # open to all
    table = Client().get("/studio/inventory/data.csv?on=вчера").content.decode("utf-8-sig")

    assert {row["measure"] for row in rows} >= {"ru-birth-grant", "r77-school-uniform"}
    assert table.splitlines()[0].startswith("measure,code") and len(table.splitlines()) == len(rows) + 1
    assert client.get("/studio/inventory/?doubt=nobody&on=вчера").status_code == 200
    assert "не получают ничего" in client.get("/studio/inventory/?doubt=untaken").content.decode()
    assert Client().get("/studio/inventory/data.xml").status_code == 404


def test_a_draft_of_another_region_is_not_there(town):
    draft_id = begun()
    identity.create_account(
        login="other", password=PASSWORD, role="methodologist", shown_name="Другой", body="x", territory="53"
    )

    assert signed_in("officer").get(f"/studio/{draft_id}/").status_code == 403


@pytest.fixture
def lives(town, tmp_path, monkeypatch):
    """Families of two years as the last snapshot; measures of the law in the place of invented ones."""
    where = territory(tmp_path / "lives", 300, measures=("ru-birth-grant", "ru-child-benefit", "ru-maternity-capital"))
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(impact_actions, "kept_codes", lambda: ["77"])
    monkeypatch.setattr(impact_actions, "kept_territory", lambda code: where)
    monkeypatch.setattr(studio, "kept_codes", lambda: ["77"])


def test_what_a_measure_changed_is_told_on_a_page_and_as_a_workbook(lives):
    client = signed_in("methodologist")
    asked = {"measure": "ru-birth-grant", "territory": "77", "since": "2025-02-15", "until": "2026-08-15"}
    address = client.post("/studio/impact/", asked).headers["Location"]
    shown = client.get(address).content.decode()
    book = load_workbook(BytesIO(client.get(f"{address}table.xlsx").content))
    listed = client.get("/studio/impact/").content.decode()

    assert "Работающих среди взрослых" in shown and "п.\xa0п." in shown and "Без подбора похожих" in shown
    assert "Насколько похожи пары" in shown and address in listed
    assert [sheet.title for sheet in book] == ["Эффект", "Сходство"] and book["Эффект"].max_row > 5


def test_days_too_close_and_a_strange_measure_are_refused_in_words(lives):
    client = signed_in("methodologist")
    asked = {"measure": "ru-birth-grant", "territory": "77", "since": "2026-02-15", "until": "2026-08-15"}
    near = client.post("/studio/impact/", asked)
    strange = client.post("/studio/impact/", {**asked, "measure": "<b>", "since": "вчера"})

    assert near.status_code == 409 and "надо прожить шесть месяцев" in near.content.decode()
    assert strange.status_code == 422 and "Введите день так" in strange.content.decode()


def test_people_are_rows_to_be_changed_copied_and_dropped(town):
    client, draft_id = signed_in("methodologist"), begun()
    address = f"/studio/{draft_id}/people/"
    shown = client.get(address).content.decode()
    assert "всё выполнено" in shown and "2019-09-01" in shown
    number = {"seen": "1", "r0_name": "Школьница <b>", "r0_2": "2018-09-01", "do": "copy:1"}
    assert client.post(address, number).status_code == 302
    rows = studio.rows_of(
        check_draft(measures.law_in_force(), studio.version(draft_id, 2).measure_text, page_of(draft_id)["figures"])
    )
    late = client.post(address, {**number, "r0_name": "Поздно"})

    assert rows[0].name == "Школьница <b>" and len(rows) == 7 and rows[6].given == rows[1].given
    assert [str(row.given["child.birth_date"]) for row in rows[:3]] == ["2018-09-01", "2019-09-01", "2019-09-02"]
    assert (
        late.status_code == 409
        and "Поздно" in late.content.decode()
        and "&lt;b&gt;" in client.get(address).content.decode()
    )


def test_a_wrong_expectation_is_taken_from_the_draft_and_a_row_goes(town):
    client, draft_id = signed_in("methodologist"), begun()
    address = f"/studio/{draft_id}/people/"
    client.post(address, {"seen": "1", "r0_amount": "7", "do": "save"})
    assert "не сошлось" in client.get(address).content.decode()
    client.post(address, {"seen": "2", "do": "accept:0"})
    client.post(address, {"seen": "3", "do": "drop:1"})
    told = studio.version(draft_id, 4)
    checked = check_draft(measures.law_in_force(), told.measure_text, told.figures_text)

    assert [len(checked.examples), len(checked.failed)] == [5, 0]
    broken = client.post(address, {"seen": "4", "r0_1": "[{a: ", "do": "save"})
    assert broken.status_code == 409 and "Не прочесть список" in broken.content.decode()


@pytest.mark.django_db(transaction=True)
def test_examples_come_from_decided_cases_and_name_nobody(town, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "SNAPSHOT", tmp_path / "snapshot")
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")
    client, draft_id = signed_in("methodologist"), begun()
    address, told = f"/studio/{draft_id}/people/", {"seen": "1", "do": "decided", "territory": "77"}
    assert "Снимка реестра ещё нет" in client.get(address).content.decode()
    assert client.post(address, told).status_code == 409
    awarded(families(12))
    studio.take_territories(now=datetime(2026, 2, 16, 12, tzinfo=UTC))
    assert client.post(address, told).status_code == 302
    shown = client.get(address).content.decode()

    assert "обезличено, по " in shown and "2017-09-10" not in shown and "Котова" not in shown
    elsewhere = client.post(address, {**told, "seen": "2", "territory": "53"})
    late = client.post(address, told)
    assert elsewhere.status_code == 409 and "«53»" in elsewhere.content.decode()
    assert late.status_code == 409 and "сохранил версию 2" in late.content.decode()
