"""Sources that disagree: the catalogue settles it with a reason, else an officer."""

from datetime import date

import pytest
from tests.contexts.registers.family import MOTHER, ON, UNCLE, birth, card, disability, facts, renamed, take

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(family):
    registers.load_kinds()


def sfr_says(group, since):
    from tests.factories.people import cause

    value = {"group": group, "from_childhood": False, "cause": "general", "act": "x"}
    told = registers.NewFact("disability", card(UNCLE).person_id, None, "sfr/1", since, None, value)
    registers.report([told], source="sfr", on=ON, cause=cause(ON))


def heard(kind="disability"):
    mine = card(UNCLE).person_id
    return [(one.source, one.value["group"]) for one in registers.facts_around([mine]) if one.kind == kind]


def test_the_source_believed_first_is_heard_and_the_reason_is_kept(catalogue):
    sfr_says("III", date(2026, 2, 1))
    take(disability(UNCLE, "II", date(2026, 2, 1)), agency="fri")

    assert heard() == [("fri", "II")]
    assert len(facts(UNCLE, "disability")) == 2
    assert registers.conflicts() == []
    (kept,) = Conflict.objects.all()
    assert (kept.settled_by, "181-ФЗ" in kept.reason) == ("precedence", True)


def test_equal_sources_agree(catalogue):
    sfr_says("II", date(2026, 2, 1))
    take(disability(UNCLE, "II", date(2026, 2, 1)), agency="fri")

    assert Conflict.objects.count() == 0


def test_sources_of_one_rank_wait_for_an_officer(catalogue):
    kind = next(one for one in registers.kinds() if one.code == "disability")
    entry = {name: getattr(kind, name) for name in ("title", "holder", "stage", "completeness", "sensitivity", "value")}
    entry["precedence"] = {"sources": ["officer"], "compared": ["group"], "reason": "Проверка равных источников."}
    (change,) = registers.propose_kinds({"disability": entry}, reason="Проверка", by="a")
    registers.settle_kind_change(change_id=change.change_id, approve=True, by="b", now=change.proposed_at)
    sfr_says("III", date(2026, 2, 1))
    take(disability(UNCLE, "II", date(2026, 2, 1)), agency="fri")

    (conflict,) = registers.conflicts()
    assert [one.value for one in facts(UNCLE, "fact.disputed")] == [{"kind": "disability"}]

    registers.settle_conflict(
        conflict_id=conflict.conflict_id, fact_id=conflict.known.id, reason="сверено", by="o", on=ON
    )
    assert [one.source for one in facts(UNCLE, "disability")] == ["sfr"]
    assert facts(UNCLE, "fact.disputed") == []


def test_another_birth_date_under_one_snils_is_an_alarm_and_overwrites_nothing(catalogue):
    take(birth(mother=renamed(MOTHER, birth_date=date(1994, 5, 5))))

    (conflict,) = registers.conflicts()
    assert card(MOTHER).birth_date == MOTHER.birth_date
    assert [one.value for one in facts(MOTHER, "fact.disputed")] == [{"kind": "person.birth"}]
    registers.settle_conflict(
        conflict_id=conflict.conflict_id, fact_id=conflict.known.id, reason="паспорт", by="o", on=ON
    )
    assert facts(MOTHER, "fact.disputed") == []
    take(birth(mother=renamed(MOTHER, birth_date=date(1994, 5, 5))))
    assert registers.conflicts() == [] and facts(MOTHER, "fact.disputed") == []
