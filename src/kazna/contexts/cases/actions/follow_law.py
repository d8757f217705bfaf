"""Notice a law that came late, and count anew what it touches."""

from __future__ import annotations

from datetime import date, datetime

from kazna.contexts.cases import recounts
from kazna.contexts.cases.models_indexation import LawLook
from kazna.contexts.measures import public as measures


def follow_law(on: date, now: datetime) -> None:
    """Count anew the awards of measures that a release since the last look changes for days behind.

    The first look only remembers the release. Each chunk of awards is its own transaction and the look is written last:
    cut off, it goes on where it was.
    """
    last = LawLook.objects.order_by("number").last()
    digest = measures.release_in_force()
    if last is not None and last.release_digest == digest and last.on >= on:
        return
    changed = measures.measures_changed_since(last.release_digest, seen_on=last.on, on=on) if last else ()
    if changed:
        done = recounts.reconsider(measures_named=changed, on=on, now=now)
        decisions = sum(done.decisions.values())
    else:
        decisions = 0
    if last is not None and not changed and last.release_digest == digest:
        LawLook.objects.filter(pk=last.pk).update(on=on)
        return
    kept = measures.store_release()
    LawLook.objects.create(release_digest=kept, on=on, measures=list(changed), decisions=decisions)
