"""Rights and money change by two people; the database itself refuses anything else to the web."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from kazna.cli.database import grant_web_role
from kazna.contexts.administration import public as administration
from kazna.contexts.administration.models import Change
from kazna.contexts.identity import public as identity
from kazna.contexts.identity.models import Account
from kazna.plumbing import tunables
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 16, 9, tzinfo=UTC)
WHY = "Приказ о приёме № 15 от 02.03.2026"
OFFICER = {"role": "officer", "shown_name": "Петрова Ольга", "body": "sfr-77", "duties": ["supervise"]}


@pytest.fixture(autouse=True)
def fresh():
    tunables.forget()
    yield
    tunables.forget()


def propose(kind="account", target="petrova", after=OFFICER, by="one"):
    return administration.propose(kind=kind, target=target, after=after, reason=WHY, by=by, now=NOW)


def settle(change, by="two", approve=True):
    return administration.settle(change_id=change.change_id, approve=approve, by=by, now=NOW)


def test_an_account_opens_when_a_second_person_agrees():
    change = propose()
    assert identity.staff() == []

    settled = settle(change)

    (card,) = identity.staff()
    assert (card.login, card.body, card.territory, card.duties) == ("petrova", "sfr-77", "77", ("supervise",))
    assert identity.sign_in(login="petrova", password=settled.password, now=NOW).role == "officer"


def test_one_person_alone_changes_nothing():
    change = propose()

    with pytest.raises(administration.AnotherPersonNeeded):
        settle(change, by="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(id=change.change_id).update(state="applied", settled_by="one", settled_at=NOW)
    assert identity.staff() == []


def test_a_settled_or_withdrawn_change_is_over():
    change, other = propose(), propose(target="ivanova")
    settle(change, approve=False)
    administration.withdraw(change_id=other.change_id, by="one", now=NOW)

    for one in (change, other):
        with pytest.raises(administration.ChangeNotOpen):
            settle(one)
    with pytest.raises(administration.ChangeNotOpen):
        administration.withdraw(change_id=uuid4(), by="one", now=NOW)
    assert identity.staff() == []


def test_a_closed_account_cannot_sign_in():
    password = settle(propose()).password

    settle(propose(kind="account_close", after={}))

    with pytest.raises(identity.WrongPassword):
        identity.sign_in(login="petrova", password=password, now=NOW)
    assert identity.staff() == []
    settle(propose(kind="account_open", after={}))
    assert [one.login for one in identity.staff()] == ["petrova"]


@pytest.mark.parametrize(
    ("kind", "target", "after"),
    [
        ("account", "Петрова", OFFICER),
        ("account", "x" * 61, OFFICER),
        ("account", "petrova", OFFICER | {"role": "citizen"}),
        ("account", "petrova", OFFICER | {"role": "king"}),
        ("account", "petrova", OFFICER | {"body": ""}),
        ("account", "petrova", OFFICER | {"body": "sfr-99"}),
        ("account", "petrova", OFFICER | {"duties": ["everything"]}),
        ("account", "petrova", OFFICER | {"shown_name": "\x00\x00\x00"}),
        ("account", "petrova", {}),
        ("account_close", "nobody", {}),
        ("body", "sfr-53", {"title": "Отделение по Новгородской области"}),
        ("body", "'; DROP TABLE", {"title": "x"}),
        ("body_close", "none-00", {}),
        ("territory", "٧٧", {"title": "Москва"}),
        ("territory", "77", {"title": "Москва"}),
        ("setting", "claim_minutes", {"value": "0"}),
        ("setting", "claim_minutes", {"value": "15"}),
        ("setting", "claim_minutes", {"value": "-1e9"}),
        ("setting", "nothing", {"value": "1"}),
        ("setting", "letter", {"value": "{happened} {why}"}),
        ("setting", "letter", {"value": "{happened} {why} {next_step} {secret}"}),
        ("setting", "letter", {"value": "{happened} {why} {next_step} {"}),
        ("setting", "letter", {"value": "{happened.__class__} {why} {next_step}"}),
        ("launch", "rocket", {}),
    ],
)
def test_absurd_changes_are_refused_with_a_reason(kind, target, after):
    with pytest.raises(administration.ChangeRefused, match=r"Изменение не принято: .{10}"):
        propose(kind, target, after)
    assert administration.waiting() == []


def test_the_same_thing_waits_once():
    propose()

    with pytest.raises(administration.ChangeAlreadyWaits):
        propose(by="two")


def test_a_change_whose_ground_moved_is_not_applied():
    settle(propose())
    late = propose(after=OFFICER | {"shown_name": "Петрова Ольга Ивановна"})
    Account.objects.filter(login="petrova").update(body="dszn-77")

    with pytest.raises(administration.ChangeRefused, match="изменили"):
        settle(late)


def test_bodies_follow_territories_and_close_without_staff():
    settle(propose("territory", "53", {"title": "Новгородская область"}))
    settle(propose("body", "sfr-53", {"title": "Отделение по Новгородской области"}))
    settle(propose(after=OFFICER | {"body": "sfr-53"}))

    with pytest.raises(administration.ChangeRefused, match="сотрудники"):
        propose("body_close", "sfr-53", {})
    settle(propose("account_close", "petrova", {}))
    settle(propose("body_close", "sfr-53", {}))
    assert [one.is_active for one in administration.bodies() if one.code == "sfr-53"] == [False]


def test_a_small_setting_is_one_persons_and_keeps_its_history():
    change = propose("setting", "claim_minutes", {"value": "20"})
    propose("setting", "claim_minutes", {"value": "30"}, by="two")

    assert (change.state, administration.setting("claim_minutes")) == ("applied", 30)
    assert [(one.value, one.by) for one in administration.history("claim_minutes")] == [(30, "two"), (20, "one")]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE plumbing_tunable_value SET value = '1'")


def test_a_text_of_letters_needs_two():
    change = propose("setting", "letter", {"value": "Здравствуйте!\r\n\r\n{happened}\n\n{why}\n\n{next_step}"})
    assert (change.state, tunables.value("letter")[:1]) == ("waiting", "{")

    settle(change)

    assert tunables.value("letter").startswith("Здравствуйте!\n\n{happened}")


@pytest.fixture
def as_web():
    grant_web_role()

    def run(viewer, statement, values=()):
        with acting_as(viewer), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE kazna_web")
            cursor.execute(statement, values)
            rows = cursor.fetchall() if cursor.description else cursor.rowcount
            cursor.execute("RESET ROLE")
            return rows

    return run


ADMIN = Viewer("administrator", "one")
RAW = """INSERT INTO administration_change (id, kind, target, before, after, reason, guarded, proposed_by, state,
 settled_by) VALUES (gen_random_uuid(), 'account', 'x', '{}', '{}', 'why', true, %s, %s, '')"""


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE identity_account SET role = 'administrator', body = '' WHERE login = 'petrova'", ()),
        ("UPDATE identity_account SET duties = '{payments}' WHERE login = 'petrova'", ()),
        ("UPDATE administration_body SET title = 'Мой'", ()),
        ("INSERT INTO plumbing_tunable_value (name, value, \"by\") VALUES ('letter', '\"x\"', 'one')", ()),
        (RAW, ("two", "waiting")),
        (RAW, ("one", "applied")),
        ("UPDATE administration_change SET reason = 'other'", ()),
        ("UPDATE administration_change SET state = 'applied', settled_by = 'two'", ()),
        ("DELETE FROM administration_change", ()),
    ],
)
def test_the_web_cannot_go_round_the_two(as_web, statement, values):
    settle(propose())
    propose(after=OFFICER | {"shown_name": "Петрова Ольга Ивановна"})

    with pytest.raises(DatabaseError), transaction.atomic():
        as_web(ADMIN, statement, values)


@pytest.mark.parametrize("role", ["officer", "citizen", "methodologist"])
def test_others_see_no_changes_and_make_none(as_web, role):
    propose()

    assert as_web(Viewer(role, "one"), "SELECT count(*) FROM administration_change") == [(0,)]
    with pytest.raises(DatabaseError), transaction.atomic():
        as_web(Viewer(role, "one"), RAW, ("one", "waiting"))


def test_the_journal_is_the_administrators_to_read(as_web):
    from kazna.contexts.audit import public as audit

    audit.record([audit.NewEntry(act="look", login="petrova", role="officer")])

    assert as_web(ADMIN, "SELECT count(*) FROM audit_entry") == [(1,)]
    assert as_web(Viewer("officer", "petrova"), "SELECT count(*) FROM audit_entry") == [(0,)]
    assert [one.act for one in audit.entries(login="petrova", since=NOW.replace(year=2020))] == ["look"]
    assert audit.acts() == ["look"]
