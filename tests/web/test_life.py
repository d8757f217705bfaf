"""A life on the officer's screen: sources, corrections, what was known when; looks are journalled."""

from datetime import date

import pytest
from tests.contexts.web_role import web_role
from tests.factories.people import cause, fact
from tests.web.conftest import TODAY, signed_in
from tests.web.scenes import conflict_about

from kazna.contexts.audit import public as audit
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db


def page(town, query=""):
    return signed_in("officer").get(f"/work/people/{town.mother}/life/?why=check{query}").content.decode()


def test_a_life_shows_children_sources_and_conflicts(town):
    conflict = conflict_about(town)

    shown = page(town)

    assert f"/work/conflicts/{conflict.conflict_id}/" in shown
    assert "Михаил" in shown and "МВД" in shown
    assert audit.looks_at(town.mother)


def test_a_correction_is_kept_and_can_be_hidden(town):
    was = registers.facts_of([town.mother], kinds=["person.sex"])[0]
    told = registers.NewFact("person.sex", town.mother, None, was.thing, was.valid_from, None, {"sex": "M"})
    registers.report([told], source="mvd", on=TODAY, cause=cause(TODAY))

    assert "исправлено позже" in page(town, "&kind=person.sex")
    assert "исправлено позже" not in page(town, "&kind=person.sex&current=1")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("&on=1990-01-01", "Таких сведений нет"),
        ("&known=2001-01-01T10:00", "Таких сведений нет"),
        ("&on=вчера", "Введите день"),
        ("&known=' OR 1=1", "Введите момент"),
        ("&kind=<script>", "Выберите вид из списка"),
        ("&after=junk", "Место жительства"),
    ],
)
def test_a_life_by_day_and_moment(town, query, said):
    assert said in page(town, query)


def test_a_long_life_is_read_page_by_page(town):
    jobs = [fact("employment", town.mother, date(2000 + n % 26, 1 + n % 12, 1 + n % 28), {}) for n in range(120)]
    registers.report(jobs, source="sfr", on=TODAY, cause=cause(TODAY))
    seen, after = [], None
    while rows := registers.life(town.mother, limit=50, after=after):
        seen += [row.fact.id for row in rows]
        after = (rows[-1].fact.valid_from, rows[-1].fact.seq)

    assert len(seen) == len(set(seen)) > 100
    assert "Показать ещё" in page(town)


def test_the_database_hides_a_life_from_another_territory(town):
    with acting_as(Viewer("officer", "x", "sfr-69", "69")), web_role():
        assert registers.life(town.mother) == []
    with acting_as(Viewer("officer", "x", "sfr-77", "77")), web_role():
        assert registers.life(town.mother)


def test_a_methodologist_proposes_and_another_approves(town):
    from tests.web.conftest import PASSWORD

    from kazna.contexts.identity import public as identity

    identity.create_account(
        login="methodologist_too", password=PASSWORD, role="methodologist", shown_name="Второй", person_id=None
    )
    told = {
        "code": "housing.meter", "title": "Счётчик", "holder": "ЖКХ", "stage": "stored", "completeness": "full",
        "sensitivity": "personal", "value": "number: text", "why": "Нужен для субсидии на жильё",
    }  # fmt: skip
    first, second = signed_in("methodologist"), signed_in("methodologist_too")

    assert first.post("/law/facts/new/", told).status_code == 302
    (change,) = registers.kind_changes(is_open=True)
    assert first.post(f"/law/facts/changes/{change.change_id}/", {"answer": "approve"}).status_code == 409
    assert "housing.meter" in second.get("/law/facts/").content.decode()
    assert second.post(f"/law/facts/changes/{change.change_id}/", {"answer": "approve"}).status_code == 302
    assert "housing.meter" in registers.kind_titles()


@pytest.mark.parametrize("wrong", [{"value": "amount"}, {"code": "Плохо"}, {"fresh_days": "-1"}, {"why": ""}])
def test_a_wrong_kind_is_explained(town, wrong):
    told = {
        "code": "a.b", "title": "С", "holder": "Ж", "stage": "stored", "completeness": "full",
        "sensitivity": "personal", "why": "Нужен для субсидии на жильё", **wrong,
    }  # fmt: skip

    assert signed_in("methodologist").post("/law/facts/new/", told).status_code in (409, 422)
