"""Applying on screens: quiz, one question a page, check, receipt; at the desk and from paper; hostile forms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import signed_in
from tests.web.test_acts import post

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Application

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
BENEFIT = "ru-child-benefit"


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))


def read(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def begin(town, login="mother", **form) -> str:
    told = {"measure": BENEFIT, "about": str(town.child), **form}
    return post(login, "/apply/", told).headers["Location"]


def answer_all(address: str, login="mother") -> None:
    for _ in range(20):
        page = signed_in(login).get(address)
        if page.status_code == 302:
            return
        application = Application.objects.get()
        question = cases.applications.turn(application_id=application.id, on=application.started_on).next_question
        form = {"version": application.version, "question": question.id}
        post(login, address, {**form, "answer": "нет" if question.type == "yes_no" else "0"})


def test_the_quiz_finds_measures_of_ones_own_place(town):
    page = read(signed_in("mother").get("/apply/", {"what": "child_born"}))

    assert "Единое пособие на ребёнка" in page
    assert "Ростов" not in page


def test_from_the_quiz_to_a_receipt_and_back(town):
    address = begin(town)
    answer_all(address)
    check = address + "check/"
    assert "Узнаем сами" in read(signed_in("mother").get(check))
    post("mother", address + "files/", {"file": SimpleUploadedFile("справка.pdf", PDF)})

    version = Application.objects.get().version
    sent = [post("mother", check, {"version": version}) for _ in range(2)]

    assert {one.headers["Location"] for one in sent} == {address + "receipt/"}
    assert "№ З-77-2026-000001" in read(signed_in("mother").get(address + "receipt/"))
    assert signed_in("mother").get(address).headers["Location"] == address + "receipt/", "the back button sends nothing"
    post("mother", address + "withdraw/")
    assert "Заявление отозвано" in read(signed_in("mother").get(address + "receipt/"))


def test_begun_at_home_it_goes_on_at_the_desk(town):
    address = begin(town)

    again = post("officer", f"/apply/?person={town.mother}&channel=front_office", {
        "measure": BENEFIT, "about": str(town.child),
    })  # fmt: skip
    answer_all(again.headers["Location"], "officer")

    assert again.headers["Location"] == address
    assert Application.objects.get().last_channel == "front_office"


def test_an_officer_enters_a_paper(town):
    signed = signed_in("officer")
    signed.get("/apply/", {"person": str(town.mother), "channel": "paper"})
    signed.post(f"/apply/?person={town.mother}", {"measure": BENEFIT, "about": str(town.child)})

    found = Application.objects.get()
    assert (found.channel, found.entered_by) == ("paper", "officer")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"question": "family.property_excess", "answer": "<script>alert(1)</script>"}, 422),
        ({"question": "' OR 1=1 --", "answer": "нет"}, 302),
        ({"question": "family.property_excess", "answer": "нет", "version": "99999999999999999"}, 409),
        ({}, 302),
    ],
)
def test_hostile_answers_change_nothing(town, form, status):
    address = begin(town)

    response = post("mother", address, {"version": 1, **form})

    assert response.status_code == status
    assert "<script>alert" not in read(response)
    assert Application.objects.get().answers == {}


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"MZ"), ("a.png", PDF), ("a.svg", b"<svg onload=alert(1)>"), ("a.pdf", b"")]
)
def test_a_wrong_file_is_refused_on_the_page(town, name, content):
    address = begin(town)

    response = post("mother", address + "files/", {"file": SimpleUploadedFile(name, content)})

    assert response.status_code == 422
    assert cases.applications.application(application_id=Application.objects.get().id).attachments == ()


def test_anothers_application_is_not_there(town):
    address = begin(town)

    for path in ("", "check/", "receipt/"):
        assert signed_in("citizen").get(address + path).status_code == 404
    assert post("citizen", "/apply/", {"measure": BENEFIT, "about": str(town.child)}).status_code == 404
    assert post("mother", "/apply/", {"measure": "no-such", "about": str(town.mother)}).status_code == 409
    assert post("mother", "/apply/", {"measure": BENEFIT, "about": "не ид"}).status_code == 404
