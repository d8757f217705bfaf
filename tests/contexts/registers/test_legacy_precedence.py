"""A legacy register is compared with other sources as it comes in, by the rule of deliveries; everybody hears of it."""

from datetime import date
from itertools import product

import pytest
from django.db import connection
from tests.contexts.registers.family import ON
from tests.contexts.registers.test_legacy import EXAMPLE, legacy, line, loaded, platform, why, write  # noqa: F401
from tests.factories.people import cause, enter_person, fact

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Conflict, Fact
from kazna.plumbing.models import Event

pytestmark = pytest.mark.django_db
HOME = """
  - kind: disability
    from: {column: Назначено с, transform: date_ru}
    to: {column: Назначено до, transform: date_ru}
    value: {group: {column: Код меры}, from_childhood: false, cause: general, act: x}
  - kind: pension
    from: {column: Назначено с, transform: date_ru}
    value: {type: old_age, amount_kopecks: {column: Сумма, transform: kopecks}, ipk: null, indexed_kopecks: null}
"""


@pytest.fixture
def anna(platform):  # noqa: F811
    return enter_person(910000001, "Петрова", "Анна", "Ивановна", date(1960, 3, 5), "F", on=ON)


def say(person_id, source, kind, value, since, until=None):
    registers.report([fact(kind, person_id, since, value, until=until)], source=source, on=ON, cause=cause(ON))


def group(told):
    return {"group": told, "from_childhood": False, "cause": "general", "act": "y"}


def pension(kopecks):
    return {"type": "old_age", "amount_kopecks": kopecks, "ipk": None, "indexed_kopecks": None}


def checked(path, source="old_register"):
    text = EXAMPLE.read_text("utf-8").partition("facts:")[0].replace("old_register", source) + "facts:" + HOME
    return legacy.check(path, legacy.mapping(text.encode(), "m.yaml"), by="lvov", on=ON, progress=lambda s, d: None)


def told(number=1, **changed):
    return line(number, **{"Код меры": "II", "Назначено с": "01.02.2026", "Сумма": "100,00", **changed})


def heard(person_id, kind):
    return [(one.source, one.value) for one in registers.facts_around([person_id]) if one.kind == kind]


def events(kind):
    return Event.objects.filter(kind=kind).order_by("id")


def test_the_holder_is_believed_and_the_row_report_says_why(anna, write):  # noqa: F811
    say(anna, "fri", "disability", group("III"), date(2026, 2, 1))

    run = checked(write(told()))
    (verdict, said) = why(run)["Д-1"]
    assert verdict == "принята" and "fri" in said and "181-ФЗ" in said
    loaded(run)

    assert [source for source, _ in heard(anna, "disability")] == ["fri"]
    (kept,) = Conflict.objects.all()
    assert (kept.settled_by, kept.kind) == ("precedence", "disability")


def test_two_former_registers_wait_for_an_officer_and_what_is_chosen_stands(anna, write):  # noqa: F811
    say(anna, "other_register", "pension", pension(20000), date(2026, 2, 1))

    run = checked(write(told()))
    assert "решит специалист" in why(run)["Д-1"][1]
    loaded(run)

    (waiting,) = registers.conflicts()
    assert [value for _, value in heard(anna, "fact.disputed")] == [{"kind": "pension"}]
    assert events("ConflictFound").count() == 1
    registers.settle_conflict(
        conflict_id=waiting.conflict_id, fact_id=waiting.claim_fact_id, reason="дело в архиве", by="o", on=ON
    )
    assert heard(anna, "pension") == [("old_register", pension(10000))] and not heard(anna, "fact.disputed")


def test_a_state_ends_where_the_next_source_begins_it(anna, write):  # noqa: F811
    say(anna, "fri", "disability", group("III"), date(2026, 1, 10))

    loaded(checked(write(told(**{"Назначено с": "01.02.2020"}))))

    ends = {one.source: one.valid_to for one in registers.facts_of([anna], kinds=["disability"])}
    assert ends == {"old_register": date(2026, 1, 10), "fri": None}
    assert Conflict.objects.count() == 0


def test_everybody_hears_once_and_a_second_load_is_silent(platform, write, monkeypatch):  # noqa: F811
    monkeypatch.setattr("kazna.contexts.registers.legacy.settle.TOLD_AT_ONCE", 3)
    run = checked(write(told(1), told(2), told(3)))
    before = events("FactsChanged").count()
    loaded(run)

    found = list(events("FactsChanged"))[before:]
    facts = [fact_id for one in found for fact_id in one.payload["fact_ids"]]
    assert len(found) > 1 and len(facts) == len(set(facts)) == Fact.objects.filter(source="old_register").count()
    legacy.load(run.id, on=ON, progress=lambda stage, done: None)
    again = checked(write(told(1), told(2), told(3), told(4), name="newer.csv"))
    assert events("FactsChanged").count() == before + len(found)
    loaded(again)
    assert Fact.objects.filter(source="old_register").values("subject_id").distinct().count() == 4
    assert Conflict.objects.count() == 0


def test_a_killed_page_leaves_neither_facts_nor_events(platform, write, monkeypatch):  # noqa: F811
    run = checked(write(told(1)))
    legacy.approve(run.id, by="petrova", now=run.started_at)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("kazna.contexts.registers.legacy.settle.publish_many", lambda _events: 1 / 0)
        legacy.load(run.id, on=ON, progress=lambda stage, done: None)

    assert Fact.objects.count() == 0 and not events("FactsChanged").exists()
    assert legacy.load(run.id, on=ON, progress=lambda stage, done: None).agrees
    assert events("FactsChanged").exists()


def test_a_page_costs_the_same_statements_however_many_rows(platform, write, django_assert_max_num_queries):  # noqa: F811
    run = checked(write(*[told(number) for number in range(1, 60)]))
    legacy.approve(run.id, by="petrova", now=run.started_at)

    with django_assert_max_num_queries(45):
        legacy.load(run.id, on=ON, progress=lambda stage, done: None)


DAYS = [(date(2026, 1, 1), None), (date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), None)]
SUMS = [10000, 20000]


@pytest.mark.parametrize("known", ["sfr", "other_register"])
def test_statements_differ_as_the_rule_of_deliveries_says(platform, write, known):  # noqa: F811
    """Every pair of a few statements, told by a delivery and by a legacy register: the same conflicts."""
    pairs = list(product(SUMS, DAYS, SUMS))
    rows = []
    for number, (theirs, (since, until), mine) in enumerate(pairs, start=1):
        person_id = enter_person(910000000 + number, "Петрова", "Анна", "Ивановна", date(1960, 3, 5), "F", on=ON)
        say(person_id, known, "pension", pension(theirs), since, until)
        rows.append(told(number, **{"Сумма": f"{mine // 100},00"}))
    loaded(checked(write(*rows)))
    by_legacy = {(one.person_id, one.kind, one.settled_on is None) for one in Conflict.objects.all()}
    Conflict.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registers_fact DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM registers_fact WHERE source = 'old_register' OR kind = 'fact.disputed'")
        cursor.execute("ALTER TABLE registers_fact ENABLE TRIGGER ALL")

    for number, (_, _, mine) in enumerate(pairs, start=1):
        person_id = registers.person_by_snils(rows[number - 1][1]).person_id
        say(person_id, "old_register", "pension", pension(mine), date(2026, 2, 1))

    assert {(one.person_id, one.kind, one.settled_on is None) for one in Conflict.objects.all()} == by_legacy != set()
