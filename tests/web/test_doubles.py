"""A fact of ours that another body repeats is taken back by two administrators, and the next export tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from lxml import etree
from tests.contexts.web_role import web_role
from tests.factories.egisso import BODY, ON, STRANGER, fact, facts_package, ident, known, person, snils
from tests.web.conftest import signed_in
from tests.web.test_acts import post

from kazna.contexts.administration import public as administration
from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.facts.doubles import find_doubles
from kazna.contexts.egisso.facts.export import export_facts
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.models import Assignment, Change, Double
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WHY = "Меру даёт область, сверка от 02.03.2026"
OURS, THEIRS = ident(1), ident(2)


def take(card: dict, provider: str) -> None:
    receipt = egisso.take_package(
        facts_package(card, name=provider), known=known(), provider=provider, on=ON, received_at=NOW
    )
    assert receipt.accepted == 1, receipt


@pytest.fixture
def double(db):
    """Another body's fact, then ours for the same person and measure, and one of ours that nobody repeats."""
    registers.load_kinds()
    take(fact(2, body=STRANGER), STRANGER)
    take(fact(1), BODY)
    take(fact(3, receiver=person(998877665)), "0003.000003")
    Assignment.objects.exclude(pk=THEIRS).update(is_own=True, package_id=None)
    Double.objects.all().delete()
    find_doubles([UUID(OURS), UUID(ident(3))], on=ON)


def propose(way: str = "duplicate", target: str = OURS) -> administration.ChangeView:
    return administration.propose(kind="fact", target=target, after={"way": way}, reason=WHY, by="one", now=NOW)


def test_two_administrators_take_a_fact_back_on_the_screens(double, town, tmp_path):
    page = signed_in("administrator").get("/admin/doubles/").content.decode()
    assert OURS in page and THEIRS in page and ident(3) not in page and snils(112233445) not in page

    proposed = post("administrator", "/admin/doubles/", {"fact": OURS, "way": "duplicate", "reason": WHY})
    (change,) = administration.waiting()
    own = post("administrator", f"/admin/changes/{change.change_id}/", {"answer": "approve"})
    assert Assignment.objects.get(pk=OURS).state == "active"
    done = post("administrator2", f"/admin/changes/{change.change_id}/", {"answer": "approve"})

    assert (proposed.status_code, own.status_code, done.status_code) == (302, 409, 302)
    assert Assignment.objects.get(pk=OURS).state == "invalidated" and Change.objects.count() == 1
    assert "Дублей нет" in signed_in("administrator").get("/admin/doubles/").content.decode()


@pytest.mark.parametrize(
    ("way", "key", "element"),
    [
        ("duplicate", "10.06.S-1.1.0", "duplicatesInvalidation"),
        ("errors", "10.06.S-1.1.0", "errorsInvalidation"),
        ("deleted", "10.16.I-1.0.2", "invalidation"),
    ],
)
def test_every_way_is_told_by_its_message(double, tmp_path, way, key, element):
    administration.settle(change_id=propose(way).change_id, approve=True, by="two", now=NOW)

    (path,) = [one for one in export_facts(tmp_path, []) if _told(one, element)]

    schema(f"{key}.xsd").assertValid(etree.parse(path))
    assert path.name.startswith(key) and _told(path, element) == [OURS]


def _told(path, element: str) -> list[str]:
    targets = etree.parse(path).getroot().iter("{*}assignmentFactUuid", "{*}assignmentFactId")
    return [one.text for one in targets if etree.QName(one.getparent()).localname == element]


@pytest.mark.parametrize("data", [{"fact": "x"}, {"fact": THEIRS}, {"fact": ident(3)}, {"way": "burn"}, {"reason": ""}])
def test_nonsense_is_refused_with_words(double, town, data):
    answer = post("administrator", "/admin/doubles/", {"fact": OURS, "way": "duplicate", "reason": WHY, **data})

    assert answer.status_code in (409, 422) and "Исправьте" in answer.content.decode()
    assert administration.waiting() == []


def test_what_stopped_being_a_double_is_not_taken_back(double):
    change = propose()
    Assignment.objects.filter(pk=THEIRS).update(state="deleted")

    with pytest.raises(administration.ChangeRefused):
        administration.settle(change_id=change.change_id, approve=True, by="two", now=NOW)


def test_the_database_shows_an_administrator_no_fact_before_two_have_agreed(double):
    change = propose()
    with web_role(), acting_as(Viewer("administrator", "two")):
        assert (Assignment.objects.count(), len(egisso.own_doubles())) == (0, 1)
        with pytest.raises(KeyError):
            egisso.withdraw_own_fact(UUID(OURS), way="duplicate", on=ON)
        administration.settle(change_id=change.change_id, approve=True, by="two", now=NOW)
        assert [str(one.pk) for one in Assignment.objects.all()] == [OURS]
