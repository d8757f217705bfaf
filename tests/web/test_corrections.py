"""«Это неверно» from the citizen's click to the officer's answer, with the rights of the web."""

import pytest
from tests.web.conftest import signed_in
from tests.web.test_rows import as_web_role

from kazna.contexts.corrections import public as corrections
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
CLAIM = "Я живу по другому адресу, <b>улица Новая</b>, дом 5."


def residence(person_id) -> registers.Fact:
    return registers.facts_of([person_id], kinds=["person.residence"])[0]


def test_the_way_of_a_correction(town):
    address = f"/my/facts/{residence(town.mother).id}/wrong/"
    with as_web_role():
        mother, officer = signed_in("mother"), signed_in("officer")
        assert address in mother.get("/my/data/").content.decode()
        assert mother.get(address).status_code == 200
        assert mother.post(address, {"claim": CLAIM}).status_code == 302
        assert mother.post(address, {"claim": CLAIM}).status_code == 302  # a double click
        page = mother.get("/my/corrections/").content.decode()
        assert page.count("Вы написали") == 1
        assert "<b>улица" not in page
        assert "Смирнова" in officer.get("/work/corrections/").content.decode()
        (one,) = corrections.waiting()
        work = f"/work/corrections/{one.correction_id}/"
        assert officer.get(work).status_code == 200
        assert officer.post(work, {"reason": ""}).status_code == 422
        assert officer.post(work, {"reason": "Адрес проверен по документам."}).status_code == 302
        assert officer.post(work, {"reason": "Адрес проверен по документам."}).status_code == 409
        assert "Адрес проверен" in mother.get("/my/corrections/").content.decode()


@pytest.mark.parametrize("claim", ["", "коротко", "о" * 3000])
def test_a_form_filled_badly_says_so(town, claim):
    response = signed_in("mother").post(f"/my/facts/{residence(town.mother).id}/wrong/", {"claim": claim})

    assert response.status_code == 422
    assert "Исправьте, пожалуйста" in response.content.decode()


def test_a_fact_of_another_is_not_there(town):
    fact_id = residence(town.mother).id

    assert signed_in("citizen").get(f"/my/facts/{fact_id}/wrong/").status_code == 404
    assert signed_in("citizen").post(f"/my/facts/{fact_id}/wrong/", {"claim": CLAIM}).status_code == 404


def test_a_mother_speaks_for_her_child(town):
    fact_id = residence(town.child).id

    assert signed_in("mother").post(f"/my/facts/{fact_id}/wrong/", {"claim": CLAIM}).status_code == 302
