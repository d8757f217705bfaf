"""Which pages are measured: every screen of every role, with ids from the database where an address holds one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID
from zlib import crc32

MY = [
    "/my/", "/my/rights/", "/my/payments/", "/my/debts/", "/my/inbox/", "/my/account/", "/my/family/", "/my/acting/",
    "/my/data/", "/my/looks/", "/my/corrections/", "/my/channels/", "/my/shared/", "/my/programmes/", "/apply/",
    "/my/rights/{my_right}/", "/my/cases/{my_case}/", "/my/decisions/{my_decision}/", "/my/inbox/{my_notice}/",
    "/my/decisions/{my_decision}/paper.pdf",
]  # fmt: skip
PAGES = {
    "citizen": MY,
    "guardian": [*MY, "/my/family/{my_ward}/"],
    "officer": [
        "/work/", "/work/?term=late", "/work/?term=late&risk=high&whose=free", "/work/?whose=mine",
        "/work/?kind=conflicts", "/work/?kind=suspects", "/work/cases/{case}/", "/work/decisions/{decision}/",
        "/work/decisions/{decision}/paper.pdf", "/work/people/", "/work/people/?q={name}&why=check",
        "/work/people/?q={slip}&why=check", "/work/people/?q={snils}&why=check", "/work/people/?q={number}&why=check",
        "/work/people/{person}/?why=check", "/work/people/{person}/life/?why=check",
        "/work/people/{person}/family/?why=check", "/work/people/{person}/file/",
        "/work/people/{award}/", "/work/conflicts/{conflict}/", "/work/suspects/{suspect}/", "/work/settled/",
        "/work/appeals/", "/work/appeals/statistics/", "/work/appeals/{appeal}/", "/work/late/", "/work/second/",
        "/work/second/{draft}/", "/work/corrections/", "/work/corrections/{correction}/", "/work/register/",
        "/work/register/?who={name}&by=rule", "/work/register/?by=officer", "/work/recounts/", "/work/determinations/",
        "/work/programmes/", "/work/programmes/?state=active&late=1", "/work/programmes/{programme}/", "/work/needy/",
        "/work/needy/?most=12 000", "/work/requests/", "/work/requests/?state=failed", "/work/requests/?state=refused",
        "/work/quarantine/", "/work/quarantine/{document}/", "/work/employers/", "/work/employers/?q=берёза 77",
        "/work/alarms/", "/work/money/", "/work/money/?year=2026", "/work/money/limit/", "/work/money/registers/",
        "/work/money/overpayments/", "/work/money/overpayments/?state=owed", "/work/money/overpayments/{debt}/",
        "/work/money/heirs/", "/work/money/in-kind/", "/work/money/in-kind/?given=1", "/work/money/post/",
        "/work/money/recalls/", "/monitor/", "/monitor/events/", "/monitor/events/{event}/", "/delegation/",
    ],
    "supervisor": ["/work/department/", "/work/department/samples/", "/work/", "/work/late/"],
    "administrator": [
        "/admin/", "/admin/accounts/", "/admin/accounts/new/", "/admin/accounts/officer/", "/admin/bodies/",
        "/admin/doubles/", "/admin/agreements/", "/admin/agreements/new/", "/admin/settings/",
        "/admin/settings/claim_minutes/", "/admin/texts/", "/admin/texts/letter/", "/admin/journal/",
        "/admin/journal/?login=clerk-7&since=2026-01-01", "/admin/journal/?act=look", "/monitor/", "/law/facts/",
    ],
    "methodologist": [
        "/law/", "/law/ru-birth-grant/", "/law/ru-child-benefit/", "/law/criteria/", "/law/facts/", "/law/facts/new/",
        "/law/facts/kinds/person.birth/", "/studio/", "/studio/new/", "/studio/inventory/", "/studio/impact/",
        "/studio/editions/ru-birth-grant/", "/egisso/classifier/", "/egisso/measures/", "/egisso/suppliers/",
        "/egisso/monitoring/", "/delegation/", "/delegation/new/", "/monitor/",
    ],
    "supplier": ["/egisso/facts/", "/egisso/measures/", "/egisso/measures/?q=выплата&region=45&mine=1&all=1",
                 "/egisso/measures/{local}/"],
    "branch": ["/egisso/measures/?q=выплата", "/egisso/suppliers/", "/egisso/suppliers/0003.000001/",
               "/egisso/monitoring/", "/egisso/monitoring/?by=region", "/egisso/groups/", "/portal/desk/",
               "/portal/requests/"],
    "": [
        "/", "/login/", "/support/", "/support/?q=пенсия", "/support/?q=родился ребёнок",
        "/support/situations/child_born/?region=77", "/support/measures/ru-child-benefit/", "/support/calculators/",
        "/support/calculators/ru-child-benefit/?q1=77&q2=01.10.2025&q3=3&q4=20000&q5=30000", "/settings/display/",
        "/verify/?number=77-2026-000001&code=000000000000", "/offline/", "/components/", "/egisso/check/",
        "/egisso/apply/", "/portal/", "/portal/?q=выплата", "/portal/data/", "/portal/support/",
    ],
}  # fmt: skip
LOGINS = {  # several people of a role, so that the pages of one are not all that is kept in memory
    "citizen": [f"pensioner-{n}" for n in range(1, 6)],
    "guardian": [*(f"mother-{n}" for n in range(1, 6)), *(f"large_family-{n}" for n in range(1, 6))],
    "officer": ["officer", *(f"clerk-{n}" for n in range(5))],
}
DAY = {  # of a hundred requests on a working day: how many are whose
    "citizen": 28, "guardian": 22, "open": 27, "officer": 16, "supervisor": 2, "administrator": 1, "methodologist": 1,
    "supplier": 2, "branch": 1,
}  # fmt: skip
OFTEN = {  # within a role: times as often as a page that is not named here
    "/": 10, "/login/": 8, "/support/": 8, "/support/?q=пенсия": 5, "/support/?q=родился ребёнок": 5,
    "/support/situations/child_born/?region=77": 5, "/support/measures/ru-child-benefit/": 6,
    "/support/calculators/": 3,
    "/support/calculators/ru-child-benefit/?q1=77&q2=01.10.2025&q3=3&q4=20000&q5=30000": 3, "/portal/": 2,
    "/my/": 12, "/my/rights/": 6, "/my/payments/": 8, "/my/inbox/": 6, "/my/rights/{my_right}/": 4,
    "/my/cases/{my_case}/": 4, "/my/decisions/{my_decision}/": 3, "/my/inbox/{my_notice}/": 4, "/apply/": 4,
    "/my/family/": 2, "/my/data/": 2,
    "/work/": 12, "/work/?whose=mine": 8, "/work/?term=late": 4, "/work/cases/{case}/": 16,
    "/work/people/": 4, "/work/people/?q={name}&why=check": 8, "/work/people/?q={snils}&why=check": 6,
    "/work/people/{person}/?why=check": 10, "/work/people/{person}/life/?why=check": 3,
    "/work/decisions/{decision}/": 5, "/work/people/{award}/": 4, "/work/second/": 3, "/work/appeals/": 2,
    "/work/requests/": 2, "/work/department/": 4,
}  # fmt: skip
LEAST = 10  # times each page is asked all the same, so that its own 95 % can be told
MANY = 200
SOMEBODY = "registers_person TABLESAMPLE SYSTEM (1) WHERE snils IS NOT NULL"
IDS = {
    "person": f"SELECT id FROM {SOMEBODY}",
    "name": f"SELECT surname || ' ' || left(forename, 3) FROM {SOMEBODY}",
    "slip": f"SELECT overlay(surname placing 'а' from 3 for 1) || ' ' || forename FROM {SOMEBODY}",
    "snils": f"SELECT snils FROM {SOMEBODY}",
    "number": "SELECT number FROM cases_decision TABLESAMPLE SYSTEM (1)",
    "case": "SELECT id FROM cases_case TABLESAMPLE SYSTEM (1) WHERE state = 'waiting_person'",
    "decision": "SELECT id FROM cases_decision TABLESAMPLE SYSTEM (1) WHERE decided_by <> '' AND body = 'sfr-77'",
    "award": "SELECT recipient_id || '/awards/' || id FROM cases_award TABLESAMPLE SYSTEM (1) WHERE body = 'sfr-77'",
    "conflict": "SELECT id FROM registers_conflict WHERE settled_on IS NULL",
    "suspect": "SELECT id FROM registers_suspect WHERE settled_on IS NULL",
    "appeal": "SELECT id FROM cases_appeal WHERE state = 'filed' AND body = 'sfr-77'",
    "draft": "SELECT id FROM cases_proposal WHERE state = 'open'",
    "correction": "SELECT id FROM corrections_correction",
    "programme": "SELECT id FROM programmes_programme",
    "document": "SELECT document_id FROM integration_document WHERE status = 'quarantined'",
    "debt": "SELECT id FROM payments_overpayment WHERE body = 'sfr-77'",
    "event": "SELECT id FROM plumbing_event TABLESAMPLE SYSTEM (1)",
    "local": "SELECT id FROM egisso_measure WHERE provider = '0003.000001'",
}
MINE = {  # of the person who has signed in
    "my_right": "SELECT id FROM measures_right WHERE recipient_id = %s",
    "my_case": "SELECT id FROM cases_case WHERE recipient_id = %s",
    "my_decision": "SELECT id FROM cases_decision WHERE recipient_id = %s",
    "my_notice": "SELECT number || '/' || id FROM notifications_notice WHERE recipient_id = %s",
    "my_ward": "SELECT subject_id FROM registers_fact WHERE kind = 'family.parent' AND object_id = %s",
}


def times_a_day(pages: list[str], requests: int) -> list[str]:
    """Which page is asked when: so many requests in the shares of a day, each page spread evenly over it.

    A page is `role address`. Seldom ones are asked LEAST times, or as often as all pages equally where that is less;
    the others give way in proportion.
    """
    least = min(LEAST, requests // len(pages))
    weights = {page: OFTEN.get(page.partition(" ")[2], 1) for page in pages}
    of_role: dict[str, int] = defaultdict(int)
    for page, weight in weights.items():
        of_role[page.partition(" ")[0]] += weight
    shares = {page: DAY[page.partition(" ")[0]] * weight / of_role[page.partition(" ")[0]]
              for page, weight in weights.items()}  # fmt: skip
    free, whole = requests - least * len(pages), sum(shares.values())
    wanted = {page: max(0.0, requests * share / whole - least) for page, share in shares.items()}
    over = sum(wanted.values()) or 1.0
    many = {page: least + round(free * more / over) for page, more in wanted.items()}
    return sorted(
        (page for page in pages for _ in range(many[page])),
        key=_evenly({page: iter(range(many[page])) for page in pages}, many),
    )


def _evenly(numbers: dict[str, Iterator[int]], many: dict[str, int]) -> Callable[[str], float]:
    """Where in the day the next asking of a page falls; pages of one number do not fall together."""
    return lambda page: (next(numbers[page]) + (crc32(page.encode()) % 997 + 0.5) / 998) / many[page]


def ids() -> dict[str, list[str]]:
    """Up to two hundred of each kind; a kind of which the database has none is left out, with its pages."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name, statement in IDS.items():
            cursor.execute(f"{statement} LIMIT {MANY}")
            found[name] = [str(row[0]) for row in cursor.fetchall()]
    return found


def ids_of(login: str) -> dict[str, list[str]]:
    """The same of what belongs to one citizen."""
    from django.db import connection

    found: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM identity_account WHERE login = %s AND role = 'citizen'", [login])
        if (row := cursor.fetchone()) and isinstance(row[0], UUID):
            for name, statement in MINE.items():
                cursor.execute(f"{statement} LIMIT {MANY}", [row[0]])
                found[name] = [str(one[0]) for one in cursor.fetchall()]
    return found
