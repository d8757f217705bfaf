"""Many objects enter by COPY as a few enter by INSERT."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from kazna.contexts.determination.models import Chunk, Proposal
from kazna.plumbing import new_rows
from kazna.plumbing.new_rows import insert_all

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
