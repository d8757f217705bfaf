"""What entering a page of a legacy register sets going: disagreements, ends of states, events for all who listen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.registers.cards import redraw_cards
from kazna.contexts.registers.disputes import DISPUTED, OURSELVES
from kazna.contexts.registers.legacy import compare_sql
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.models import LegacyRun
from kazna.contexts.registers.precedence import precedences
from kazna.contexts.registers.save_book import BY_PRECEDENCE, Changes
from kazna.contexts.registers.successions import SUCCEEDING, end_by_successors
from kazna.events.cause import Cause
from kazna.events.registers import ConflictFound, FactsChanged
from kazna.plumbing.outbox import publish_many

TOLD_AT_ONCE = 500  # facts of one event: a listener's transaction stays short


@dataclass(frozen=True, slots=True)
class Entered:
    """A fact that a page brought."""

    fact_id: UUID
    subject_id: UUID
    object_id: UUID | None
    kind: str


def rules_for(source: str) -> str:
    """Rules of the catalogue as the statements read them, seen from one source."""
    return json.dumps(
        [
            {
                "kind": kind, "compared": rule.compared, "about": rule.about, "reason": rule.reason,
                "succeeds": kind in SUCCEEDING, "mine": rule.rank(source), "other": rule.rank(""),
                "ranks": {name: rule.rank(name) for name in rule.sources},
            }
            for kind, rule in precedences().items() if rule.compared
        ],
        ensure_ascii=False,
    )  # fmt: skip


def remark_differences(run: LegacyRun) -> None:
    """Say in the row report whom the register believes where a row and another source differ."""
    with connection.cursor() as cursor:
        cursor.execute(compare_sql.REMARKS, {"run": run.id, "source": run.source, "rules": rules_for(run.source)})


def settle(run: LegacyRun, rows: Sequence[int], entered: Sequence[Entered], on: date) -> None:
    """Compare the facts entered with those of other sources, end what they succeed, tell everybody."""
    if not entered:
        return
    cause = Cause(None, run.approved_at or run.started_at)
    conflicts, disputes = _compare(run, rows, entered, on, cause)
    ended = _end_states(run, entered, on, cause)
    publish_many([*_facts_changed([*entered, *disputes], on, cause), *ended, *conflicts])


def _compare(
    run: LegacyRun, rows: Sequence[int], entered: Sequence[Entered], on: date, cause: Cause
) -> tuple[list[ConflictFound], list[Entered]]:
    asked: dict[str, Any] = {
        "rows": list(rows), "facts": [one.fact_id for one in entered], "source": run.source, "on": on,
        "by": BY_PRECEDENCE, "rules": rules_for(run.source), "disputed": DISPUTED, "ourselves": OURSELVES,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(compare_sql.CONFLICTS, asked)
        waiting = [ConflictFound(*told, on, cause) for *told, is_open in cursor.fetchall() if is_open]
        if not waiting:
            return [], []
        cursor.execute(compare_sql.DISPUTES, {**asked, "conflicts": [one.conflict_id for one in waiting]})
        told = cursor.fetchall()
    return waiting, [Entered(fact, person, None, kind) for fact, person, about in told for kind in (DISPUTED, about)]


def _end_states(run: LegacyRun, entered: Sequence[Entered], on: date, cause: Cause) -> list[Any]:
    """As a delivery does, for the few of whom several statements of one state are known."""
    with connection.cursor() as cursor:
        asked = {"facts": [one.fact_id for one in entered], "kinds": list(SUCCEEDING)}
        cursor.execute(compare_sql.SUCCEEDED, asked)
        states = cursor.fetchall()
    if not states:
        return []
    book, changes = load_book(Mentions(person_ids={person_id for person_id, _ in states})), Changes()
    book.begin()
    for person_id, kind in sorted(states, key=str):
        end_by_successors(book, person_id, kind)
    redraw_cards(book)
    changes.take_page(book, on=on, cause=cause, seed=f"legacy-ends/{run.id}/{entered[0].fact_id}")
    return list(changes.save())


def _facts_changed(entered: Sequence[Entered], on: date, cause: Cause) -> Iterator[FactsChanged]:
    """In order of people, so that one person's facts are told together."""
    in_order = sorted(entered, key=lambda one: (str(one.subject_id), str(one.fact_id)))
    for start in range(0, len(in_order), TOLD_AT_ONCE):
        part = in_order[start : start + TOLD_AT_ONCE]
        people = dict.fromkeys(one for told in part for one in (told.subject_id, told.object_id) if one)
        kinds = sorted({one.kind for one in part})
        facts = dict.fromkeys(one.fact_id for one in part)
        yield FactsChanged(tuple(people), tuple(kinds), tuple(facts), False, on, cause)
