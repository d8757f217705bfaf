"""What debtors are told about enforcement documents."""

from __future__ import annotations

from kazna.contexts.notifications.public import NewNotice
from kazna.events.payments import WritChanged

TITLES = {
    "started": "Из выплат будем удерживать по исполнительному документу",
    "changed": "Удержание по исполнительному документу изменилось",
    "suspended": "Удержание по исполнительному документу приостановлено",
    "resumed": "Удержание по исполнительному документу возобновлено",
    "paid": "Долг по исполнительному документу погашен",
    "ended": "Удержание по исполнительному документу окончено",
    "withdrawn": "Исполнительный документ отозван",
    "minimum": "Прожиточный минимум: решение по исполнительному документу",
    "minimum_refused": "Прожиточный минимум пока не сохраняем",
}
KEEPS = (
    "Если после удержаний остаётся меньше прожиточного минимума, подайте заявление в «Моих выплатах», раздел"
    " «Удержания»."
    " О долге и о несогласии с ним говорите с судом или приставом, который выдал документ."
)
NEXT_STEPS = {
    "started": KEEPS,
    "changed": KEEPS,
    "resumed": KEEPS,
    "minimum_refused": "Обратитесь к приставу, который ведёт производство, или обжалуйте отказ.",
}


def writ_letter(event: WritChanged) -> NewNotice:
    """One notice for each change of a document."""
    takes = f"Взыскивают: {event.claim.lower()}. {event.takes[:1].upper()}{event.takes[1:]}."
    return NewNotice(
        recipient_id=event.debtor_id,
        key=f"writ:{event.writ_id}:{event.what}:{event.cause.received_at.isoformat()}",
        title=TITLES[event.what],
        happened=f"Исполнительный документ № {event.number}. {takes}",
        why=f"{event.reason + '. ' if event.reason else ''}Закон: {event.law}.",
        next_step=NEXT_STEPS.get(event.what, "Ничего делать не нужно."),
        link="/withheld/",
        on=event.on,
        cause=event.cause,
        email=None,
    )
