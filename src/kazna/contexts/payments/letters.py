"""What people are told about their money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kazna.contexts.notifications.public import NewNotice
from kazna.contexts.payments.models import Order, Payee
from kazna.events.cause import Cause
from kazna.events.payments import OverpaymentDecided
from kazna.kernel.money import roubles_and_kopecks

FOREIGN = (
    "Счёт, который вы дали, обслуживает карту не «Мир». Деньги бюджета зачисляют на карту, только если это «Мир»; счёт"
    " без карты тоже подходит (161-ФЗ, статья 30.5)."
)
GIVE_ACCOUNT = "Откройте «Мои выплаты» и дайте другой счёт на своё имя: деньги уйдут на него в ближайший рабочий день."


def no_account_letter(payee: Payee, amount_kopecks: int, on: date, cause: Cause) -> NewNotice:
    """There is nowhere to send the money."""
    return NewNotice(
        recipient_id=payee.holder_id,
        key=f"no-account:{payee.person_id}:{on}",
        title="Некуда перевести деньги",
        happened=f"Вам положено {roubles_and_kopecks(amount_kopecks)}, но мы не знаем вашего счёта.",
        why=FOREIGN if payee.is_foreign_card else "Ни вы, ни ведомства не сообщали действующий счёт на ваше имя.",
        next_step=GIVE_ACCOUNT,
        link="/payments/",
        on=on,
        cause=cause,
        email=payee.email,
    )


def returned_letter(payee: Payee, orders: Sequence[Order], register: str, on: date, cause: Cause) -> NewNotice:
    """The bank sent money back: one notice for all sums of one register."""
    total = roubles_and_kopecks(sum(order.amount_kopecks for order in orders))
    reasons = "; ".join(dict.fromkeys(order.return_reason for order in orders))
    return NewNotice(
        recipient_id=payee.holder_id,
        key=f"returned:{payee.person_id}:{register}",
        title="Деньги не дошли: нужен другой счёт",
        happened=f"Банк вернул {total}. Деньги сохранены за вами и никуда не пропадут.",
        why=f"Банк объяснил так: {reasons}.",
        next_step=GIVE_ACCOUNT,
        link="/account/",
        on=on,
        cause=cause,
        email=payee.email,
    )


def reissued_letter(payee: Payee, amount_kopecks: int, on: date, cause: Cause) -> NewNotice:
    """A new account came: what was waiting goes out."""
    return NewNotice(
        recipient_id=payee.holder_id,
        key=f"reissued:{payee.person_id}:{payee.account}:{on}",
        title="Новый счёт принят, деньги отправляем",
        happened=f"На счёт, который оканчивается на {payee.account[-4:]}, уйдёт {roubles_and_kopecks(amount_kopecks)}.",
        why="Вы дали другой счёт. Отправляем только то, что не дошло раньше.",
        next_step="Ничего делать не нужно. Когда банк зачислит деньги, мы сообщим.",
        link="/payments/",
        on=on,
        cause=cause,
        email=payee.email,
    )


def credited_letter(payee: Payee, order: Order, title: str, on: date, cause: Cause) -> NewNotice:
    """The first money of an award, or money that had been sent back, has come."""
    return NewNotice(
        recipient_id=payee.holder_id,
        key=f"credited:{order.id}",
        title=f"Деньги пришли: {title}",
        happened=f"Банк зачислил {roubles_and_kopecks(order.amount_kopecks)} на счёт с окончанием "
        f"{order.line.account[-4:]}.",
        why="Это выплата вместо той, которую банк вернул."
        if order.attempt > 1
        else "Это первая выплата по решению, которое есть в вашем кабинете.",
        next_step="Ничего делать не нужно.",
        link="/payments/",
        on=on,
        cause=cause,
        email=payee.email,
    )


NEXT_STEPS = {
    "withholding": "Мы будем удерживать до {percent} % из следующих выплат. Можно вернуть всё сразу или попросить "
    "рассрочку. Если не согласны, решение можно обжаловать.",
    "court": "По решению суда мы будем удерживать до {percent} % из следующих выплат.",
    "voluntary": "Верните деньги по реквизитам из кабинета. Если вернуть сразу трудно, попросите рассрочку. "
    "Если не согласны, решение можно обжаловать.",
    "write_off": "Ничего возвращать не нужно.",
}


def overpayment_letter(event: OverpaymentDecided) -> NewNotice:
    """What was decided about money paid beyond the right."""
    kept = event.means == "write_off"
    return NewNotice(
        recipient_id=event.recipient_id,
        key=f"overpayment:{event.overpayment_id}",
        title="Переплату возвращать не нужно" if kept else "Решение о возврате переплаты",
        happened=f"Вам выплатили лишние {roubles_and_kopecks(event.amount_kopecks)}. Решение № {event.number}.",
        why=event.explanation,
        next_step=NEXT_STEPS[event.means].format(percent=event.percent),
        link="/debts/",
        on=event.on,
        cause=event.cause,
        email=None,
    )
