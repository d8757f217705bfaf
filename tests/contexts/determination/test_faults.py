"""What goes wrong around a determination of everybody: full disks, facts that pour in, answers backdated."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection
from tests.contexts.cases.spine import Spine
from tests.contexts.determination.conftest import NOW, ON
from tests.contexts.measures.lives import Lives
from tests.factories.people import cause, enter_person

from kazna.contexts.cases.models import Decision
from kazna.contexts.determination import public as determination
from kazna.contexts.determination.public import Limits
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.columns.part import law_of
from kazna.contexts.measures.columns.store import table_of
from kazna.contexts.measures.public import Part, check_part, decide_part
from kazna.contexts.registers import public as registers
from kazna.kernel.places import LAW
from kazna.plumbing.models import Delivery

EDV = "ru-disability-monthly"
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_full_disk_is_told_and_the_next_run_goes_on(town, determine, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(registers.NoRoom, match="Не хватает места"):
        broken.setattr(pq.ParquetWriter, "write_table", full)
        determine()
    assert determine().people == 3


def test_a_snapshot_while_facts_pour_in_is_a_whole_prefix(tmp_path, town):
    person = enter_person(445566778, "Котова", "Вера", "Львовна", date(1990, 1, 1), "F", on=ON)
    enough = threading.Event()

    def pour() -> None:
        for number in range(200):
            if enough.is_set():
                break
            two = [registers.NewFact("employment", person, None, f"{number}-{n}", ON, None, {}) for n in range(2)]
            registers.report(two, source="sfr", on=ON, cause=cause(ON))
        connection.close()

    writer = threading.Thread(target=pour)
    writer.start()
    taken = []
    try:
        for _ in range(3):
            found = registers.take_snapshot(tmp_path, now=NOW, progress=lambda *_: None)
            paths = [str(path) for code in found.territories for path in found.files(code, "facts")]
            taken.append(
                (found.last, {row[0] for row in duckdb.sql(f"SELECT seq FROM read_parquet({paths})").fetchall()})
            )
    finally:
        enough.set()
        writer.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM registers_fact")
        every = {seq for (seq,) in cursor.fetchall()}
    for last, seqs in taken:
        assert seqs == {seq for seq in every if seq <= last}
    assert len({last for last, _ in taken}) > 1


def test_a_region_without_figures_is_answered_as_one_by_one(tmp_path):
    lives = Lives(law_of(LAW), 5, 4, date(2026, 3, 1), told=10)
    facts = [
        replace(fact, value=fact.value | {"region": "99"}) if fact.kind == "person.residence" else fact
        for fact in lives.facts
    ]
    pq.write_table(table_of(facts), tmp_path / "facts.parquet")
    pq.write_table(pa.table({"id": [str(one) for one in lives.people]}), tmp_path / "people.parquet")
    files = (tmp_path / "facts.parquet",), (tmp_path / "people.parquet",)
    part = Part("99", *files, date(2026, 3, 1), LAW, tmp_path / "out", {}, threads=1)

    assert decide_part(part).people == len(lives.people)
    checked = check_part((part, 0, 1))
    assert checked.questions and not checked.differences, checked.shown


def test_an_answer_backdated_into_paid_months_is_corrected_month_by_month(determine):
    spine = Spine(date(2025, 12, 12))
    person = spine.person()
    spine.disabled(person, "II", date(2025, 12, 5), date(2028, 3, 1))
    spine.until(date(2026, 2, 20), daily_work=False)
    was = spine.live(person)[EDV]
    value = {"group": "I", "from_childhood": False, "cause": "general", "act": "1"}
    told = registers.NewFact("disability", person, None, "act/1", date(2025, 12, 5), date(2028, 3, 1), value)
    registers.report([told], source="fri", on=spine.day, cause=cause(spine.day))
    Delivery.objects.filter(handled_at=None).delete()  # the event was lost: only a determination finds it

    now = datetime(2026, 2, 20, 12, tzinfo=UTC)
    report = determine(wanted=[EDV], on=spine.day, now=now)
    assert report.verdicts("changed") == 1
    wide = Limits(awards=100, people=100)
    proposal = determination.propose(report=report, limits=wide, made_on=spine.day, by="olga")
    determination.approve(proposal_id=proposal, by="petr", on=spine.day)
    determination.release(proposal_id=proposal, by="petr", on=spine.day, now=now, progress=lambda *_: None)
    spine.work()

    assert determination.proposal(proposal_id=proposal).outcomes == {"decided": 1}
    assert spine.awards(person, EDV)[-1].amount_kopecks > was
    assert Decision.objects.filter(measure=EDV, ground__has_key="differences").count() == 1


@pytest.fixture
def law_as_in_the_checkout():
    measures.look_again()
    yield
    measures.look_again()


def test_an_edition_backdated_into_paid_months_pays_the_difference(law_as_in_the_checkout, determine):
    """A thousand roubles more since January, published on 28 January: nothing before January moves."""
    spine = Spine(date(2025, 12, 12))
    person = spine.person()
    spine.disabled(person, "II", date(2025, 12, 5), date(2028, 3, 1))
    spine.until(date(2026, 1, 28), daily_work=False)
    was = spine.live(person)[EDV]
    text = (LAW / f"measures/{EDV}/2024-02-01.yaml").read_text("utf-8").partition("\ntests:")[0] + "\n"
    text = text.replace("from: 2024-02-01", "from: 2026-01-01", 1)
    text = text.replace("max(0 rub, full - kept_services)", "max(0 rub, full - kept_services) + 1000 rub", 1)
    measures.publish_law(
        texts={f"measures/{EDV}/2026-01-01.yaml": text}, first_day=date(2026, 1, 1), by="methodologist",
        reason="Закон принят задним числом",
    )  # fmt: skip

    now = datetime(2026, 1, 28, 12, tzinfo=UTC)
    report = determine(wanted=[EDV], on=spine.day, now=now)
    assert report.verdicts("changed") == 1
    held = determination.propose(report=report, limits=Limits(), made_on=spine.day, by="olga")
    assert determination.proposal(proposal_id=held).state == "held"  # every award in force would change
    proposal = determination.propose(report=report, limits=Limits(awards=100, people=100), made_on=spine.day, by="olga")
    determination.approve(proposal_id=proposal, by="petr", on=spine.day)
    determination.release(proposal_id=proposal, by="petr", on=spine.day, now=now, progress=lambda *_: None)
    spine.work()

    assert determination.proposal(proposal_id=proposal).outcomes == {"decided": 1}
    (decision,) = Decision.objects.filter(measure=EDV, ground__has_key="differences")
    moved = {one["month"][:7]: one["due_kopecks"] - one["was_kopecks"] for one in decision.ground["differences"]}
    assert moved == {"2026-01": 100_000}
    assert spine.awards(person, EDV)[-1].amount_kopecks == was + 100_000


KILLED = """
import pickle, sys, time
from pathlib import Path
from kazna.contexts.measures.columns import awards_in_force, part

awards_in_force.new_rights = lambda *_: (Path(sys.argv[2]).touch(), time.sleep(60))
part.decide_part(pickle.loads(Path(sys.argv[1]).read_bytes()))
"""


def test_a_run_killed_in_the_middle_of_a_part_goes_on(tmp_path, town, determine):
    tasks = []

    def never(work, parts):
        tasks.extend(parts)
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        determine(run=never)
    (part,) = tasks
    (tmp_path / "part").write_bytes(pickle.dumps(part))
    words = [sys.executable, "-c", KILLED, str(tmp_path / "part"), str(tmp_path / "there")]
    with subprocess.Popen(words) as process:
        while not (tmp_path / "there").exists() and process.poll() is None:
            time.sleep(0.05)
        process.kill()

    assert process.returncode == -signal.SIGKILL
    assert (part.out / "awards.parquet").exists() and not (part.out / "decided.json").exists()
    found = determine(slices=1)
    assert found.people == 3 and not found.differences
