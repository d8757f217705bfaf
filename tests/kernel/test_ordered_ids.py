"""Ids of a batch are new, of version 7 and in order."""

from kazna.kernel.ordered_ids import ordered_ids


def test_ids_of_a_batch_follow_one_another():
    ids = ordered_ids(1000)

    assert sorted(set(ids)) == ids
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {"specified in RFC 4122"}


def test_later_ids_come_after_those_of_an_earlier_moment(monkeypatch):
    moments = iter([1_000_000_000, 2_000_000_000])
    monkeypatch.setattr("kazna.kernel.ordered_ids.time.time_ns", lambda: next(moments))

    assert max(ordered_ids(10)) < min(ordered_ids(10))


def test_two_batches_of_one_moment_share_none(monkeypatch):
    monkeypatch.setattr("kazna.kernel.ordered_ids.time.time_ns", lambda: 1_000_000_000)

    assert not set(ordered_ids(100)) & set(ordered_ids(100))
