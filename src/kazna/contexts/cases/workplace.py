"""The door of the officers' shared queue: filters, claims, handovers with undo, load by officer, samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from kazna.contexts.cases.contracts import (
    CaseHeldByAnother,
    HandoverNotOpen,
    QueueNameTaken,
)
from kazna.contexts.cases.models_desk import Claim, Handover, SavedQueue
from kazna.plumbing import tunables
from kazna.plumbing.tunables import Tunable

__all__ = [
    "BodyLoad",
    "CaseHeldByAnother",
    "HandoverNotOpen",
    "HandoverView",
    "Load",
    "QueueNameTaken",
    "QueuedCase",
    "Sample",
    "Wanted",
    "bodies",
    "claim",
    "count_mine",
    "counts",
    "forget_queue",
    "hand_over",
    "handovers",
    "holder",
    "load",
    "measures_waiting",
    "queue",
    "release",
    "sample",
    "save_queue",
    "saved_queues",
    "spread",
    "undo",
]
MOST_AT_ONCE = 500
tunables.declare(
    Tunable("claim_minutes", "Сколько минут открытое дело закрыто для других", 15, least=1, most=240),
    Tunable("soon_days", "За сколько дней до срока дело считается срочным", 3, least=1, most=30),
    Tunable("sample_percent", "Какой процент решений идёт на второй взгляд", 5, least=0, most=100),
)

RISK = """
    (CASE WHEN c.due_on < %(on)s THEN 3 WHEN c.due_on <= %(soon)s THEN 2 ELSE 0 END
     + CASE WHEN c.is_overdue THEN 1 ELSE 0 END + CASE WHEN c.subject_id <> c.recipient_id THEN 1 ELSE 0 END
     + CASE WHEN EXISTS (SELECT 1 FROM cases_appeal p WHERE p.recipient_id = c.recipient_id AND p.state = 'filed')
       THEN 1 ELSE 0 END)
"""
QUEUE = f"""
    SELECT * FROM (
        SELECT c.id, c.measure, c.title, c.subject_id, c.recipient_id, c.due_on, c.is_overdue, c.waits_for,
               coalesce(a.login, '') AS assignee,
               CASE WHEN l.until > %(now)s THEN l.login ELSE '' END AS claimed_by, {RISK} AS risk
        FROM cases_case c LEFT JOIN cases_assignment a ON a.case_id = c.id LEFT JOIN cases_claim l ON l.case_id = c.id
        WHERE c.body = %(body)s AND c.state = 'waiting_person' AND c.due_on IS NOT NULL {{narrow}}
    ) q {{risky}} ORDER BY due_on, id LIMIT %(limit)s
"""
NARROW = {  # "free" by the key that joins: of a null in it the planner knows how many there are
    "measure": "AND c.measure = %(measure)s",
    "late": "AND c.due_on < %(on)s",
    "soon": "AND c.due_on >= %(on)s AND c.due_on <= %(soon)s",
    "later": "AND c.due_on > %(soon)s",
    "mine": "AND a.login = %(login)s",
    "free": "AND a.case_id IS NULL",
    "others": "AND a.login <> %(login)s",
    "after": "AND (c.due_on, c.id) > (%(after_day)s, %(after_id)s)",
    "unclaimed": "AND (l.until IS NULL OR l.until <= %(now)s OR l.login = %(login)s)",
    "ids": "AND c.id = ANY(%(ids)s)",
    "holder": "AND a.login = %(holder)s",
}
RISKS = {"high": "WHERE risk >= 4", "medium": "WHERE risk BETWEEN 2 AND 3", "low": "WHERE risk < 2"}
COUNTS = """
    SELECT count(*), count(*) FILTER (WHERE c.due_on < %(on)s),
           count(*) FILTER (WHERE c.due_on >= %(on)s AND c.due_on <= %(soon)s),
           count(*) FILTER (WHERE c.due_on > %(soon)s), count(*) FILTER (WHERE a.case_id IS NULL)
    FROM cases_case c LEFT JOIN cases_assignment a ON a.case_id = c.id
    WHERE c.body = %(body)s AND c.state = 'waiting_person' AND c.due_on IS NOT NULL
"""
FEW = 200
SOME = """
    SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE body = %(body)s AND state = 'waiting_person'
                          AND due_on IS NOT NULL LIMIT %(more)s) few
