"""States of a payment order and the allowed moves, as a table; the documentation draws it."""

from __future__ import annotations

from kazna.contexts.payments.contracts import OrderState

S = OrderState

MOVES: dict[OrderState, dict[OrderState, str]] = {
    S.SCHEDULED: {
        S.IN_REGISTER: "попало в реестр банку",
        S.HELD: "счёт отказал или лимит исчерпан",
        S.CANCELLED: "назначение прекращено",
    },
    S.HELD: {S.SCHEDULED: "есть счёт и лимит", S.CANCELLED: "назначение прекращено"},
    S.IN_REGISTER: {S.SENT: "банк принял реестр"},
    S.SENT: {S.CREDITED: "банк подтвердил зачисление", S.RETURNED: "банк отказал"},
    S.RETURNED: {S.REISSUED: "отправлено снова на другой счёт", S.CANCELLED: "назначение прекращено"},
    S.CREDITED: {S.RETURNED: "деньги вернулись позже"},
    S.REISSUED: {},
    S.CANCELLED: {},
}

LIVE = (S.SCHEDULED, S.HELD, S.IN_REGISTER, S.SENT, S.CREDITED)
STANDING = (S.HELD, S.RETURNED)  # until a person does something

# Orders `o` that leave by the next registers, asked so that an index of what is not settled finds them.
TO_SEND = f"o.state = '{S.SCHEDULED}' AND o.is_live AND o.settled_on IS NULL"

TITLES = {
    S.SCHEDULED: "запланировано",
    S.HELD: "ждёт счёта или лимита",
    S.IN_REGISTER: "в реестре",
    S.SENT: "отправлено в банк",
    S.CREDITED: "зачислено",
    S.RETURNED: "возвращено банком",
    S.REISSUED: "отправлено снова",
    S.CANCELLED: "отменено",
}


def mermaid() -> str:
    """The table as a state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.SCHEDULED}", f"    [*] --> {S.HELD}: счёта нет"]
    lines += [f"    {state}: {title}" for state, title in TITLES.items()]
    lines += [f"    {before} --> {after}: {why}" for before, moves in MOVES.items() for after, why in moves.items()]
    lines += [f"    {state} --> [*]" for state, moves in MOVES.items() if not moves]
    return "\n".join(lines)
