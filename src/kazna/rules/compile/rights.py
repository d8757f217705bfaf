"""Rights as Arrow rows: subject, measure, edition, state, amount, term, and what is open or not fulfilled.

`refusal` and `open` are masks: bit i is condition i of the edition; see `decision.Decision`. Money in whole kopecks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from kazna.rules.compile.frame import Array
from kazna.rules.compile.parquet import EPOCH
from kazna.rules.compile.planes.calendar import NEVER
from kazna.rules.compile.planes.plan import Plan
from kazna.rules.compile.planes.run import GRANTED, Answers

WORDS = pa.dictionary(pa.int16(), pa.string())
STATES = pa.array(["unknown", "granted", "refused"])
REFUSED = 2
SCHEMA = pa.schema(
    [
        ("subject", pa.int64()),
        ("measure", WORDS),
        ("edition", WORDS),
        ("state", WORDS),
        ("amount", pa.int64()),
        ("term_from", pa.date32()),
        ("term_to", pa.date32()),
        ("refusal", pa.int64()),
        ("open", pa.int64()),
    ]
)


def rights_batch(identities: pa.Array, plan: Plan, answers: Sequence[Answers]) -> Iterator[pa.RecordBatch]:
    """One batch of all who are granted or undecided in a block; nothing when there are none."""
    lengths = [len(found.rows) for found in answers]
    if sum(lengths) == 0:
        return
    rows = np.concatenate([found.rows for found in answers])
    state = np.concatenate([found.state for found in answers])
    idle = state != GRANTED
    paid = np.repeat([measure.amount is not None for measure in plan.measures], lengths)
    termed = np.repeat([measure.term_from is not None for measure in plan.measures], lengths)
    last = np.concatenate([found.term_to for found in answers])
    yield _batch(
        identities, plan, rows, np.repeat(np.arange(len(lengths), dtype=np.int16), lengths), state,
        pa.array(np.concatenate([found.amount for found in answers]), mask=idle | ~paid),
        _days(np.concatenate([found.term_from for found in answers]), idle | ~termed),
        _days(last, idle | (last == NEVER)),
        pa.nulls(len(rows), pa.int64()),
        pa.array(np.concatenate([found.open for found in answers]), mask=~idle),
    )  # fmt: skip


def refused_batch(identities: pa.Array, plan: Plan, masks: Sequence[Array]) -> Iterator[pa.RecordBatch]:
    """Rows of refusals with the conditions not fulfilled."""
    rows = [np.flatnonzero(mask) for mask in masks]
    lengths = [len(found) for found in rows]
    if sum(lengths) == 0:
        return
    refusal = np.concatenate([mask[found] for mask, found in zip(masks, rows, strict=True)])
    nothing, nowhere = pa.nulls(sum(lengths), pa.int64()), pa.nulls(sum(lengths), pa.date32())
    measures = np.repeat(np.arange(len(lengths), dtype=np.int16), lengths)
    state = np.full(sum(lengths), REFUSED, dtype=np.int8)
    yield _batch(
        identities, plan, np.concatenate(rows), measures, state, nothing, nowhere, nowhere, pa.array(refusal), nothing
    )


def _days(ordinals: Array, unknown: Array) -> pa.Array:
    return pa.array((ordinals - EPOCH).astype(np.int32), mask=unknown).view(pa.date32())


def _batch(
    identities: pa.Array, plan: Plan, rows: Array, measures: Array, state: Array, *columns: pa.Array
) -> pa.RecordBatch:
    subjects = np.asarray(identities)[rows]
    names = pa.array([measure.edition.id for measure in plan.measures], pa.string())
    editions = pa.array([measure.edition.digest for measure in plan.measures], pa.string())
    codes = pa.array(measures)
    return pa.RecordBatch.from_arrays(
        [
            pa.array(subjects, pa.int64()),
            pa.DictionaryArray.from_arrays(codes, names),
            pa.DictionaryArray.from_arrays(codes, editions),
            pa.DictionaryArray.from_arrays(pa.array(state.astype(np.int16)), STATES),
            *columns,
        ],
        schema=SCHEMA,
    )
