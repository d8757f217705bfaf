"""Every screen in a real browser, phone and desktop: nothing for axe to object to, nothing sticks out."""

import os
import re
from pathlib import Path

import pytest
from tests.web.browser import (
    DESKTOP,
    PHONE,
    chromium,
    needs_chromium,
    overflow,
    pale,
    picture,
    shift,
    sign_in,
    violations,
)
from tests.web.conftest import Town, build_town
from tests.web.scenes import (
    agreement_known,
    alarm_open,
    application_begun,
    certificates_of,
    complaint,
    conflict_about,
    described_measure,
    drafted_measure,
    drafts,
    employer_known,
    event_about,
    joined_cards,
    monitored_region,
    offer_of,
    overpaid,
    own_card,
    programme_states,
    quarantined_document,
    suspect_about,
    waiting_case,
    writ_in_force,
)
from tests.web.test_screens import SCREENS

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.notifications import public as notifications

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_chromium]
NARROWEST = {"width": 320, "height": 640}
MOST_SHIFT = 0.01
OPEN = [
    "/components/",
    "/offline/",
    "/support/",
    "/support/?q=пенсия",
    "/support/?q=ничегоподобного",
    "/support/situations/child_born/?region=77",
    "/support/measures/ru-child-benefit/",
    "/support/calculators/",
    "/support/calculators/ru-child-benefit/?q1=77&q2=01.10.2025&q3=3&q4=20000&q5=30000",
]
COLOURED = ["/my/channels/", "/components/", "/support/measures/ru-child-benefit/", "/support/?q=пенсия"]
PICTURES = os.environ.get("KAZNA_PICTURES")  # a folder for screenshots, to be looked at by people


def joined(town: Town) -> list[str]:
    """The page of a card that went, and the question whether to part the two again."""
    merge = joined_cards(town)
    return [f"/work/people/{merge.drop_id}/?why=check", f"/work/people/{merge.keep_id}/merges/{merge.merge_id}/"]


def details(town: Town, role: str, folder: Path) -> dict[str, list[str]]:
    """Screens of single things: their addresses hold ids."""
    return {
        "citizen": [
            *(
                f"/my/inbox/{one.number}/{one.notice_id}/"
                for one in notifications.inbox(person_id=town.mother, limit=1)
            ),
            f"/my/family/{town.child}/",
            "/apply/?what=child_born",
            *(application_begun(town) if role == "citizen" else []),
            *(f"/my/payments/certificates/{one}/" for one in (certificates_of(town) if role == "citizen" else [])),
            *(f"/my/programmes/{one}/" for one in (programme_states(town) if role == "citizen" else [])),
            *(f"/my/cases/{one.case_id}/" for one in cases.cases_of(person_id=town.mother)),
            *(f"/my/rights/{one.id}/" for one in measures.rights_of(town.mother)[:2]),
            *(f"/my/decisions/{one.decision_id}/" for one in cases.decisions_of(person_id=town.mother)[:2]),
            *(f"/my/decisions/{one.decision_id}/appeal/" for one in cases.decisions_of(person_id=town.mother)[:1]),
        ],
        "officer": [
            f"/work/people/{town.mother}/?why=check",
            f"/work/people/{town.mother}/life/?why=check&on=2026-02-16",
            f"/work/people/{town.mother}/family/?why=check",
            f"/work/cases/{waiting_case(town).case_id}/",
            f"/work/decisions/{cases.decisions_of(person_id=town.mother)[0].decision_id}/",
            *drafts(town),
            f"/work/appeals/{complaint(town)}/",
            *(f"/work/programmes/{one}/" for one in (programme_states(town) if role == "officer" else [])),
            f"/work/people/{town.disabled}/file/",
            *(f"/work/money/certificates/{one}/" for one in (certificates_of(town) if role == "officer" else [])),
            "/work/money/certificates/?state=closed",
            f"/work/conflicts/{conflict_about(town).conflict_id}/",
            f"/work/money/overpayments/{overpaid(town)}/",
            f"/work/money/writs/{writ_in_force(town)}/",
            "/work/money/writs/",
            "/work/money/?year=2026",
            "/work/money/overpayments/",
            f"/work/quarantine/{quarantined_document().document_id}/",
            f"/work/suspects/{suspect_about(town)}/",
            *joined(town),
            alarm_open(town),
            *([event_about(town), employer_known(folder)] if role == "officer" else []),
        ]
        if role == "officer"
        else [],
        "methodologist": ["/law/ru-child-benefit/", "/law/ru-sick-leave/", "/law/facts/kinds/person.birth/"],
        "supervisor": ["/work/"],
        "administrator": [agreement_known()] if role == "administrator" else [],
        "": [
            "/",
            "/verify/?number=77-2026-000001&code=000000000000",
            "/login/",
            "/settings/display/",
            "/egisso/check/",
            "/egisso/apply/",
            "/portal/",
            "/portal/data/",
            "/portal/support/",
            *OPEN,
        ],
        "supplier": [
            described_measure(),
            described_measure().replace("egisso", "portal"),
            drafted_measure(),
            own_card(),
        ]
        if role == "supplier"
        else [],
        "branch": [described_measure(), *monitored_region()] if role == "branch" else [],
    }


