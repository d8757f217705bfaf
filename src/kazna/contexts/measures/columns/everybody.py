"""Rights of everybody on a day: who is granted or undecided in each measure, as the scalar way would say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from kazna.contexts.measures.columns.batches import Batch, batches, cast, castings, castings_of
from kazna.contexts.measures.columns.frames import Set, set_frame
from kazna.contexts.measures.columns.store import set_window
from kazna.rules import Edition, Library
from kazna.rules.compile.agreement import edition_cases
from kazna.rules.compile.decision import Decision, decide
from kazna.rules.compile.frame import Array
from kazna.rules.compile.planes.calendar import NEVER
from kazna.rules.compile.planes.plan import MeasurePlan, make_plan
from kazna.rules.compile.planes.run import BLOCK, Answers, run_block
from kazna.rules.evaluate.environment import Environment

UNKNOWN, GRANTED, REFUSED = 0, 1, 2
STATES = ("unknown", "granted", "refused")
RIGHTS = pa.schema(
    [
        *(
            ("measure", pa.string()),
            ("edition", pa.string()),
            ("subject_id", pa.string()),
            ("recipient_id", pa.string()),
        ),
        *(("state", pa.string()), ("amount_kopecks", pa.int64()), ("first_day", pa.date32())),
        *(("last_day", pa.date32()), ("open", pa.int64())),
    ]
)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Found:
    """Answers of one edition by question of one casting. `amount` and days mean something where granted."""

    state: Array
    amount: Array
    first: Array
    last: Array
    open: Array
    strange: Array


@dataclass(frozen=True, slots=True)
class OfMeasure:
    """The rights table of one measure; `asked`: how many people, `refused`: how many of them.

    `one_by_one`: questions only the scalar way can answer, as (subject, recipients in order) ids.
    """

    edition: Edition
    rights: pa.Table
    asked: int
    refused: int
    one_by_one: tuple[tuple[str, tuple[str, ...]], ...]


def rights_of_everybody(
    database: duckdb.DuckDBPyConnection,
    library: Library,
    editions: Iterable[Edition],
    on: date,
    advance: Progress = lambda done, total: None,
    only: str = "",
) -> Iterator[OfMeasure]:
    """Every edition asked about everybody of the store, or of the table `only` (subject, recipient) in it."""
    wanted = list(editions)
    plays = castings(on, only)
    set_window(database, on)
    found: dict[tuple[str, str], Found] = {}
    seats: dict[str, pa.Table] = {}
    todo = batches(library, wanted)
    for done, batch in enumerate(todo):
        advance(done, len(todo))
        rows = cast(database, plays[batch.casting], on, on)
        if batch.casting not in seats:
            seats[batch.casting] = seats_of(database, batch.casting)
        scene = set_frame(database, library, plays[batch.casting], batch, rows)
        for edition, answers in zip(batch.editions, decide_batch(scene, library, batch, on), strict=True):
            found[edition.id, batch.casting] = answers
    apart = contested(database)
    for edition in wanted:
        yield gathered(database, edition, castings_of(edition), found, seats, apart)
    advance(len(todo), len(todo))


def seats_of(database: duckdb.DuckDBPyConnection, casting: str) -> pa.Table:
    """Numbers and ids of subject and recipient of each question of `who`, in order of key."""
    subject, recipient = ("person", "person") if casting == "person" else ("child", "applicant")
    return database.sql(
        f"SELECT w.{subject} AS subject, w.{recipient} AS recipient, s.id AS subject_id, r.id AS recipient_id"
        f" FROM who w JOIN person s ON s.n = w.{subject} JOIN person r ON r.n = w.{recipient} ORDER BY w.key"
    ).to_arrow_table()


def decide_batch(scene: Set, library: Library, batch: Batch, on: date) -> list[Found]:
    """Answers of each edition of the batch for each question."""
    plan = make_plan(batch.editions, library.parameters, on)
    rows = scene.frame.rows
    found = [_nothing(rows, scene.strange) for _ in batch.editions]
    for start in range(0, rows, BLOCK):
        frame = scene.frame.block(start, start + BLOCK)

        def exact(measure: MeasurePlan, row: int, frame=frame) -> Decision:  # type: ignore[no-untyped-def]
            (case,) = edition_cases(measure.edition, frame.block(row, row + 1))
            environment = Environment(facts=case.facts, people=case.people, today=on, parameters=library.parameters)
            return decide(measure.edition.program, environment)

        for answers, one in zip(run_block(plan, frame, exact), found, strict=True):
            _put(one, answers, start)
    return found


def _nothing(rows: int, strange: Array) -> Found:
    numbers = [np.zeros(rows, dtype=np.int64) for _ in range(4)]
    return Found(np.full(rows, REFUSED, dtype=np.int8), *numbers, strange)


def _put(found: Found, answers: Answers, start: int) -> None:
    rows = answers.rows + start
    found.state[rows] = answers.state
    for whole, part in ((found.amount, answers.amount), (found.first, answers.term_from),
                        (found.last, answers.term_to), (found.open, answers.open)):  # fmt: skip
        whole[rows] = part


def gathered(
    database: duckdb.DuckDBPyConnection,
    edition: Edition,
    order: Iterable[str],
    found: dict[tuple[str, str], Found],
    seats: dict[str, pa.Table],
    apart: Array,
) -> OfMeasure:
    """The first applicant who is not refused; when all are, the subject is refused. `apart`: see `scalar_only`.

    Once an applicant is left to the scalar way so are those who are tried after; who was found before asks no more.
    """
    taken, waiting, everybody = set[int](), set[int](), set[int]()
    tables, one_by_one = [], dict[str, list[str]]()
    for casting in order:
        answers, seat = found[edition.id, casting], seats[casting]
        subjects = seat["subject"].to_numpy()
        everybody.update(subjects.tolist())
        scalar = scalar_only(database, edition.id, seat, answers.strange, apart) | _among(subjects, waiting)
        scalar &= ~_among(subjects, taken)
        for row in np.flatnonzero(scalar).tolist():
            one_by_one.setdefault(seat["subject_id"][row].as_py(), []).append(seat["recipient_id"][row].as_py())
        rows = np.flatnonzero((answers.state != REFUSED) & ~scalar & ~_among(subjects, taken))
        waiting.update(subjects[scalar].tolist())
        taken.update(subjects[rows].tolist())
        tables.append(_table(edition, answers, seat, rows))
    rights = pa.concat_tables(tables) if tables else RIGHTS.empty_table()
    left = tuple((subject, tuple(dict.fromkeys(recipients))) for subject, recipients in one_by_one.items())
    return OfMeasure(edition, rights, len(everybody), len(everybody) - rights.num_rows - len(left), left)


def _among(subjects: Array, some: set[int]) -> Array:
    return np.isin(subjects, np.fromiter(some, dtype=np.int64))


def contested(database: duckdb.DuckDBPyConnection) -> Array:
    """People about whom, or whose families, sources disagree or answers are kept elsewhere."""
    return np.asarray(database.execute("SELECT person FROM contested").fetchnumpy()["person"], dtype=np.int64)


def scalar_only(
    database: duckdb.DuckDBPyConnection, measure: str, seat: pa.Table, strange: Array, apart: Array
) -> Array:
    """Questions left to the scalar way: somebody applied, sources disagree (`apart`), a fact is not of its type."""
    subjects, recipients = seat["subject"].to_numpy(), seat["recipient"].to_numpy()
    about, at_large = _applied(database, measure)
    found: Array = strange | np.isin(recipients, apart) | np.isin(subjects, apart)
    return found | np.isin(subjects, about) | np.isin(recipients, at_large)


def _applied(database: duckdb.DuckDBPyConnection, measure: str) -> tuple[Array, Array]:
    """For whom somebody applied or consented, and who did so for nobody by name: questions count from that day."""
    found = database.execute(
        "SELECT DISTINCT object IS NULL AS at_large, coalesce(object, subject) AS person FROM fact"
        " WHERE kind IN ('application', 'consent') AND json_extract_string(value, '$.measure') = ?",
        [measure],
    ).fetchnumpy()
    people, at_large = np.asarray(found["person"], dtype=np.int64), np.asarray(found["at_large"], dtype=bool)
    return people[~at_large], people[at_large]


def _table(edition: Edition, found: Found, seat: pa.Table, rows: Array) -> pa.Table:
    granted = found.state[rows] == GRANTED
    measure = edition.measure
    return pa.table(
        [
            pa.array([edition.id] * len(rows), pa.string()),
            pa.array([edition.digest] * len(rows), pa.string()),
            seat["subject_id"].take(pa.array(rows)),
            seat["recipient_id"].take(pa.array(rows)),
            pa.array(np.array(STATES, dtype=object)[found.state[rows]], pa.string()),
            pa.array(found.amount[rows], mask=~granted if measure.amount is not None else np.ones(len(rows), bool)),
            _days(found.first[rows], ~granted | np.full(len(rows), measure.term_from is None)),
            _days(
                found.last[rows], ~granted | (found.last[rows] == NEVER) | np.full(len(rows), measure.term_to is None)
            ),
            pa.array(found.open[rows]),
        ],
        schema=RIGHTS,
    )


def _days(ordinals: Array, absent: Array) -> pa.Array:
    days = np.where(absent, 0, ordinals - date(1970, 1, 1).toordinal()).astype(np.int32)
    return pa.array(days, mask=absent).cast(pa.date32())
