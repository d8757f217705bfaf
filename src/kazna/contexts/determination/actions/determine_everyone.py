"""Determine everybody on a day: snapshot, parts, report. What was done before a stop is not done again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from kazna.contexts.audit import public as audit
from kazna.contexts.audit.contracts import NewEntry
from kazna.contexts.determination import keeping
from kazna.contexts.determination.actions.remember import Remembered
from kazna.contexts.determination.contracts import Progress, Report, UnknownMeasure, UnknownTerritory
from kazna.contexts.determination.keeping import Run
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.public import Checked, Decided, Part
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.public import Snapshot
from kazna.kernel.places import VAR


def determine_everyone(
    *,
    on: date,
    now: datetime,
    run: Run,
    engine: str,
    territories: Sequence[str] = (),
    wanted: Sequence[str] = (),
    slices: int = 0,
    changed: bool = False,
    folder: Path = VAR / "determination",
    progress: Progress,
) -> Report:
    """`run`: where parts are worked on (see engines). `slices` above 0: everybody asked again, in so many of each part.
    `changed`: only people of whom something changed, or whose day came, are asked where that is enough.

    Raises UnknownTerritory, UnknownMeasure, RegisterBusy, SnapshotDamaged, NoRoom.
    """
    began = time.monotonic()
    snapshot = registers.take_snapshot(folder / "snapshot", now=now, progress=progress)
    taken = time.monotonic()
    parts = list(_parts(snapshot, on, territories, wanted, folder))
    remembered = Remembered(folder / "latest", snapshot, wanted)
    if changed:
        parts = [remembered.with_before(part) for part in parts]
    with registers.room(folder):
        decided = dict(keeping.decide(parts, run, progress))
    remembered.remember(parts)
    ended = time.monotonic()
    checked = keeping.check(parts, decided, slices, run, progress) if slices else []
    keeping.prune(folder / "rights", {*remembered.folders(), *(part.out for part in parts)}, now)
    audit.record([NewEntry("determine", "kazna", "system", purpose=f"определение прав всех на {on}", thing=engine)])
    spent = {"snapshot": taken - began, "rights": ended - taken, "check": time.monotonic() - ended}
    return _report(on, snapshot, engine, decided.values(), checked, parts, spent)


def _parts(
    snapshot: Snapshot, on: date, territories: Sequence[str], wanted: Sequence[str], folder: Path
) -> Iterator[Part]:
    law = measures.law_in_force()
    for measure in wanted:
        if not any(edition.holds(on) for edition in law.measures.get(measure, ())):
            raise UnknownMeasure(measure=measure, on=on)
    for code in territories:
        if code not in snapshot.territories:
            raise UnknownTerritory(code=code, known=", ".join(sorted(snapshot.territories)))
    shelf_lives = registers.shelf_lives()
    for code, territory in snapshot.territories.items():
        if territories and code not in territories:
            continue
        key = [on.isoformat(), law.digest, sorted(wanted), sorted(shelf_lives.items()), territory.sha256]
        name = hashlib.sha256(json.dumps(key).encode()).hexdigest()[:24]
        yield Part(
            code=code,
            facts=tuple(snapshot.files(code, "facts")),
            people=tuple(snapshot.files(code, "people")),
            on=on,
            law=measures.law_folder(),
            out=folder / "rights" / f"{code}-{name}",
            shelf_lives=shelf_lives,
            measures=tuple(wanted),
        )


def _report(
    on: date,
    snapshot: Snapshot,
    engine: str,
    decided: Iterable[Decided],
    checked: Sequence[Checked],
    parts: Sequence[Part],
    spent: dict[str, float],
) -> Report:
    every = list(decided)
    new: dict[str, tuple[int, int]] = {}
    for one in every:
        for measure, (people, kopecks) in one.new.items():
            before = new.get(measure, (0, 0))
            new[measure] = (before[0] + people, before[1] + kopecks)
    chosen = [snapshot.territories[part.code] for part in parts]
    return Report(
        on=on,
        taken_at=snapshot.taken_at,
        engine=engine,
        people=sum(one.people for one in every),
        facts=sum(one.facts for one in chosen),
        measures=_added(one.measures for one in every),
        awards=_added(one.awards for one in every),
        new=dict(sorted(new.items())),
        territories={one.code: one.people for one in sorted(every, key=lambda one: one.code)},
        folder=parts[0].out.parent if parts else snapshot.folder,
        seconds=spent,
        checked=sum(one.questions for one in checked) if checked else None,
        differences=sum(one.differences for one in checked) if checked else None,
        shown=tuple(text for one in checked for text in one.shown)[:20],
        anew=sum(one.people if one.anew is None else one.anew for one in every),
        lacking=_added(one.lacking for one in every),
        families=_added(one.families for one in every),
        by_territory={one.code: _of_territory(one) for one in sorted(every, key=lambda one: one.code)},
        law=measures.law_in_force().digest,
        parts={part.code: part.out for part in sorted(parts, key=lambda part: part.code)},
    )


def _of_territory(one: Decided) -> dict[str, int]:
    told: dict[str, int] = {"people": one.people, "with_rights": 0, "fresh": 0, "kopecks": 0}
    for counts in one.families.values():
        for name in ("with_rights", "fresh", "kopecks"):
            told[name] += counts[name]
    return told


def _added(counts: Iterable[dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one in counts:
        for measure, of_measure in one.items():
            sums = found.setdefault(measure, {})
            for name, number in of_measure.items():
                sums[name] = sums.get(name, 0) + number
    return dict(sorted(found.items()))