def named(address: str) -> str:
    """The name of a picture: without ids, so that it is the same from run to run."""
    plain = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d{1,6}(?=/)", "one", address.partition("&")[0])
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "home"


def steady_shift(page) -> float:
    """What jumps each time the page is opened: a busy machine may draw a page in two parts once."""
    moved = shift(page)
    if moved <= MOST_SHIFT:
        return moved
    page.reload()
    return min(moved, shift(page))


@pytest.mark.parametrize("role", sorted({"", *SCREENS}))
def test_screens_are_accessible(live_server, monkeypatch, tmp_path, role):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    town = build_town()
    addresses = [*SCREENS.get(role, []), *details(town, role, tmp_path)[role]]
    problems = []

    with chromium() as browser:
        page = browser.new_page(viewport=DESKTOP, locale="ru-RU", reduced_motion="reduce")
        painter = browser.new_page()
        if role:
            sign_in(page, live_server.url, "mother" if role == "citizen" else role)
        for address in addresses:
            for size in (DESKTOP, PHONE):
                page.set_viewport_size(size)
                answer = page.goto(live_server.url + address)
                where = f"{address} at {size['width']}"
                problems += [f"{where}: {problem}" for problem in violations(page)]
                problems += [f"{where}: {overflow(page)} px too wide"] if overflow(page) > 0 else []
                problems += [f"{where}: jumps by {moved:.3f}"] if (moved := steady_shift(page)) > MOST_SHIFT else []
                problems += [f"{where}: {answer.status}"] if answer.status != 200 else []
                if PICTURES:
                    picture(page, painter, Path(PICTURES) / f"{role or 'open'}-{named(address)}-{size['width']}.png")
            problems += [f"{address}: {problem}" for problem in pale(page)]
            page.set_viewport_size(NARROWEST)  # turned and made small, not opened again
            problems += [f"{address} at 320: {overflow(page)} px too wide"] if overflow(page) > 0 else []

    assert problems == []


@pytest.mark.parametrize(
    ("colours", "size"), [("dark", "normal"), ("contrast", "huge"), ("contrast-dark", "large"), ("light", "large")]
)
def test_display_settings_keep_screens_accessible(live_server, monkeypatch, colours, size):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    offer = offer_of(build_town(), "ru-child-benefit")
    problems = []

    with chromium() as browser:
        page = browser.new_page(viewport=PHONE, locale="ru-RU")
        sign_in(page, live_server.url, "mother")
        page.goto(f"{live_server.url}/settings/display/")
        page.locator(f"input[value='{size}']").check()
        page.locator(f"input[value='{colours}']").check()
        page.get_by_role("button", name="Применить").click()
        for address in ("/my/", f"/my/cases/{offer.case_id}/", "/my/rights/", "/my/account/", *COLOURED):
            page.goto(live_server.url + address)
            problems += [f"{address}: {problem}" for problem in violations(page)]
            problems += [f"{address}: {overflow(page)} px too wide"] if overflow(page) > 0 else []

    assert problems == []