"""
MINE = """
    SELECT count(*) FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id
    WHERE a.body = %(body)s AND a.login = %(login)s
      AND c.body = %(body)s AND c.state = 'waiting_person' AND c.due_on IS NOT NULL
"""
LOAD = """
    SELECT coalesce(a.login, ''), count(*), count(*) FILTER (WHERE c.due_on < %(on)s),
           count(*) FILTER (WHERE c.due_on >= %(on)s AND c.due_on <= %(soon)s), min(c.due_on)
    FROM cases_case c LEFT JOIN cases_assignment a ON a.case_id = c.id
    WHERE c.body = %(body)s AND c.state = 'waiting_person' AND c.due_on IS NOT NULL
    GROUP BY 1
"""
DECIDED = """
    SELECT decided_by, count(*), count(*) FILTER (WHERE kind = 'refuse') FROM cases_decision
    WHERE body = %(body)s AND decided_by <> '' AND "on" > %(since)s AND "on" <= %(on)s GROUP BY decided_by
"""
SAMPLE = """
    SELECT d.id, d.number, d."on", d.kind, d.title, d.recipient_id, d.decided_by FROM cases_decision d
    WHERE d.body = %(body)s AND d.decided_by <> '' AND d."on" > %(since)s AND d."on" <= %(on)s
      AND ('x' || left(md5(d.id::text || %(salt)s), 8))::bit(32)::bigint %% 100 < %(percent)s
      AND NOT EXISTS (SELECT 1 FROM cases_appeal p WHERE p.decision_id = d.id)
    ORDER BY d."on" DESC, d.number LIMIT %(limit)s
"""
TAKE = """
    INSERT INTO cases_claim (case_id, body, login, until) VALUES (%(case)s, %(body)s, %(login)s, %(until)s)
    ON CONFLICT (case_id) DO UPDATE SET login = excluded.login, until = excluded.until
    WHERE cases_claim.login = excluded.login OR cases_claim.until <= %(now)s OR %(by_force)s
    RETURNING login
"""
GIVE = """
    INSERT INTO cases_assignment (case_id, body, login, given_by)
    SELECT case_id, %(body)s, login, %(by)s FROM unnest(%(cases)s::uuid[], %(logins)s::text[]) AS t(case_id, login)
    WHERE login <> '' ORDER BY case_id
    ON CONFLICT (case_id) DO UPDATE SET login = excluded.login, given_by = excluded.given_by, given_at = now()
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases of the queue: a measure, a term (late, soon, later), whose (mine, free, others), a risk (high,
    medium, low). What is empty is not asked."""

    measure: str = ""
    term: str = ""
    whose: str = ""
    risk: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """A waiting case as the queue shows it. `risk`: 0 and more, 4 is high; `claimed_by` has it open just now."""

    case_id: UUID
    measure: str
    title: str
    subject_id: UUID
    recipient_id: UUID
    due_on: date
    is_overdue: bool
    waits_for: str
    assignee: str
    claimed_by: str
    risk: int


@dataclass(frozen=True, slots=True)
class Load:
    """One officer's share (login empty: nobody's cases) and what was decided in the last thirty days."""

    login: str
    waiting: int
    late: int
    soon: int
    oldest: date | None
    decided: int
    refused: int


@dataclass(frozen=True, slots=True)
class BodyLoad:
    """Waiting and late cases of a body; figures only, so every role may compare."""

    body: str
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class HandoverView:
    """One act on many cases."""

    handover_id: UUID
    by: str
    made_at: datetime
    count: int
    to: tuple[str, ...]
    reason: str
    undone_by: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An officer's decision drawn for a second look."""

    decision_id: UUID
    number: str
    on: date
    kind: str
    title: str
    recipient_id: UUID
    decided_by: str


