"""The register, the second look, sealed papers and their check, on the screens."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import PASSWORD, signed_in
from tests.web.scenes import drafts
from tests.web.test_acts import post

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Award, Decision
from kazna.contexts.identity import public as identity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))


@pytest.fixture
def second_officer(town):
    identity.create_account(
        login="second", password=PASSWORD, role="officer", shown_name="Сидорова", person_id=None, body="sfr-77",
        territory="77",
    )  # fmt: skip


def read(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def test_two_officers_suspend_an_award(town, second_officer):
    award, _ = drafts(town)
    [draft] = cases.proposals(body="sfr-77")
    cases.return_proposal(proposal_id=draft.proposal_id, by="second", reason="Счёт уже новый.", on=town.today)

    asked = post("officer", award, {"act": "suspend", "reason": "Банк вернул деньги: счёт закрыт."})
    own = post("officer", asked.headers["Location"], {"verdict": "confirm"})
    done = post("second", asked.headers["Location"], {"verdict": "confirm"})
    late = post("second", asked.headers["Location"], {"verdict": "confirm"})

    assert (own.status_code, "нужен второй сотрудник" in read(own)) == (409, True)
    assert done.headers["Location"].startswith("/work/decisions/")
    assert (late.status_code, "уже подтверждён" in read(late)) == (409, True)
    assert Decision.objects.filter(kind="suspend", confirmed_by="second").count() == 1
    assert "Приостановлено" in read(signed_in("citizen").get("/my/inbox/"))


@pytest.mark.parametrize(
    "form",
    [
        {"act": "suspend", "reason": "нет"},
        {"act": "explode", "reason": "Обоснование подлиннее."},
        {"act": "change", "amount": "1e9999999", "reason": "Обоснование подлиннее."},
        {"act": "change", "amount": "<script>", "first_day": "32.13.2026", "reason": "Обоснование подлиннее."},
    ],
)
def test_bad_forms_change_nothing(town, form):
    award, _ = drafts(town)

    response = post("officer", award, form)

    assert response.status_code == 422
    assert "<script>" not in read(response).partition("<h1>")[2].partition("</main>")[0]


def test_the_register_finds_by_person_and_exports(town):
    page = signed_in("officer").get("/work/register/", {"who": "ёлкин", "by": "rule"})
    table = signed_in("officer").get("/work/register/", {"who": "ёлкин", "format": "csv"})

    lines = [one for one in cases.register(wanted=cases.RegisterFilter()) if one.recipient_id == town.disabled]
    assert all(line.number in read(page) for line in lines)
    assert len(table.content.decode().splitlines()) == len(lines) + 1
    assert signed_in("officer").get("/work/register/", {"since": "вчера"}).status_code == 422
    assert signed_in("officer").get("/work/register/", {"after": "'; DROP TABLE cases_decision; --"}).status_code == 200


def test_a_number_leads_to_the_decision_or_the_award(town):
    [award] = [one for one in cases.awards_of(person_id=town.disabled) if one.recipient_id == town.disabled][:1]
    decision = cases.decisions_of(person_id=town.disabled)[0]
    officer = signed_in("officer")

    found = [
        officer.get("/work/people/", {"q": one, "why": "check"}) for one in (decision.number, award.number, "77-0")
    ]

    assert found[0].headers["Location"] == f"/work/decisions/{decision.decision_id}/"
    assert found[1].headers["Location"] in (
        f"/work/decisions/{award.decision_id}/", f"/work/people/{town.disabled}/awards/{award.award_id}/",
    )  # fmt: skip
    assert found[2].status_code == 200


def test_a_paper_goes_from_the_cabinet_to_a_stranger_who_checks_it(town):
    decision = cases.decisions_of(person_id=town.disabled)[0]
    pdf = signed_in("citizen").get(f"/my/decisions/{decision.decision_id}/paper.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"

    stranger = Client()
    true = stranger.post("/verify/", {"paper": SimpleUploadedFile("r.pdf", pdf.content)})
    changed = stranger.post("/verify/", {"paper": SimpleUploadedFile("r.pdf", pdf.content + b"%")})
    junk = stranger.post("/verify/", {"paper": SimpleUploadedFile("r.pdf", b"MZ")})
    nothing = stranger.post("/verify/", {})

    assert "Такое решение принято" in read(true)
    assert "Ёлкин" not in read(true)
    assert "изменён после подписания" in read(changed)
    assert "нет нашей подписи" in read(junk)
    assert nothing.status_code == 422


def test_anothers_paper_is_not_given(town):
    decision = cases.decisions_of(person_id=town.disabled)[0]

    assert signed_in("mother").get(f"/my/decisions/{decision.decision_id}/paper.pdf").status_code == 404
    assert Award.objects.exists()
