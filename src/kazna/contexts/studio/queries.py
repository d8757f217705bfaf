"""Reads of the studio."""

from __future__ import annotations

from uuid import UUID

from kazna.contexts.studio.contracts import AgreementView, DraftCard, DraftNotFound, RemarkView, VersionView
from kazna.contexts.studio.models import Agreement, Draft, Remark, Version

MOST = 200


def drafts(*, state: str = "") -> list[DraftCard]:
    """The newest first."""
    rows = Draft.objects.order_by("-begun_at", "-id")
    return [_card(row) for row in (rows.filter(state=state) if state else rows)[:MOST]]


def draft(draft_id: UUID) -> DraftCard:
    row = Draft.objects.filter(pk=draft_id).first()
    if row is None:
        raise DraftNotFound
    return _card(row)


def version(draft_id: UUID, number: int) -> VersionView:
    row = Version.objects.filter(draft_id=draft_id, number=number).first()
    if row is None:
        raise DraftNotFound
    return VersionView(row.number, row.measure_text, row.figures_text, row.saved_by, row.saved_at)


def versions(draft_id: UUID) -> list[tuple[int, str, object]]:
    """(number, who, when), the newest first."""
    rows = Version.objects.filter(draft_id=draft_id).order_by("-number")[:MOST]
    return [(row.number, row.saved_by, row.saved_at) for row in rows]


def remarks(draft_id: UUID) -> list[RemarkView]:
    rows = Remark.objects.filter(draft_id=draft_id).order_by("-id")[:MOST]
    return [RemarkView(row.version, row.line, row.text, row.written_by, row.written_at) for row in rows]


def agreements(draft_id: UUID, number: int) -> list[AgreementView]:
    rows = Agreement.objects.filter(draft_id=draft_id, version=number).order_by("id")
    return [AgreementView(row.part, row.agrees, row.remark, row.given_by, row.given_at) for row in rows]


def _card(row: Draft) -> DraftCard:
    return DraftCard(
        row.id, row.measure, row.title, row.region, row.first_day, row.state, row.version, row.author, row.begun_at,
        row.published_at, row.begun_from, row.launched_on, row.held_because,
    )  # fmt: skip
