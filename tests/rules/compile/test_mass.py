"""A run over everybody: the same answers as the interpreter, every person counted, a killed run goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.rules.conftest import FACTS, MEASURE, PARAMETERS

from kazna.rules import Library, load_library
from kazna.rules.compile import mass
from kazna.rules.compile.agreement import edition_cases
from kazna.rules.compile.decision import decide
from kazna.rules.compile.mass import Order, Partition, Plans, run_mass, run_partition
from kazna.rules.compile.parquet import BadFacts, pieces
from kazna.rules.evaluate.environment import Environment

ON = date(2025, 6, 10)
ORDER = Order(on=ON, constants={"application.date": ON}, territory_facts=("applicant.region",), with_refusals=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    law = tmp_path / "law"
    regional = MEASURE.replace("ru-example", "r54-example").replace("level: federal", "level: region\nregion: '54'")
    regional = regional.replace("value: base}", 'value: "round_half_up(pm * 0.5, 1)"}', 1)
    regional = regional.replace("parameters: [base]", "parameters: [pm]\nregion_fact: applicant.region")
    texts = {
        "facts/all": FACTS,
        "parameters/all": PARAMETERS,
        "measures/ru-example/2024-01-01": MEASURE,
        "measures/r54-example/2024-01-01": regional,
    }
    for place, text in texts.items():
        path = law / f"{place}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return law


@pytest.fixture
def library(folder: Path) -> Library:
    return load_library(folder)


def write_facts(folder: Path, rows: int, seed: int) -> None:
    """Families of one to four people in two row groups, some facts unknown, an income out of range."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    families = rng.integers(1, 5, rows)
    people = int(families.sum())
    days = pa.array(rng.integers(13_000, 20_200, rows).astype(np.int32), mask=rng.random(rows) < 0.1).view(pa.date32())
    subject = pa.table({
        "id": np.arange(rows) + 1000,
        "member__group": pa.array(np.arange(rows), mask=rng.random(rows) < 0.1),
        "applicant__citizen": pa.array(rng.random(rows) < 0.9, mask=rng.random(rows) < 0.1),
        "child__birth_date": days,
    })  # fmt: skip
    income = np.where(rng.random(people) < 0.05, -5, rng.integers(0, 40_000_000, people))
    member = pa.table({
        "group_id": np.repeat(np.arange(rows), families),
        "tie": pa.array(rng.choice(["applicant", "spouse", "child", "nobody"], people), mask=rng.random(people) < 0.05),
        "income": pa.array(income, mask=rng.random(people) < 0.1),
        "student": pa.array(rng.random(people) < 0.5),
        "birth_date": pa.array(rng.integers(8_000, 20_000, people).astype(np.int32)).view(pa.date32()),
    })  # fmt: skip
    half = rows // 2
    split = int(families[:half].sum())
    for name, table, cut in (("subject", subject, half), ("rel_member", member, split)):
        with pq.ParquetWriter(folder / f"{name}.parquet", table.schema) as writer:
            writer.write_table(table.slice(0, cut))
            writer.write_table(table.slice(cut))


def expected(library: Library, facts: Path, territory: str) -> dict:
    """What the interpreter says of every subject."""
    plan = Plans(library, ORDER).plan(territory)
    partition = Partition(plan, library.parameters, ORDER, territory)
    found = {}
    for identities, frame in pieces(facts / territory, partition.facts, partition.relations, partition.definitions):
        for measure in plan.measures:
            edition = measure.edition
            for identity, case in zip(identities.to_pylist(), edition_cases(edition, frame), strict=True):
                known = case.facts | {"application.date": ON, "applicant.region": territory}
                environment = Environment(facts=known, people=case.people, today=ON, parameters=library.parameters)
                found[identity, edition.id] = decide(edition.program, environment)
    return found


