"""Many objects enter by COPY as a few enter by INSERT."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from kazna.contexts.cases.models import Award, AwardStop, Decision
from kazna.contexts.determination.models import Chunk, Proposal
from kazna.contexts.notifications.actions.write_notices import write_notices
from kazna.contexts.notifications.contracts import NewNotice
from kazna.contexts.notifications.models import Notice
from kazna.contexts.payments.models import Payee
from kazna.events.cause import Cause
from kazna.plumbing import bulk, new_rows
from kazna.plumbing.new_rows import fresh, insert_all

pytestmark = pytest.mark.django_db


def proposals(first: int):
    return [
        Proposal(
            id=UUID(int=number), on=date(2026, 2, 1), made_on=date(2026, 2, 2), made_by='ольга\t"1"\\', engine="duckdb",
            law="x", territories=["77", "50"], limits={"awards": 5, "words": ["é", None, "\\n"]}, report={},
            state=Proposal.State.HELD, reason="line\nline",
        )
        for number in range(first, first + 2)
    ]  # fmt: skip


def notice(number: int) -> NewNotice:
    return NewNotice(
        recipient_id=UUID(int=1), key=f"k{number}", title="т", happened="h", why="w", next_step="", link="",
        on=date(2026, 2, 2), email=None, cause=Cause(None, datetime(2026, 2, 2, tzinfo=UTC)),
    )  # fmt: skip


def rows():
    names = [field.attname for field in Proposal._meta.fields if field.attname not in ("id", "recorded_at")]
    return list(Proposal.objects.order_by("id").values_list(*names))


def test_rows_are_the_same(monkeypatch):
    insert_all(proposals(1))
    monkeypatch.setattr(new_rows, "FEW", 0)
    copied = proposals(3)
    insert_all(copied)

    found = rows()
    assert len(found) == 4 and found[0] == found[1] == found[2] == found[3]
    assert not copied[0]._state.adding


def test_keys_of_the_database_are_its_own(monkeypatch):
    monkeypatch.setattr(new_rows, "FEW", 0)
    insert_all(proposals(1))
    insert_all([Chunk(proposal_id=UUID(int=1), first=n, last=n, is_new=True) for n in range(3)])
    insert_all([])

    assert Chunk.objects.count() == 3 and not Chunk.objects.filter(is_done=True).exists()


def payee(number: int, surname: str, forename: str) -> Payee:
    who = UUID(int=number)
    return Payee(person_id=who, holder_id=who, snils="", surname=surname, forename=forename, patronymic="")


@pytest.mark.parametrize("few", [0, 100])
def test_what_is_there_stays_or_is_renewed(monkeypatch, few):
    monkeypatch.setattr(new_rows, "FEW", few)
    monkeypatch.setattr(bulk, "FEW", 0)
    insert_all([payee(1, "a", "a"), payee(2, "a", "a")])

    insert_all([payee(2, "b", "b"), payee(3, "b", "b")], unless=["person_id"])
    assert names() == [("a", "a"), ("a", "a"), ("b", "b")]

    insert_all([payee(2, "c", "c"), payee(3, "c", "c")], unless=["person_id"], renewing=["surname"])
    assert names() == [("a", "a"), ("c", "a"), ("c", "b")]


def names():
    return list(Payee.objects.order_by("person_id").values_list("surname", "forename"))


def test_notices_of_many_keep_their_order_and_enter_once(monkeypatch):
    monkeypatch.setattr(new_rows, "FEW", 0)
    monkeypatch.setattr(bulk, "FEW", 0)
    notices = [notice(n) for n in (3, 1, 2, 1)]
    write_notices(notices)
    write_notices([*notices, notice(0)])

    assert list(Notice.objects.order_by("number").values_list("key", flat=True)) == ["k3", "k1", "k2", "k0"]


def test_an_object_made_quickly_is_as_django_makes_it():
    own = {"kind": "grant", "on": date(2025, 12, 15), "measure": "m", "title": "т"}
    for model, values in ((Decision, own), (Award, {"measure": "m", "ordinal": 1}), (AwardStop, {"award_id": uuid4()})):
        made, usual = fresh(model, **values), model(**values)
        names = [field.attname for field in model._meta.local_concrete_fields]
        assert all(type(getattr(made, name)) is type(getattr(usual, name)) for name in names)
        plain = [name for name in names if name != "recorded_at"]
        assert [getattr(made, name) for name in plain] == [getattr(usual, name) for name in plain]
        assert made._state.adding and made._state is not fresh(model, **values)._state
    assert fresh(Decision).ground is not fresh(Decision).ground
    with pytest.raises(TypeError, match="case"):
        fresh(Decision, case="c")
