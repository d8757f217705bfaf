"""Sources that disagree: the catalogue settles it with a reason, else an officer."""

from datetime import date
from uuid import uuid4

import pytest
from tests.contexts.registers.family import MOTHER, ON, UNCLE, birth, card, disability, facts, renamed, take
from tests.factories.people import cause

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.entries import Entry
from kazna.contexts.registers.models import Conflict
from kazna.contexts.registers.precedence import precedence

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(family):
    registers.load_kinds()


def sfr_says(group, since):
    value = {"group": group, "from_childhood": False, "cause": "general", "act": "x"}
    told = registers.NewFact("disability", card(UNCLE).person_id, None, "sfr/1", since, None, value)
    registers.report([told], source="sfr", on=ON, cause=cause(ON))


def say(source, kind, value, *, since=date(2026, 1, 1), until=None, thing="1", who=UNCLE, other=None):
    told = registers.NewFact(kind, card(who).person_id, other and card(other).person_id, thing, since, until, value)
    registers.report([told], source=source, on=ON, cause=cause(ON))


def told_of(kind):
    return [fact for fact in registers.facts_around([card(UNCLE).person_id]) if fact.kind == kind]


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


def test_every_kind_says_who_is_believed_or_why_nobody_need_be():
    silent = [code for code, kind in registers.released_kinds().items() if not kind["precedence"].get("reason")]
    bare = [
        code
        for code, kind in registers.released_kinds().items()
        if bool(kind["precedence"]["sources"]) != bool(kind["precedence"]["compared"])
    ]

    assert silent == [] and bare == []


def test_one_source_of_every_group_is_the_holder_of_its_kinds():
    """An order that does not place the sources not named would set the holder beside a former register."""
    for code, kind in registers.released_kinds().items():
        if kind["precedence"]["compared"]:
            assert "*" in kind["precedence"]["sources"][2:], code


EXAMPLES = [  # kind, what the two tell, who is believed
    ("income.year", "fns", {"year": 2025, "months": {"1": 100}}, "sfr", {"year": 2025, "months": {"1": 90}}),
    ("status.imprisoned", "fsin", {}, "old_register", {"until": date(2027, 1, 1)}),
    ("person.delivery", "citizen", {"index": "101000", "day": 5}, "old_register", {"index": "101000", "day": 9}),
    ("health.pregnancy", "med", {"registered_week": 8}, "citizen", {"registered_week": 12}),
    ("property.answer", "citizen", {"excess": False}, "old_register", {"excess": True}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "first", "right", "second", "wrong"), EXAMPLES)
@pytest.mark.parametrize("is_late", [False, True])
def test_reported_facts_are_compared_whoever_comes_first(catalogue, kind, first, right, second, wrong, is_late):
    words = [(first, dict(right)), (second, dict(wrong))]
    for source, value in reversed(words) if is_late else words:
        until = value.pop("until", None)
        say(source, kind, value, until=until)

    assert [fact.source for fact in told_of(kind)] == [first]
    (kept,) = Conflict.objects.all()
    assert kept.settled_by == "precedence" and kept.reason
    assert told_of("fact.disputed") == []


def test_two_former_registers_wait_for_an_officer(catalogue):
    say("old_register", "pension", {"type": "old_age", "amount_kopecks": 100, "ipk": None, "indexed_kopecks": None})
    say("other_register", "pension", {"type": "old_age", "amount_kopecks": 200, "ipk": None, "indexed_kopecks": None})

    (waiting,) = registers.conflicts()
    assert waiting.kind == "pension"
    assert [fact.value for fact in told_of("fact.disputed")] == [{"kind": "pension"}]


def test_different_things_do_not_disagree(catalogue):
    say("sfr", "employment", {"employer_inn": "7700000001", "reason": None})
    say("old_register", "employment", {"employer_inn": "7700000002", "reason": None}, until=date(2026, 2, 1))

    assert Conflict.objects.count() == 0 and len(told_of("employment")) == 2


def test_spelling_and_silence_are_no_disagreement():
    rule = precedence({"sources": ["zags"], "compared": ["surname", "patronymic"], "reason": "r"})
    since = date(2020, 1, 1)

    def told(source, **value):
        return Entry("person.name", card_id, None, "x", since, None, value, source)

    card_id = uuid4()
    one = told("zags", surname="Алёшина", patronymic="Ильинична")
    assert not rule.differ(one, told("mvd", surname="АЛЕШИНА", patronymic=None))
    assert rule.differ(one, told("mvd", surname="Aleshina", patronymic=None))