def test_rights_are_what_the_interpreter_says(library, folder, tmp_path):
    for territory, seed in (("54", 1), ("77", 2)):
        write_facts(tmp_path / "facts" / territory, 300, seed)
        plan = Plans(library, ORDER).plan(territory)
        target = tmp_path / f"{territory}.parquet"

        summary = run_partition(plan, library.parameters, ORDER, territory, tmp_path / "facts" / territory, target)

        wanted = expected(library, tmp_path / "facts", territory)
        rows = pq.read_table(target).to_pylist()
        got = {(row["subject"], row["measure"]): row for row in rows}
        assert len(rows) == len(got) == len(wanted) == 300 * len(plan.measures)
        assert {measure for _, measure in got} == (
            {"ru-example", "r54-example"} if territory == "54" else {"ru-example"}
        )
        for key, decision in wanted.items():
            row = got[key]
            assert (row["state"], row["amount"], row["term_from"], row["term_to"]) == decision[:4]
            assert (row["refusal"] or 0, row["open"] or 0) == (decision.no, 0 if decision.no else decision.open)
        assert sum(c.granted + c.unknown + c.refused for c in summary.counts.values()) == len(wanted)
        assert {decision.state for decision in wanted.values()} == {"granted", "refused", "unknown"}


def test_a_figure_that_a_region_has_not_set_is_counted_over_families_too(folder, tmp_path, monkeypatch):
    """Nobody's question goes to the interpreter, which answers the same."""
    regional = folder / "measures" / "r54-example" / "2024-01-01.yaml"
    text = regional.read_text("utf-8").replace("round_half_up(pm * 0.5, 1)", "sum(if member.student then pm else base)")
    regional.write_text(text.replace("parameters: [pm]", "parameters: [pm, base]"), "utf-8")
    library, asked = load_library(folder), []
    write_facts(tmp_path / "facts" / "54", 300, 1)
    monkeypatch.setattr(mass, "decide", lambda *given: asked.append(given) or decide(*given))
    plan = Plans(library, ORDER).plan("54")

    run_partition(plan, library.parameters, ORDER, "54", tmp_path / "facts" / "54", tmp_path / "54.parquet")

    rows = {(row["subject"], row["measure"]): row for row in pq.read_table(tmp_path / "54.parquet").to_pylist()}
    wanted = expected(library, tmp_path / "facts", "54")
    told = {key: (row["state"], row["amount"], row["open"] or 0) for key, row in rows.items() if not row["refusal"]}
    assert told == {key: (one.state, one.amount, one.open) for key, one in wanted.items() if not one.no}
    assert asked == []


def test_a_killed_run_goes_on(library, folder, tmp_path, monkeypatch):
    for territory, seed in (("54", 1), ("77", 2)):
        write_facts(tmp_path / "facts" / territory, 50, seed)
    asked = {"law": folder, "release": library.digest, "order": ORDER, "facts": tmp_path / "facts",
             "out": tmp_path / "out", "processes": 1}  # fmt: skip
    first = run_mass(**asked)
    (run,) = (tmp_path / "out").iterdir()
    (run / "77.json").unlink()
    before = (run / "54.parquet").stat().st_mtime_ns
    progress: list[tuple[int, int]] = []

    second = run_mass(**asked, advance=lambda done, total: progress.append((done, total)))

    assert second == first
    assert (run / "54.parquet").stat().st_mtime_ns == before
    assert progress == [(50, 100), (100, 100)]


def test_people_out_of_order_are_refused_readably(library, tmp_path):
    folder = tmp_path / "facts" / "54"
    write_facts(folder, 20, 1)
    table = pq.read_table(folder / "rel_member.parquet")
    with pq.ParquetWriter(folder / "rel_member.parquet", table.schema) as writer:
        writer.write_table(table.take(np.arange(len(table))[::-1]))
        writer.write_table(table.slice(0, 0))

    with pytest.raises(BadFacts, match="упорядочены"):
        expected(library, tmp_path / "facts", "54")


def test_a_miscount_stops_the_run(library, tmp_path, monkeypatch):
    write_facts(tmp_path / "facts" / "54", 20, 1)
    plan = Plans(library, ORDER).plan("54")

    def one_short(*arguments):
        answers = run_block(*arguments)
        answers[0].refused -= 1
        return answers

    run_block = mass.run_block
    monkeypatch.setattr(mass, "run_block", one_short)
    with pytest.raises(mass.Miscounted):
        run_partition(plan, library.parameters, ORDER, "54", tmp_path / "facts" / "54", tmp_path / "54.parquet")
    assert not (tmp_path / "54.parquet").exists()
