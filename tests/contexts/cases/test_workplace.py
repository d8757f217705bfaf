"""Officers share a queue: filters, claims, handovers and their undoing, load, samples; bodies keep apart."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from kazna.cli.database import grant_web_role
from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Case
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
ON, NOW = date(2026, 2, 16), datetime(2026, 2, 16, 9, tzinfo=UTC)
W = cases.workplace


def waiting(number: int, *, due: int = 0, body: str = "sfr-77", measure: str = "m", is_for_child: bool = False) -> UUID:
    """A case that waits, `due` days from today."""
    person = uuid4()
    return Case.objects.create(
        id=UUID(int=number), measure=measure, code="A", title=f"Дело {number}",
        subject_id=uuid4() if is_for_child else person,
        recipient_id=person, ordinal=1, body=body, territory="77", state="waiting_person", trigger="fact", opened_on=ON,
        due_on=ON + timedelta(days=due), right_id=uuid4(),
    ).id  # fmt: skip


def queue(login="a", **wanted):
    return [
        int(one.case_id) for one in W.queue(W.Wanted(**wanted), body="sfr-77", login=login, on=ON, now=NOW, limit=99)
    ]


def give(ids, login, by="chief"):
    return W.hand_over(cases=ids, logins=[login] * len(ids), body="sfr-77", by=by, now=NOW)


def test_the_queue_is_narrowed_by_term_risk_measure_and_holder():
    waiting(1, due=-1, is_for_child=True)
    waiting(2, due=2, measure="n")
    waiting(3, due=9)
    waiting(4, due=-9, body="dszn-77")
    give([UUID(int=3)], "b")

    assert queue() == [1, 2, 3]
    assert (queue(term="late"), queue(term="soon"), queue(term="later")) == ([1], [2], [3])
    assert (queue(risk="high"), queue(risk="medium"), queue(risk="low")) == ([1], [2], [3])
    assert (queue(measure="n"), queue(whose="free"), queue(login="b", whose="mine"), queue(whose="others")) == (
        [2], [1, 2], [3], [3],
    )  # fmt: skip
    assert queue(holder="b") == [3]
    assert W.counts(body="sfr-77", on=ON) == {"all": 3, "late": 1, "soon": 1, "later": 1, "free": 2}
    assert W.count_mine(body="sfr-77", login="b") == 1
    assert W.measures_waiting(body="sfr-77") == {"m": "Дело 1", "n": "Дело 2"}


def test_a_page_follows_the_last_row():
    for number in range(1, 6):
        waiting(number, due=number // 3)

    rows, after = [], None
    while page := W.queue(W.Wanted(), body="sfr-77", login="a", on=ON, now=NOW, limit=2, after=after):
        rows += [int(one.case_id) for one in page]
        after = (page[-1].due_on, page[-1].case_id)

    assert rows == [1, 2, 3, 4, 5]


def test_a_case_is_held_by_one_until_let_go_late_or_taken():
    case_id = waiting(1)

    assert W.claim(case_id=case_id, body="sfr-77", login="a", now=NOW)[0] == "a"
    assert W.claim(case_id=case_id, body="sfr-77", login="b", now=NOW)[0] == "a"
    assert [one.claimed_by for one in W.queue(W.Wanted(), body="sfr-77", login="b", on=ON, now=NOW, limit=9)] == ["a"]
    assert W.queue(W.Wanted(), body="sfr-77", login="b", on=ON, now=NOW, limit=9, is_unclaimed=True) == []
    later = NOW + timedelta(minutes=16)
    assert W.claim(case_id=case_id, body="sfr-77", login="b", now=later)[0] == "b"
    assert W.claim(case_id=case_id, body="sfr-77", login="a", now=later, by_force=True)[0] == "a"
    W.release(case_id=case_id, login="b")
    assert W.holder(case_id=case_id, now=later) == "a"
    W.release(case_id=case_id, login="a")
    assert W.holder(case_id=case_id, now=later) == ""


def test_a_handover_is_undone_once_and_spares_what_moved_since():
    ids = [waiting(number) for number in (1, 2, 3)]
    give(ids[:1], "a")
    act = give(ids, "b")
    give(ids[2:], "c")

    assert W.undo(handover_id=act, body="sfr-77", by="chief", now=NOW) == 2
    assert [one.assignee for one in W.queue(W.Wanted(), body="sfr-77", login="", on=ON, now=NOW, limit=9)] == [
        "a",
        "",
        "c",
    ]
    for again in (act, uuid4()):
        with pytest.raises(W.HandoverNotOpen):
            W.undo(handover_id=again, body="sfr-77", by="chief", now=NOW)
    with pytest.raises(W.HandoverNotOpen):
        W.undo(handover_id=give(ids, "d"), body="dszn-77", by="stranger", now=NOW)


def test_what_no_longer_waits_is_not_handed_over():
    gone, stays, others = waiting(1), waiting(2), waiting(3, body="dszn-77")
    Case.objects.filter(id=gone).update(state="decided")

    act = give([gone, stays, others, uuid4()], "b")

    assert [(one.handover_id, one.count) for one in W.handovers(body="sfr-77")] == [(act, 1)]
    assert give([stays], "b") is None
    assert give([], "b") is None


def test_a_spread_evens_the_load():
    rows = [*map(waiting, range(1, 8))]
    give(rows[:4], "a")
    free = W.queue(W.Wanted(whose="free"), body="sfr-77", login="", on=ON, now=NOW, limit=9)

    loads = W.load(body="sfr-77", on=ON)

    assert {one.login: one.waiting for one in loads} == {"a": 4, "": 3}
    assert W.spread(free, ["a", "b", "c"], loads) == ["b", "c", "b"]


def test_kept_queues_are_ones_own():
    W.save_queue(login="a", name="Горит", query="term=late")

    with pytest.raises(W.QueueNameTaken):
        W.save_queue(login="a", name="Горит", query="")
    assert (W.saved_queues(login="a"), W.saved_queues(login="b")) == ([("Горит", "term=late")], [])
    W.forget_queue(login="a", name="Горит")
    assert W.saved_queues(login="a") == []


def test_another_body_sees_none_of_it():
    waiting(1)
    give([UUID(int=1)], "a")
    W.claim(case_id=UUID(int=1), body="sfr-77", login="a", now=NOW)
    grant_web_role()
    with acting_as(Viewer("officer", "x", "dszn-77", "77")), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kazna_web")
        seen = [
            W.queue(W.Wanted(), body="sfr-77", login="a", on=ON, now=NOW, limit=9), W.handovers(body="sfr-77"),
            W.holder(case_id=UUID(int=1), now=NOW), W.load(body="sfr-77", on=ON),
        ]  # fmt: skip
        figures = W.bodies()
        cursor.execute("RESET ROLE")

    assert seen == [[], [], "", []]
    assert [(one.body, one.waiting) for one in figures] == [("sfr-77", 1)]
