"""Every screen opens for its role, small and by few statements, and stays shut for the others."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import signed_in
from tests.web.scenes import drafts

from kazna.web.officer import urls, urls_decisions, urls_money, urls_programmes

pytestmark = pytest.mark.django_db

MY = [
    "",
    "rights/",
    "payments/",
    "debts/",
    "withheld/",
    "inbox/",
    "account/",
    "account/done/",
    "family/",
    "acting/",
    "data/",
    "looks/",
    "corrections/",
    "channels/",
    "shared/",
    "programmes/",
    "programmes/new/",
]
WORK = [
    "",
    "?kind=conflicts",
    "?kind=suspects",
    "people/",
    "people/?q=смирнова&why=check",
    "quarantine/",
    "?term=late&risk=high&whose=free",
    "requests/",
    "requests/?state=failed",
    "requests/?state=refused",
    "settled/",
    "employers/",
    "alarms/",
    "appeals/",
    "appeals/statistics/",
    "late/",
    "determinations/",
    "programmes/",
    "programmes/?state=active&late=1",
    "needy/",
    "needy/?most=12 000",
    "second/",
    "recounts/",
    "register/",
    "register/?who=смирнова&by=rule",
    "corrections/",
]
ADMIN = [
    "",
    "accounts/",
    "accounts/new/",
    "accounts/officer/",
    "bodies/",
    "doubles/",
    "agreements/",
    "agreements/new/",
    "settings/",
    "settings/claim_minutes/",
    "texts/",
    "texts/letter/",
    "journal/",
    "journal/?login=officer&since=2026-01-01",
]
MONEY = ["money/", "money/?year=2025&measure=x", "money/limit/", "money/registers/", "money/overpayments/?state=owed"]
MONEY += ["money/writs/", "money/writs/?state=waiting", "money/writs/new/"]
MONEY += ["money/certificates/", "money/certificates/?state=waiting"]
MONEY += ["money/heirs/", "money/in-kind/", "money/in-kind/?given=1", "money/post/", "money/recalls/"]
SCREENS = {
    "citizen": [f"/my/{path}" for path in MY],
    "officer": [*(f"/work/{path}" for path in [*WORK, *MONEY]), "/monitor/", "/monitor/events/"],
    "methodologist": [
        "/delegation/",
        "/delegation/new/",
        "/law/",
        "/law/criteria/",
        "/law/facts/",
        "/law/facts/new/",
        "/studio/",
        "/studio/new/",
        "/studio/inventory/",
        "/studio/impact/",
        "/studio/editions/ru-birth-grant/",
        "/law/ru-birth-grant/",
        "/egisso/classifier/",
        "/monitor/",
    ],
    "supplier": [
        "/egisso/facts/",
        "/egisso/measures/",
        "/egisso/measures/?q=выплата&region=45&mine=1&all=1",
    ],
    "branch": [
        "/egisso/measures/?q=выплата",
        "/egisso/suppliers/",
        "/egisso/monitoring/?week=x",
        "/egisso/groups/",
        "/portal/desk/",
        "/portal/requests/",
    ],
    "supervisor": ["/work/department/", "/work/department/samples/"],
    "administrator": [f"/admin/{path}" for path in ADMIN],
}
KEEPERS = {"methodologist", "branch"}
ALSO = {  # screens of several roles
    "/delegation/": {"methodologist", "officer"},
    "/law/facts/": {"administrator"},
    "/law/facts/new/": {"administrator"},
    "/egisso/measures/": {"supplier", *KEEPERS},
    "/egisso/suppliers/": KEEPERS,
    "/egisso/monitoring/": KEEPERS,
    "/egisso/groups/": KEEPERS,
    "/portal/desk/": KEEPERS,
    "/portal/requests/": KEEPERS,
}
SHARED = {"/monitor/", "/monitor/events/", "/law/", "/law/ru-birth-grant/"}
MOST_BYTES = 100_000  # over the wire
MOST_STATEMENTS = 25  # whatever the rows: a page that asks per row is found here
PAIRS = [(role, address) for role, addresses in SCREENS.items() for address in addresses]


@pytest.mark.parametrize("role", SCREENS)
def test_screens_open_for_their_role(town, role):
    client, problems = signed_in(role), []
    for address in SCREENS[role]:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address, headers={"Accept-Encoding": "gzip"})
        sent = response.content
        text = gzip.decompress(sent) if response.headers.get("Content-Encoding") == "gzip" else sent
        problems += [f"{address}: {response.status_code}"] if response.status_code != 200 else []
        problems += [f"{address}: {len(sent)} bytes"] if len(sent) > MOST_BYTES else []
        problems += [f"{address}: {len(asked)} statements"] if len(asked) > MOST_STATEMENTS else []
        problems += [f"{address}: no heading"] if b"<h1>" not in text else []

    assert problems == []


@pytest.mark.parametrize("role", SCREENS)
def test_screens_are_shut_for_other_roles(town, role):
    clients = {other: signed_in(other) for other in set(SCREENS) - {role, "supervisor"}}
    open_to = {}
    for address in SCREENS[role]:
        others = set(clients) - ALSO.get(address.partition("?")[0], set())
        if address in SHARED:
            others = {"citizen"} - {role}
        answers = {other: clients[other].get(address).status_code for other in others}
        open_to |= {(address, other): status for other, status in answers.items() if status != 403}

    assert open_to == {}


def test_a_stranger_is_asked_to_sign_in_on_every_screen(town):
    answers = {address: Client().get(address) for _, address in PAIRS}

    told = {one: (page.status_code, page.headers["Location"].partition("?")[0]) for one, page in answers.items()}
    assert set(told.values()) == {(302, "/login/")}, told


ACTS = {"queues/", "bulk/", "cases/next/", "money/export/", "money/writs/export/"}  # no screens: forms, files, the next


def test_every_screen_of_an_officer_without_a_number_in_its_address_is_tried():
    roots = {"": (urls, urls_decisions), "money/": (urls_money,), "programmes/": (urls_programmes,)}
    found = {
        f"/work/{root}{one.pattern}"
        for root, modules in roots.items()
        for module in modules
        for one in module.urlpatterns
        if "<" not in str(one.pattern) and f"{root}{one.pattern}" not in ACTS
    }

    assert found <= {address.partition("?")[0] for _, address in PAIRS}


def test_an_award_and_a_draft_about_it_open_for_officers_alone(town):
    for address in drafts(town):
        client = signed_in("officer")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address + "?why=check").status_code == 200
        assert len(asked) <= MOST_STATEMENTS, "; ".join(one["sql"][:60] for one in asked)
        assert {signed_in(one).get(address).status_code for one in ("citizen", "methodologist")} == {403}
