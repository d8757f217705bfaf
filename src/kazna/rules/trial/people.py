"""Trial people of one edition: situations of its examples, changed at random here and there."""

from __future__ import annotations

import zlib
from datetime import date

import numpy as np

from kazna.rules.compile.frame import Array, Column, Frame, Group
from kazna.rules.compile.situations import frame_of
from kazna.rules.edition import Edition
from kazna.rules.examples import read_examples
from kazna.rules.language.types import Kind, Type, money
from kazna.rules.library import Library
from kazna.rules.situation import Situation
from kazna.rules.trial.draw import Draws
from kazna.rules.trial.hints import hints_of

CHANGED, FORGOTTEN, NUDGED, TOLD = 0.07, 0.02, 0.06, 0.2


class Trial:
    """Deterministic by seed: chunk k of an edition is always the same people on the same day.

    Many people keep most of what an example says, so that every outcome is met; the others are further away.
    """

    def __init__(self, library: Library, edition: Edition, *, seed: int = 0) -> None:
        self.edition = edition
        self._seed = [seed, zlib.crc32(edition.digest.encode())]
        self._hints = hints_of(edition)
        examples = read_examples(library, edition)[0]
        self._days = [example.on for example in examples] or [edition.start]
        situations = [example.situation for example in examples] or [Situation({}, {})]
        self._models = frame_of(situations, edition.facts, edition.relations)

    def day(self, chunk: int) -> date:
        """The day of determination: those of the examples in turn, then days on which the law changes."""
        edges = [day for day in sorted(self._hints.days) if date(2020, 1, 1) <= day <= date(2027, 1, 1)]
        days = [*dict.fromkeys(self._days), date(2024, 2, 29), *edges]
        return days[chunk % len(days)]

    def frame(self, rows: int, chunk: int = 0) -> Frame:
        rng = np.random.default_rng([*self._seed, chunk])
        draws = Draws(rng, self._hints, self.day(chunk))
        near = self._near(chunk)
        model = rng.choice(near, rows)
        bold = rng.choice([0.1, 0.4, 1.0, 3.0], rows, p=[0.4, 0.3, 0.2, 0.1])
        facts = {
            name: _changed(rng, draws, fact.type, self._models.facts[name].part(model), bold)
            for name, fact in self.edition.facts.items()
        }
        relations = {name: self._people(rng, draws, name, model, bold) for name in self.edition.relations}
        return Frame(rows, facts, relations)

    def _near(self, chunk: int) -> Array:
        """The examples of that day, or all."""
        same = [place for place, day in enumerate(self._days) if day == self.day(chunk)]
        return np.array(same or range(self._models.rows))

    def _people(self, rng: np.random.Generator, draws: Draws, name: str, model: Array, bold: Array) -> Group:
        """The candidates of the example, some left out, some other candidates (twins too) added."""
        pool = self._models.relations[name]
        relation = self.edition.relations[name]
        base = np.diff(pool.offsets)[model]
        extra = np.zeros(len(model), dtype=np.int64)
        if len(pool.tie):
            extra = np.minimum(rng.choice(4, len(model), p=[0.7, 0.2, 0.07, 0.03]), np.maximum(relation.most - base, 0))
        sizes = base + extra
        row = np.repeat(np.arange(len(model)), sizes)
        place = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        own = place < base[row]
        member = np.where(own, pool.offsets[:-1][model][row] + place, 0)
        if len(pool.tie):
            member = np.where(own, member, rng.integers(0, len(pool.tie), len(row)))
        kept = (place < max(relation.least, 1)) | (rng.random(len(row)) >= 0.05)
        row, member = row[kept], member[kept]
        offsets = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=len(model)))))
        known = pool.known[model] if pool.known is not None else np.ones(len(model), dtype=np.bool_)
        known = known & (rng.random(len(model)) >= 0.01)
        return Group(
            offsets,
            pool.tie[member] if len(pool.tie) else np.zeros(0, dtype=np.int16),
            pool.ties,
            {
                short: _changed(rng, draws, relation.facts[short].type, pool.facts[short].part(member), bold[row] / 2)
                for short in self.edition.relation_facts.get(name, ())
            },
            None,
            None if known.all() else known,
        )


def _changed(rng: np.random.Generator, draws: Draws, kind: Type, column: Column, bold: Array) -> Column:
    """Some values drawn anew, some moved by a little, some forgotten; what nobody knew is often told."""
    if kind.kind is Kind.SERIES:
        return _changed_series(rng, draws, kind, column, bold)
    size = len(column)
    values, known = column.values, column.known if column.known is not None else np.ones(size, dtype=np.bool_)
    luck = rng.random(size) / bold
    drawn = (luck < CHANGED) | (~known & (rng.random(size) < TOLD * bold))
    values = np.where(drawn, draws.column(kind, size), values)
    if kind.is_number or kind.kind is Kind.DATE:
        nudged = (luck >= CHANGED) & (luck < CHANGED + NUDGED)
        low, high = (1, date.max.toordinal()) if kind.kind is Kind.DATE else _ends(kind)
        moved = np.clip(values.astype(np.int64) + rng.integers(-2, 3, size), low, high)
        values = np.where(nudged, moved, values).astype(values.dtype)
    forgotten = (luck >= 1 - FORGOTTEN) if size == 0 else rng.random(size) < FORGOTTEN * bold
    known = (known | drawn) & ~forgotten
    return Column(values, None if known.all() else known)


def _ends(kind: Type) -> tuple[int, int]:
    return int(kind.lo * kind.parts), int(kind.hi * kind.parts)


def _changed_series(rng: np.random.Generator, draws: Draws, kind: Type, column: Column, bold: Array) -> Column:
    """Months drawn anew or forgotten, whole series told or forgotten, registers found complete or not."""
    rows, width = column.values.shape
    width = width or 24
    first = column.first_month if column.values.shape[1] else draws.month - width - 1
    values = column.values if column.values.shape[1] else np.zeros((rows, width), dtype=np.int64)
    known: Array = np.ones(values.shape, dtype=np.bool_) if column.known is None else column.known
    if known.shape != values.shape:
        known = np.zeros(values.shape, dtype=np.bool_)
    luck = rng.random(values.shape) / bold[:, None]
    told = np.asarray(~known.any(axis=1) & (rng.random(rows) < TOLD * bold))
    drawn = (luck < CHANGED / 8) | told[:, None]
    met = values[known] if known.any() else np.zeros(1, dtype=np.int64)
    usual = rng.choice(met, values.shape) + rng.integers(-1, 2, values.shape)
    strange = draws.column(money(kind.lo, kind.hi), values.size).reshape(values.shape)
    monthly = np.where(rng.random(values.shape) < 0.8, np.clip(usual, int(kind.lo), int(kind.hi)), strange)
    values = np.where(drawn, monthly, values)
    lost = np.asarray(rng.random(rows) < FORGOTTEN * bold)
    forgotten = (rng.random(values.shape) < FORGOTTEN / 24) | lost[:, None]
    known = np.asarray((known | drawn) & ~forgotten)
    rest: Array = np.broadcast_to(column.rest_zero, rows) ^ (rng.random(rows) < CHANGED)
    return Column(values, None if known.all() else known, first, rest)