def queue(
    wanted: Wanted,
    *,
    body: str,
    login: str,
    on: date,
    now: datetime,
    limit: int,
    after: tuple[date, UUID] | None = None,
    ids: Sequence[UUID] | None = None,
    is_unclaimed: bool = False,
) -> list[QueuedCase]:
    """Waiting cases of a body, the nearest term first; `ids` narrows to these, `is_unclaimed` to what nobody else
    has open."""
    asked = [name for name in (wanted.term, wanted.whose) if name in NARROW]
    asked += ["measure"] * bool(wanted.measure) + ["after"] * bool(after) + ["unclaimed"] * is_unclaimed
    asked += ["ids"] * (ids is not None) + ["holder"] * bool(wanted.holder)
    values = _days(on) | {
        "body": body, "login": login, "now": now, "limit": limit, "measure": wanted.measure, "ids": list(ids or ()),
        "after_day": after and after[0], "after_id": after and after[1], "holder": wanted.holder,
    }  # fmt: skip
    narrow = " ".join(NARROW[name] for name in asked)
    return [QueuedCase(*row) for row in _rows(QUEUE.format(narrow=narrow, risky=RISKS.get(wanted.risk, "")), values)]


def counts(*, body: str, on: date) -> dict[str, int]:
    """{"all", "late", "soon", "later", "free": cases}: the same for all officers of the body."""
    (row,) = _rows(COUNTS, _days(on) | {"body": body})
    return dict(zip(("all", "late", "soon", "later", "free"), row, strict=True))


def count_mine(*, body: str, login: str) -> int:
    """How many of the waiting cases are this officer's."""
    ((found,),) = _rows(MINE, {"body": body, "login": login})
    return int(found)


def few_wait(*, body: str) -> bool:
    """At most `FEW` cases of the body wait: counting them is as cheap as showing a page."""
    ((found,),) = _rows(SOME, {"body": body, "more": FEW + 1})
    return int(found) <= FEW


def measures_waiting(*, body: str) -> dict[str, str]:
    """Measures whose cases wait, code → title, by title."""
    rows = _rows(
        "SELECT measure, min(title) FROM cases_case WHERE body = %(body)s AND state = 'waiting_person'"
        " AND due_on IS NOT NULL GROUP BY measure ORDER BY 2, 1",
        {"body": body},
    )
    return dict(rows)


def claim(*, case_id: UUID, body: str, login: str, now: datetime, by_force: bool = False) -> tuple[str, datetime]:
    """Hold a case open for a while; who holds it (maybe another officer) and until when.

    `by_force` takes it from whoever holds it."""
    until = now + timedelta(minutes=tunables.value("claim_minutes"))
    values = {"case": case_id, "body": body, "login": login, "until": until, "now": now, "by_force": by_force}
    if _rows(TAKE, values):
        return login, until
    held = Claim.objects.get(case_id=case_id)
    return held.login, held.until


def holder(*, case_id: UUID, now: datetime) -> str:
    """Who has the case open, empty when nobody has."""
    return Claim.objects.filter(case_id=case_id, until__gt=now).values_list("login", flat=True).first() or ""


def release(*, case_id: UUID, login: str) -> None:
    """Let the case go."""
    Claim.objects.filter(case_id=case_id, login=login).delete()


@transaction.atomic
def hand_over(
    *, cases: Sequence[UUID], logins: Sequence[str], body: str, by: str, reason: str = "", now: datetime
) -> UUID | None:
    """Give each case to the officer standing beside it (empty: to nobody); those that no longer wait are left out.

    Returns what to undo by, None when nothing was changed."""
    given = dict(zip(cases[:MOST_AT_ONCE], logins, strict=False))
    rows = _rows(
        "SELECT c.id, coalesce(a.login, '') FROM cases_case c LEFT JOIN cases_assignment a ON a.case_id = c.id"
        " WHERE c.id = ANY(%(ids)s) AND c.body = %(body)s AND c.state = 'waiting_person' ORDER BY c.id FOR UPDATE OF c",
        {"ids": list(given), "body": body},
    )
    moved = [(case_id, before, given[case_id]) for case_id, before in rows if before != given[case_id]]
    if not moved:
        return None
    ids, before, after = (list(column) for column in zip(*moved, strict=True))
    _assign(ids, after, body, by)
    act = Handover.objects.create(
        id=uuid4(), body=body, by=by, cases=ids, before=before, after=after, reason=reason, made_at=now
    )
    return act.id


