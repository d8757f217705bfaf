"""Prove that back ends agree on many people: chunk by chunk, in processes, what is proven is not proven again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from kazna.rules.compile.agreement import asked, compare
from kazna.rules.edition import Edition
from kazna.rules.library import Library, load_library
from kazna.rules.trial import Trial

CHUNK = 20_000  # people of one task: small enough for a moving progress bar and little memory
SHOWN = 3
FORMAT = 2  # raise it when trial people or what is compared change: earlier proofs no longer count


class Task(NamedTuple):
    measure: str
    digest: str
    chunk: int
    people: int
    seed: int
    backends: tuple[str, ...]


@dataclass(slots=True)
class Proof:
    """What is known about one edition. `differences`: their number; `shown`: the first few in words."""

    measure: str
    digest: str
    people: int = 0
    states: dict[str, int] = field(default_factory=dict)
    differences: int = 0
    shown: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def add(self, other: Proof) -> None:
        self.people += other.people
        self.differences += other.differences
        self.shown = (self.shown + other.shown)[:SHOWN]
        self.refused.update(other.refused)
        for state, count in other.states.items():
            self.states[state] = self.states.get(state, 0) + count


_library: Library


def _open(folder: str) -> None:
    """Each process reads the law once."""
    global _library
    _library = load_library(Path(folder))


def run_task(task: Task) -> Proof:
    """Compare one chunk of trial people."""
    edition = _library.edition_by_digest(task.digest)
    trial = Trial(_library, edition, seed=task.seed)
    frame, day = trial.frame(task.people, task.chunk), trial.day(task.chunk)
    found = compare(asked(edition, frame, day, _library.parameters), task.backends)
    shown = [str(difference) for difference in found.differences[:SHOWN]]
    return Proof(task.measure, task.digest, task.people, found.states, len(found.differences), shown, found.refused)


@dataclass(slots=True)
class Agreement:
    """Settings of a proof. `kept`: the folder of proofs already made; `processes`: how many work."""

    library: Library
    folder: Path
    people: int
    seed: int
    backends: tuple[str, ...]
    kept: Path
    processes: int

    def prove(self, editions: Sequence[Edition], advance: Callable[[int, int], None]) -> Iterator[Proof]:
        """The proof of each edition as it is finished; `advance(done, total)` counts people.

        An edition proven before with the same law, people and back ends is taken from `kept`.
        """
        total, done = self.people * len(editions), 0
        todo = []
        for edition in editions:
            known = self._kept(edition)
            if known is None:
                todo.append(edition)
                continue
            done += known.people
            advance(done, total)
            yield known
        for proof, people in self._run(todo):
            done += people
            advance(done, total)
            if proof.people == self.people:
                self._keep(proof)
                yield proof

    def _run(self, editions: Sequence[Edition]) -> Iterator[tuple[Proof, int]]:
        """Each edition's proof so far after each chunk, and how many people the chunk added."""
        if not editions:
            return
        context = get_context("spawn")
        with ProcessPoolExecutor(self.processes, context, _open, (str(self.folder),)) as pool:
            running: list[tuple[Proof, Future[Proof]]] = []
            for edition in editions:
                proof = Proof(edition.id, edition.digest)
                running += [(proof, pool.submit(run_task, task)) for task in self._tasks(edition)]
            for proof, future in running:
                part = future.result()
                proof.add(part)
                yield proof, part.people

    def _tasks(self, edition: Edition) -> Iterator[Task]:
        for chunk, start in enumerate(range(0, self.people, CHUNK)):
            size = min(CHUNK, self.people - start)
            yield Task(edition.id, edition.digest, chunk, size, self.seed, self.backends)

    def _path(self, edition_digest: str) -> Path:
        """Proofs depend on the edition, on all parameters and on what was asked."""
        key = [FORMAT, edition_digest, self.library.parameters.digest, self.people, self.seed, sorted(self.backends)]
        return self.kept / f"{hashlib.sha256(json.dumps(key).encode()).hexdigest()[:32]}.json"

    def _kept(self, edition: Edition) -> Proof | None:
        path = self._path(edition.digest)
        return Proof(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None

    def _keep(self, proof: Proof) -> None:
        """Only agreement is kept: a difference is looked at again."""
        if proof.differences:
            return
        self.kept.mkdir(parents=True, exist_ok=True)
        path = self._path(proof.digest)
        draft = path.with_suffix(".part")
        draft.write_text(json.dumps(asdict(proof), ensure_ascii=False), encoding="utf-8")
        draft.replace(path)
