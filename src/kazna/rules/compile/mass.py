"""Determine every measure for everybody: facts in Parquet, partition by partition, rights in Parquet.

Each partition is a territory; its finished file and the note beside it are kept, so a run that was killed goes on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kazna.kernel.errors import DomainError
from kazna.rules.compile.agreement import edition_cases
from kazna.rules.compile.decision import Decision, decide
from kazna.rules.compile.frame import Frame
from kazna.rules.compile.parquet import pieces, rows_in
from kazna.rules.compile.planes.context import constant_value
from kazna.rules.compile.planes.plan import MeasurePlan, Plan, make_plan
from kazna.rules.compile.planes.run import BLOCK, refusal_masks, run_block
from kazna.rules.compile.rights import SCHEMA, refused_batch, rights_batch
from kazna.rules.documents.parameters import Parameters
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment
from kazna.rules.language.types import Type
from kazna.rules.library import Library, load_library

FORMAT = 1


class Miscounted(DomainError):
    """Granted, refused and undecided do not add up to everybody: a defect of the back end."""

    sentence = "{territory}, мера {measure}: положено {granted}, отказ {refused}, неизвестно {unknown} — не {rows}."


@dataclass(slots=True)
class Count:
    """People of a measure in a partition by state."""

    granted: int = 0
    unknown: int = 0
    refused: int = 0


@dataclass(slots=True)
class Summary:
    """What a partition gave. `counts`: measure → how many; `amount`: kopecks granted in all."""

    territory: str
    rows: int = 0
    amount: int = 0
    counts: dict[str, Count] = field(default_factory=dict)


class Order(NamedTuple):
    """What to run. `constants`: facts the same for everybody; `territory_facts`: facts that hold the territory."""

    on: date
    constants: Mapping[str, Any] = {}
    territory_facts: tuple[str, ...] = ()
    with_refusals: bool = False
    measures: tuple[str, ...] | None = None


def editions_for(library: Library, order: Order, territory: str) -> list[Edition]:
    """Editions in force on the day: federal ones and those of the territory."""
    found = []
    for identity, editions in library.measures.items():
        if order.measures is not None and identity not in order.measures:
            continue
        for edition in editions:
            region = edition.document.get("region")
            if edition.holds(order.on) and region in (None, territory):
                found.append(edition)
    return found


class Plans:
    """Plans by the editions they hold: territories with the same measures share one."""

    def __init__(self, library: Library, order: Order) -> None:
        self._library, self._order = library, order
        self._made: dict[tuple[str, ...], Plan] = {}

    def plan(self, territory: str) -> Plan:
        editions = editions_for(self._library, self._order, territory)
        key = tuple(edition.digest for edition in editions)
        if key not in self._made:
            plan = make_plan(editions, self._library.parameters, self._order.on, self._order.constants)
            if any(edition.document.get("region") for edition in editions):
                return plan  # of this territory only
            self._made[key] = plan
        return self._made[key]


class Partition:
    """One territory at work."""

    def __init__(self, plan: Plan, parameters: Parameters, order: Order, territory: str) -> None:
        self.plan, self.parameters, self.order = plan, parameters, order
        self.summary = Summary(territory)
        for measure in plan.measures:
            self.summary.counts[measure.edition.id] = Count()
        self.facts, self.relations, self.definitions = needs(plan.measures)
        self._constants = {**order.constants, **dict.fromkeys(order.territory_facts, territory)}
        self.same = {
            name: constant_value(self.facts[name], territory) for name in order.territory_facts if name in self.facts
        }

    def answer(self, identities: pa.Array, frame: Frame) -> Iterator[pa.RecordBatch]:
        """Rights of one block."""
        exact = self._exact(frame)
        answers = run_block(self.plan, frame, exact, self.same)
        self.summary.rows += frame.rows
        for measure, found in zip(self.plan.measures, answers, strict=True):
            count = self.summary.counts[measure.edition.id]
            granted = int(found.state.sum())
            unknown = len(found.rows) - granted
            if granted + unknown + found.refused != frame.rows:
                raise Miscounted(
                    territory=self.summary.territory, measure=measure.edition.id, granted=granted,
                    refused=found.refused, unknown=unknown, rows=frame.rows,
                )  # fmt: skip
            count.granted, count.unknown = count.granted + granted, count.unknown + unknown
            count.refused += found.refused
            self.summary.amount += int(found.amount[found.state == 1].sum()) if measure.amount is not None else 0
        yield from rights_batch(identities, self.plan, answers)
        if self.order.with_refusals:
            masks = refusal_masks(self.plan, frame, exact, self.same)
            yield from refused_batch(identities, self.plan, masks)

    def _exact(self, frame: Frame) -> Callable[[MeasurePlan, int], Decision]:
        """The interpreter for single people, with the facts of the partition added."""

        def decide_one(measure: MeasurePlan, row: int) -> Decision:
            edition = measure.edition
            (case,) = edition_cases(edition, frame.block(row, row + 1))
            facts = {**case.facts, **{name: self._constants[name] for name in edition.facts if name in self._constants}}
            environment = Environment(facts=facts, people=case.people, today=self.order.on, parameters=self.parameters)
            return decide(edition.program, environment)

        return decide_one


def needs(
    measures: Sequence[MeasurePlan],
) -> tuple[dict[str, Type], dict[str, dict[str, Type]], dict[str, RelationDefinition]]:
    """Facts, facts of people and relations that the measures read."""
    facts: dict[str, Type] = {}
    relations: dict[str, dict[str, Type]] = {}
    definitions: dict[str, RelationDefinition] = {}
    for measure in measures:
        edition = measure.edition
        facts.update({name: fact.type for name, fact in edition.facts.items()})
        for name, relation in edition.relations.items():
            wanted = relations.setdefault(name, {})
            wanted.update({short: relation.facts[short].type for short in edition.relation_facts[name]})
            definitions[name] = relation
    return facts, relations, definitions


def run_partition(
    plan: Plan, parameters: Parameters, order: Order, territory: str, folder: Path, target: Path
) -> Summary:
    """Stream a partition in bounded memory and write its rights; the file appears only when complete."""
    partition = Partition(plan, parameters, order, territory)
    draft = target.with_suffix(".part")
    with pq.ParquetWriter(draft, SCHEMA, compression="lz4", write_statistics=False) as writer:
        for identities, frame in pieces(folder, partition.facts, partition.relations, partition.definitions):
            for start in range(0, frame.rows, BLOCK):
                block = frame.block(start, start + BLOCK)
                for batch in partition.answer(identities.slice(start, block.rows), block):
                    writer.write_batch(batch)
    draft.replace(target)
    return partition.summary


_library: Library
_plans: Plans


def _open(folder: str, order: Order) -> None:
    """Each process reads the law once."""
    global _library, _plans
    _library = load_library(Path(folder))
    _plans = Plans(_library, order)
    pa.set_cpu_count(1)


def _work(order: Order, territory: str, folder: str, target: str) -> Summary:
    plan = _plans.plan(territory)
    return run_partition(plan, _library.parameters, order, territory, Path(folder), Path(target))


def run_mass(
    *,
    law: Path,
    release: str,
    order: Order,
    facts: Path,
    out: Path,
    processes: int,
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> list[Summary]:
    """Every partition (a folder `facts/<territory>`), one process per core; `advance(done, total)` counts people.

    `release`: the digest of the law; a run of another release or day has its own folder.
    """
    folders = {path.name: path for path in sorted(facts.iterdir()) if (path / "subject.parquet").exists()}
    sizes = {name: rows_in(path) for name, path in folders.items()}
    run = out / _key(release, order)
    run.mkdir(parents=True, exist_ok=True)
    summaries = {name: found for name in folders if (found := _finished(run, name)) is not None}
    total, done = sum(sizes.values()), sum(sizes[name] for name in summaries)
    advance(done, total)
    waiting = sorted(folders.keys() - summaries.keys(), key=lambda name: -sizes[name])
    if waiting:
        with ProcessPoolExecutor(processes, get_context("spawn"), _open, (str(law), order)) as pool:
            futures = {
                pool.submit(_work, order, name, str(folders[name]), str(run / f"{name}.parquet")): name
                for name in waiting
            }
            for future in as_completed(futures):
                name = futures[future]
                summaries[name] = future.result()
                _note(run, summaries[name])
                done += sizes[name]
                advance(done, total)
    return [summaries[name] for name in sorted(summaries)]


def _key(release: str, order: Order) -> str:
    """The folder of a run: the same law, day and facts of the order give the same folder."""
    plain = [FORMAT, release, order.on.isoformat(), sorted((k, str(v)) for k, v in order.constants.items())]
    plain += [sorted(order.territory_facts), order.with_refusals, order.measures]
    return f"{order.on}-{hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:16]}"


def _finished(run: Path, territory: str) -> Summary | None:
    note = run / f"{territory}.json"
    if not note.exists() or not (run / f"{territory}.parquet").exists():
        return None
    plain = json.loads(note.read_text(encoding="utf-8"))
    counts = {name: Count(**count) for name, count in plain.pop("counts").items()}
    return Summary(**plain, counts=counts)


def _note(run: Path, summary: Summary) -> None:
    draft = run / f"{summary.territory}.note"
    draft.write_text(json.dumps(asdict(summary), ensure_ascii=False), encoding="utf-8")
    draft.replace(run / f"{summary.territory}.json")
