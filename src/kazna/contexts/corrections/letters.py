"""What a person reads when a correction is settled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from kazna.contexts.corrections.models import Correction
from kazna.contexts.notifications import public as notifications
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause


def tell_settled(*, correction_ids: Collection[UUID], on: date, cause: Cause) -> None:
    """One notice to whoever asked, once."""
    titles = registers.kind_titles()
    rows = Correction.objects.filter(id__in=list(correction_ids), settled_on__isnull=False)
    notifications.notify([_letter(row, titles.get(row.kind, row.kind), on, cause) for row in rows])


def _letter(row: Correction, title: str, on: date, cause: Cause) -> notifications.NewNotice:
    is_corrected = row.state == Correction.State.CORRECTED
    became = "Пришло новое сведение, прежнее больше не действует." if is_corrected else "Его проверили, оно остаётся."
    again = "Ничего делать не нужно: всё, что зависело от сведения, пересчитаем сами."
    disagree = "Если вы не согласны, покажите документ ведомству, которое сообщило сведение."
    return notifications.NewNotice(
        recipient_id=row.asked_by,
        key=f"correction/{row.id}/{row.state}",
        title="Сведение исправлено" if is_corrected else "Ответ на ваше обращение о сведении",
        happened=f"Вы сообщили, что неверно сведение «{title}». {became}",
        why="Его исправил тот, кто его сообщил." if is_corrected else f"Ответ специалиста: {row.reason}",
        next_step=again if is_corrected else disagree,
        link="/corrections/",
        on=on,
        cause=cause,
    )
