"""Awards in force asked about all at once, each without its own record; those left over are for the scalar way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from kazna.contexts.measures.columns.asking import listed
from kazna.contexts.measures.columns.batches import Casting, batches, cast
from kazna.contexts.measures.columns.everybody import (
    GRANTED,
    REFUSED,
    UNKNOWN,
    Found,
    contested,
    decide_batch,
    scalar_only,
    seats_of,
)
from kazna.contexts.measures.columns.frames import Set, set_frame
from kazna.contexts.measures.columns.store import set_window
from kazna.contexts.measures.derivations.awards import ASSIGNED, PENSION, PENSION_MEASURES
from kazna.rules import Edition, Library
from kazna.rules.compile.completions import completions
from kazna.rules.compile.frame import Array

# One row for each monthly award in force of those asked about. `hidden`: facts that would stand in its own way.
WEIGHING = f"""
CREATE OR REPLACE TABLE weighing AS
WITH told AS (
    SELECT subject AS recipient, coalesce(object, subject) AS subject, thing AS number, seq, valid_from, valid_to,
        json_extract_string(value, '$.measure') AS measure, json_extract_string(value, '$.period') AS period,
        json_extract_string(value, '$.amount_kopecks')::BIGINT AS amount
    FROM fact WHERE kind = '{ASSIGNED}'
), held AS (
    SELECT * FROM told WHERE period = 'month' AND valid_from <= DATE '{{on}}'
        AND (valid_to IS NULL OR DATE '{{on}}' < valid_to) AND subject IN (SELECT n FROM own)
        AND measure IN {{measures}}
), former AS (
    SELECT subject AS recipient, list(seq) AS seqs FROM fact WHERE kind = '{PENSION}' GROUP BY subject
)
SELECT h.seq, h.measure, h.number, h.subject, h.recipient, h.amount, s.id AS subject_id, r.id AS recipient_id,
    list_concat(
        (SELECT coalesce(list(t.seq), []) FROM told t WHERE t.recipient = h.recipient AND t.measure = h.measure
            AND (h.recipient = h.subject OR t.subject = h.subject AND t.subject <> t.recipient)),
        CASE WHEN h.measure IN {{pensions}} THEN coalesce(f.seqs, []) ELSE [] END
    ) AS hidden
FROM held h JOIN person s ON s.n = h.subject JOIN person r ON r.n = h.recipient
LEFT JOIN former f ON f.recipient = h.recipient
"""
ROLES = {"person": (("person", "person"),), "child": (("child", "child"), ("applicant", "applicant"))}
SEATS = {"person": "subject AS person", "child": "subject AS child, recipient AS applicant"}
VERDICTS = pa.schema([("seq", pa.int64()), ("verdict", pa.string()), ("due", pa.int64())])


def set_weighing(database: duckdb.DuckDBPyConnection, editions: Sequence[Edition], on: date) -> None:
    """Make the table `weighing` of the awards of these editions, and the empty table `verdict` (seq, verdict, due)."""
    measures = listed(edition.id for edition in editions) if editions else "(NULL)"
    database.execute(WEIGHING.format(on=on, measures=measures, pensions=listed(sorted(PENSION_MEASURES))))
    database.execute("CREATE OR REPLACE TABLE verdict (seq BIGINT, verdict VARCHAR, due BIGINT)")


def weigh(database: duckdb.DuckDBPyConnection, library: Library, editions: Sequence[Edition], on: date) -> None:
    """Fill `verdict` for the awards of `weighing` whose answer the columns are sure of.

    Left over are those of whom sources disagree or somebody applied, what is not of its type, and those whose answer
    is open although what is unknown may not matter: every case of it has to be looked at.
    """
    set_window(database, on)
    apart = contested(database)
    for batch in batches(library, editions, _castings):
        named = listed(edition.id for edition in batch.editions)
        rows = f"SELECT {SEATS[batch.casting]}, hidden, seq, measure, amount FROM weighing WHERE measure IN {named}"
        play = Casting(batch.casting, ROLES[batch.casting], rows, hides=True)
        number = cast(database, play, on, on)
        if not number:
            continue
        seats = seats_of(database, batch.casting)
        told = database.execute("SELECT seq, measure, amount FROM who ORDER BY key").fetchnumpy()
        scene = set_frame(database, library, play, batch, number)
        for edition, found in zip(batch.editions, decide_batch(scene, library, batch, on), strict=True):
            sure = (told["measure"] == edition.id) & ~scalar_only(database, edition.id, seats, scene.strange, apart)
            sure &= _matters(scene, library, edition, on, ~sure | (found.state != UNKNOWN))
            _settle(database, told, found, np.flatnonzero(sure))


def _castings(edition: Edition) -> tuple[str, ...]:
    decided_for = edition.document["decided_for"]
    return (decided_for,) if decided_for in ROLES else ()


def _matters(scene: Set, library: Library, edition: Edition, on: date, settled: Array) -> Array:
    """Questions whose answer depends on what is not known: told one way or another it differs, or stays open.

    `settled`: questions that need no looking at; they are among the found.
    """
    facts = {name: library.facts[name].type for name in scene.frame.facts}
    relations = {
        name: {short: library.relations[name].facts[short].type for short in group.facts}
        for name, group in scene.frame.relations.items()
    }
    batch = replace(scene.batch, editions=(edition,))
    differs, before = settled.copy(), None
    for frame in () if differs.all() else completions(scene.frame, facts, relations, on):
        (found,) = decide_batch(replace(scene, frame=frame), library, batch, on)
        answer = np.where(
            found.state == GRANTED, np.stack((found.state, found.amount, found.first, found.last)), found.state
        )
        differs |= found.state == UNKNOWN
        if before is not None:
            differs |= np.any(answer != before, axis=0)
        before = answer
        if differs.all():
            break
    return differs


def _settle(database: duckdb.DuckDBPyConnection, told: dict[str, Array], found: Found, rows: Array) -> None:
    state, due, amount = found.state[rows], found.amount[rows], told["amount"][rows]
    granted = np.where(due == amount, "same", "changed")
    verdicts = np.select([state == REFUSED, state == UNKNOWN], ["lost", "unknown"], granted).astype(object)
    due = pa.array(due, mask=state != GRANTED)
    add_verdicts(database, pa.table([pa.array(told["seq"][rows]), pa.array(verdicts, pa.string()), due], VERDICTS))


def add_verdicts(database: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    database.register("told_verdict", table)
    database.execute("INSERT INTO verdict SELECT * FROM told_verdict")
    database.unregister("told_verdict")