@transaction.atomic
def undo(*, handover_id: UUID, body: str, by: str, now: datetime) -> int:
    """Give the cases back to whom they were, those excepted that somebody handed over since; return how many.

    Raises HandoverNotOpen (unknown, another body's, or undone before)."""
    act = Handover.objects.select_for_update().filter(id=handover_id, body=body, undone_at=None).first()
    if act is None:
        raise HandoverNotOpen()
    back = dict(zip(act.cases, zip(act.before, act.after, strict=True), strict=True))
    rows = _rows(
        "SELECT c.id, coalesce(a.login, '') FROM cases_case c LEFT JOIN cases_assignment a ON a.case_id = c.id"
        " WHERE c.id = ANY(%(ids)s) ORDER BY c.id FOR UPDATE OF c",
        {"ids": act.cases},
    )
    same = [(case_id, back[case_id][0]) for case_id, login in rows if login == back[case_id][1]]
    if same:
        ids, logins = (list(column) for column in zip(*same, strict=True))
        _assign(ids, logins, body, by)
    act.undone_by, act.undone_at = by, now
    act.save(update_fields=["undone_by", "undone_at"])
    return len(same)


def spread(cases: Sequence[QueuedCase], logins: Sequence[str], loads: Sequence[Load]) -> list[str]:
    """For each case the officer who has least to do, counting what this spread gives: no one is left idle."""
    waiting = dict.fromkeys(logins, 0) | {one.login: one.waiting for one in loads if one.login in logins}
    chosen = []
    for _ in cases:
        least = min(sorted(waiting), key=waiting.__getitem__)
        waiting[least] += 1
        chosen.append(least)
    return chosen


def handovers(*, body: str, limit: int = 10) -> list[HandoverView]:
    """The newest first."""
    return [
        HandoverView(
            row.id, row.by, row.made_at, len(row.cases), tuple(sorted(set(row.after))), row.reason, row.undone_by
        )
        for row in Handover.objects.filter(body=body).order_by("-made_at")[:limit]
    ]


def load(*, body: str, on: date) -> list[Load]:
    """Who has how much, the busiest first; officers who only decided lately are there too."""
    values = _days(on) | {"body": body, "since": on - timedelta(days=30)}
    waits = {row[0]: row[1:] for row in _rows(LOAD, values)}
    done = {row[0]: row[1:] for row in _rows(DECIDED, values)}
    found = [Load(login, *waits.get(login, (0, 0, 0, None)), *done.get(login, (0, 0))) for login in {*waits, *done}]
    return sorted(found, key=lambda one: (-one.late, -one.waiting, one.login))


def bodies() -> list[BodyLoad]:
    """All bodies, the latest first; read from a view without personal data."""
    return [
        BodyLoad(*row) for row in _rows("SELECT body, waiting, late FROM cases_body_load ORDER BY late DESC, 1", {})
    ]


def sample(*, body: str, on: date, percent: int, days: int = 30, limit: int = 20) -> list[Sample]:
    """Officers' decisions of the last days drawn for a second look: the same ones all month, `percent` of all.

    Those already complained about or looked at again are left out."""
    salt = f"{on:%Y-%m}"
    values = {"body": body, "on": on, "since": on - timedelta(days=days), "percent": percent, "salt": salt}
    return [Sample(*row) for row in _rows(SAMPLE, values | {"limit": limit})]


def saved_queues(*, login: str) -> list[tuple[str, str]]:
    """Name and filter of each, by name."""
    return list(SavedQueue.objects.filter(login=login).order_by("name").values_list("name", "query"))


def save_queue(*, login: str, name: str, query: str) -> None:
    """Keep a filter under a name. Raises QueueNameTaken."""
    _, is_new = SavedQueue.objects.get_or_create(login=login, name=name, defaults={"query": query})
    if not is_new:
        raise QueueNameTaken(name=name)


def forget_queue(*, login: str, name: str) -> None:
    SavedQueue.objects.filter(login=login, name=name).delete()


def _assign(ids: Sequence[UUID], logins: Sequence[str], body: str, by: str) -> None:
    nobodys = [case_id for case_id, login in zip(ids, logins, strict=True) if not login]
    with connection.cursor() as cursor:
        cursor.execute(GIVE, {"cases": list(ids), "logins": list(logins), "body": body, "by": by})
        cursor.execute("DELETE FROM cases_assignment WHERE case_id = ANY(%s)", [nobodys])


def _days(on: date) -> dict[str, Any]:
    return {"on": on, "soon": on + timedelta(days=tunables.value("soon_days"))}


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
