"""One territory of a snapshot, decided whole: a Parquet file of rights, one of awards in force, and the counts.

A task of a process of its own, or of a Spark worker: it needs the files and the law, no database.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kazna.contexts.measures.columns import awards_in_force as held
from kazna.contexts.measures.columns.by_family import by_family
from kazna.contexts.measures.columns.everybody import RIGHTS, OfMeasure, rights_of_everybody
from kazna.contexts.measures.columns.lives import CHUNK, Around, answer
from kazna.contexts.measures.columns.store import open_store, parquet
from kazna.contexts.measures.columns.taking_over import Before, asking, awards_before, rights_before, rounds
from kazna.rules import Edition, Library, load_library

NOWHERE = "00"  # people whose region is not known: any region's measure may be theirs


@dataclass(frozen=True, slots=True)
class Part:
    """What to decide. `facts`, `people`: Parquet files; `measures` empty: all in force. `law`: folder of documents.

    `before`: answers of those of whom nothing changed are taken from there; see `asked_anew`.
    """

    code: str
    facts: tuple[Path, ...]
    people: tuple[Path, ...]
    on: date
    law: Path
    out: Path
    shelf_lives: Mapping[str, int]
    measures: tuple[str, ...] = ()
    threads: int = 0
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """Counts of a part. `measures`: id → state → people, with `scalar`: those of them answered one by one.

    `awards`: id → same | changed | lost | unknown → awards in force. `new`: id → (people, kopecks a payment).
    `lacking`: id → title of what keeps the answer unknown → people (several may keep one).
    `anew`: people asked again about something, where answers of the others were taken over.
    `families`: kind of family → people, with_rights, fresh, kopecks; see by_family.
    """

    code: str
    people: int
    measures: dict[str, dict[str, int]]
    awards: dict[str, dict[str, int]]
    new: dict[str, tuple[int, int]]
    lacking: dict[str, dict[str, int]] = field(default_factory=dict)
    anew: int | None = None
    families: dict[str, dict[str, int]] = field(default_factory=dict)


@cache
def law_of(folder: Path) -> Library:
    return load_library(folder)


def editions_of(library: Library, part: Part) -> list[Edition]:
    """Editions in force that can be these people's: the federal ones and those of their region."""
    found = [edition for editions in library.measures.values() for edition in editions if edition.holds(part.on)]
    wanted = [edition for edition in found if not part.measures or edition.id in part.measures]
    return [e for e in wanted if part.code == NOWHERE or str(e.document.get("region") or part.code) == part.code]


def store_of_part(part: Part) -> duckdb.DuckDBPyConnection:
    own = f"SELECT id FROM {parquet(part.people)}"
    return open_store(parquet(part.facts), part.on, part.shelf_lives, own, part.threads)


def decide_part(part: Part) -> Decided:
    """Write the Parquet files of the part (rights, awards, new, people), each whole or not at all.

    Answers taken over are as of the day they were asked: state, recipient and amount hold, a term that begins on the
    day of the question keeps the former day.
    """
    library = law_of(part.law)
    editions = editions_of(library, part)
    database = store_of_part(part)
    part.out.mkdir(parents=True, exist_ok=True)
    with _whole(part.out / "people.parquet") as draft:
        database.execute(f"COPY (SELECT id FROM own JOIN person USING (n)) TO '{draft}' (FORMAT parquet)")
    people = int(database.execute("SELECT count(*) FROM own").fetchall()[0][0])
    planned, anew = rounds(database, library, editions, part.on, part.facts, part.shelf_lives, part.before)
    counts: dict[str, dict[str, int]] = {}
    lacking: dict[str, dict[str, int]] = {}
    weighed, around = [], Around(database, part.on, part.shelf_lives)
    with _whole(part.out / "rights.parquet") as draft, pq.ParquetWriter(draft, RIGHTS, compression="zstd") as writer:
        for one in planned:
            with asking(database, one):
                for found in rights_of_everybody(database, library, one.editions, part.on):
                    measure = found.edition.id
                    rights, refused = scalar_too(around, library, found)
                    rights = pa.concat_tables([rights, rights_before(database, part.before, one, measure)])
                    if rights.num_rows:
                        writer.write_table(rights)
                    refused = one.asked[measure] - rights.num_rows if one.anew else refused
                    counts[measure] = _states(rights, refused, len(found.one_by_one))
                    lacking[measure] = _lacking(found.edition, rights)
                weighed.append(held.weighed(database, library, one.editions, part.on))
            weighed.append(awards_before(database, part.before, one))
    awards = pa.concat_tables(weighed)
    with _whole(part.out / "awards.parquet") as draft:
        pq.write_table(awards, draft, compression="zstd")
    new = held.new_rights(database, part.out / "rights.parquet", editions, part.on, part.out / "new.parquet")
    families = by_family(database, part.out, part.on)
    return Decided(part.code, people, counts, held.counted(awards), new, lacking, anew, families)


class _whole:
    """A file that is there complete or not at all."""

    def __init__(self, path: Path) -> None:
        self.path, self.draft = path, path.with_suffix(".part")

    def __enter__(self) -> Path:
        return self.draft

    def __exit__(self, kind: Any, *_: Any) -> None:
        if kind is None:
            os.replace(self.draft, self.path)
        else:
            self.draft.unlink(missing_ok=True)


def scalar_too(around: Around, library: Library, found: OfMeasure) -> tuple[pa.Table, int]:
    """The rights of a measure with those answered one by one, and how many people are refused."""
    rows, refused = [], found.refused
    for start in range(0, len(found.one_by_one), CHUNK):
        chunk = found.one_by_one[start : start + CHUNK]
        book = around.book(frozenset(person for subject, others in chunk for person in (subject, *others)))
        for subject, recipients in chunk:
            one = answer(library, found.edition, book, subject, recipients, around.on)
            if one.state == "refused":
                refused += 1
                continue
            rows.append({
                "measure": found.edition.id, "edition": found.edition.digest, "subject_id": subject,
                "recipient_id": one.recipient, "state": one.state,
                "amount_kopecks": one.amount_kopecks, "first_day": one.first_day, "last_day": one.last_day, "open": 0,
            })  # fmt: skip
    return pa.concat_tables([found.rights, pa.Table.from_pylist(rows, schema=RIGHTS)]), refused


RESULTS = ("размер", "начало срока", "конец срока", "день, от которого считается право")


def _lacking(edition: Edition, rights: pa.Table) -> dict[str, int]:
    """How often each condition, or what comes after the conditions, keeps an answer unknown."""
    masks = rights["open"].to_numpy()
    titles = [condition.title for condition, _ in edition.program.conditions]
    told = {title: int(np.count_nonzero(masks >> bit & 1)) for bit, title in enumerate((*titles, *RESULTS))}
    return {title: people for title, people in told.items() if people}


def _states(rights: pa.Table, refused: int, scalar: int) -> dict[str, int]:
    states = rights["state"].to_pylist()
    return {
        "granted": states.count("granted"),
        "unknown": states.count("unknown"),
        "refused": refused,
        "scalar": scalar,
    }
