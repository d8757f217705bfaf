"""Many let out at once stand in every table as if each had been decided online, alone."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from uuid import UUID

import duckdb
import pytest
from django.db import connection
from tests.contexts.determination.conftest import NOW, ON
from tests.factories.people import cause, enter_person

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.spelling import spelt
from kazna.contexts.determination import public as determination
from kazna.contexts.determination.public import Limits
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing import clock
from kazna.plumbing.bulk import FEW
from kazna.plumbing.deliver import deliver_batch, drain
from kazna.plumbing.models import Delivery

EDV = "ru-disability-monthly"
GROUPS, AGES = ("I", "II", "III"), (30, 58)
TABLES = {
    "measures_right": "recipient_id",
    "measures_standing": "recipient_id",
    "cases_case": "recipient_id",
    "cases_step": "recipient_id",
    "cases_decision": "recipient_id",
    "cases_award": "recipient_id",
    "payments_obligation": "recipient_id",
    "payments_payee": "person_id",
    "notifications_notice": "recipient_id",
    "audit_entry": "person_id",
}
OWN = [
    "id", "seq", "number", "trigger", "recorded_at", "found_at", "written_at", "sha256", "hash", "previous", "snils",
    "stands_on", "account", "created_at", "updated_at", "answer_id",
]  # fmt: skip
SAID = {  # what many at once keep aside
    "measures_right": "|| coalesce((SELECT to_jsonb(a) FROM measures_answer a WHERE a.id = t.answer_id), '{}')",
    "cases_decision": "- 'document'",  # kept whole or as a form: compared as it is read
}
NAMES = (
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    r"\d\d-\d{4}-\d{6}",
    r"40817810\d{12}",
    r"\d{3}-\d{3}-\d{3} \d\d",
    r"\d{11}",
)
ID = re.compile("|".join(NAMES))
FACTS = (
    "SELECT (to_jsonb(t) - %s::text[])::text FROM registers_fact t WHERE subject_id = %s AND kind = 'measure.assigned'"
)
pytestmark = pytest.mark.django_db(transaction=True)


def enter(number: int) -> UUID:
    """Somebody with a disability; of six kinds, by the number."""
    group, age = GROUPS[number % 3], AGES[number // 3 % 2]
    person = enter_person(100_000_000 + number, "Смирнова", "Анна", "Ивановна", born(age), "F", on=ON)
    told = {"group": group, "from_childhood": False, "cause": "general", "act": "акт"}
    account = {"bik": "044525225", "account": f"40817810{number:012d}"}
    facts = [
        registers.NewFact("disability", person, None, "act", ON - timedelta(days=14), date(2030, 1, 1), told),
        registers.NewFact("person.account", person, None, "account", date(2020, 1, 1), None, account),
    ]
    registers.report(facts, source="fri", on=ON, cause=cause(ON))
    return person


def born(age: int) -> date:
    return date(ON.year - age, 1, 9)


def rows(person: UUID) -> dict[str, list[str]]:
    """What every table has of a person, without what names them or tells when it was written."""
    found = {}
    with connection.cursor() as cursor:
        for table, whose in TABLES.items():
            row = f"to_jsonb(t) {SAID.get(table, '')}"
            cursor.execute(f"SELECT (({row}) - %s::text[])::text FROM {table} t WHERE {whose} = %s", [OWN, person])
            found[table] = sorted(ID.sub("#", text) for (text,) in cursor.fetchall())
        told = (one.document for one in Decision.objects.filter(recipient_id=person))
        found["documents"] = sorted(ID.sub("#", spelt(document)) for document in told)
        cursor.execute(FACTS, [OWN, person])
        found["facts"] = sorted(ID.sub("#", text) for (text,) in cursor.fetchall())
    return found


def beside_one_another() -> None:
    """Three workers, each with a few events at a time."""

    def work() -> None:
        try:
            while deliver_batch(7):
                pass
            drain()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


@pytest.fixture(params=[drain, beside_one_another], ids=["one worker", "three workers"])
def both(request, determine):
    """(decided online one by one, let out at once): people of the same kinds."""
    clock.set_day(ON)
    registers.load_kinds()
    measures.store_release()
    alone = []
    for number in range(6):
        alone.append(enter(number))
        Delivery.objects.filter(handled_at=None).delete()  # as if the event had been lost
        measures.evaluate([Ask(EDV, {"person": alone[-1]}, "calendar", Cause(None, NOW))], ON)
        while deliver_batch(1):
            pass
    together = [enter(number) for number in range(6, 12 + FEW)]
    Delivery.objects.filter(handled_at=None).delete()
    proposal = determination.propose(report=determine(wanted=[EDV]), limits=Limits(100, 100), made_on=ON, by="olga")
    determination.approve(proposal_id=proposal, by="petr", on=ON)
    determination.release(proposal_id=proposal, by="petr", on=ON, now=NOW, progress=lambda *_: None)
    request.param()
    assert determination.proposal(proposal_id=proposal).outcomes == {"decided": len(together)}
    return alone, together


def test_all_at_once_is_as_one_by_one(both):
    alone, together = both
    wanted = [rows(person) for person in alone]
    assert all(wanted[0][table] for table in TABLES)
    for number, person in enumerate(together):
        assert rows(person) == wanted[number % 6], number
    assert not cases.replay_all().differences


def test_what_is_delivered_again_changes_nothing(both):
    _, together = both
    before = [rows(person) for person in together]
    Delivery.objects.update(handled_at=None)
    drain()

    after = [rows(person) for person in together]
    for one in [*before, *after]:
        for told_again in ("audit_entry", "measures_right", "measures_standing"):  # asked and journalled once more
            del one[told_again]
    assert after == before


def test_after_the_release_a_full_run_finds_what_stands(both, determine):
    """Full run = online: nobody is owed what they have not, no award in force would be another or lost."""
    people = [*both[0], *both[1]]

    full = determine(wanted=[EDV], slices=1)

    assert full.people == full.checked == len(people) and full.differences == 0
    assert full.awards == {EDV: {"same": len(people)}} and full.new == {}
    stands = {
        (str(person), award.amount_kopecks)
        for person in people
        for award in cases.awards_of(person_id=person)
        if award.measure == EDV and award.is_live(ON)
    }
    assert rights(full) == stands and {who for who, _ in stands} == {str(person) for person in people}
    with pytest.raises(determination.NothingToPropose):
        determination.propose(report=full, limits=Limits(100, 100), made_on=ON, by="olga")


def rights(report):
    """Who is granted how many kopecks."""
    paths = [str(folder / "rights.parquet") for folder in report.parts.values()]
    return set(
        duckdb.sql(f"SELECT recipient_id, amount_kopecks FROM read_parquet({paths}) WHERE state = 'granted'").fetchall()
    )
