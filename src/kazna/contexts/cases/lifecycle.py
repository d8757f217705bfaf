"""States of a case and the allowed moves, as a table; the documentation draws it."""

from __future__ import annotations

from kazna.contexts.cases.contracts import CaseState
from kazna.kernel.errors import DomainError

S = CaseState

MOVES: dict[CaseState, dict[CaseState, str]] = {
    S.RECEIVED: {
        S.COLLECTING: "не хватает сведений, ведомства спрошены",
        S.OFFERED: "нужно согласие гражданина",
        S.DETERMINED: "правило дало ответ",
        S.WAITING_PERSON: "сведений нет ни у одного ведомства",
        S.CLOSED: "основание отпало",
    },
    S.COLLECTING: {
        S.OFFERED: "сведения пришли, нужно согласие",
        S.DETERMINED: "сведения пришли, правило дало ответ",
        S.WAITING_PERSON: "ответа нет в срок или его не хватило",
        S.CLOSED: "основание отпало",
    },
    S.OFFERED: {
        S.RECEIVED: "гражданин согласился",
        S.COLLECTING: "гражданин обратился сам, ведомства спрошены",
        S.DETERMINED: "гражданин обратился сам, правило дало ответ",
        S.WAITING_PERSON: "гражданин обратился сам, сведений не хватает",
        S.CLOSED: "гражданин отказался или право отпало",
    },
    S.WAITING_PERSON: {
        S.OFFERED: "гражданин выбирает между мерами",
        S.COLLECTING: "сведения можно спросить у ведомства",
        S.DETERMINED: "решает сотрудник или пришли сведения",
        S.CLOSED: "основание отпало",
    },
    S.DETERMINED: {S.DECIDED: "решение подписано и пронумеровано"},
    S.DECIDED: {S.PROVIDED: "деньги дошли, сертификат выдан", S.CLOSED: "отказ сообщён"},
    S.PROVIDED: {S.CLOSED: "назначение прекращено или окончено"},
    S.CLOSED: {},
}

OPEN = frozenset({S.RECEIVED, S.COLLECTING, S.OFFERED, S.WAITING_PERSON})

TITLES = {
    S.RECEIVED: "принято",
    S.COLLECTING: "собираем сведения",
    S.OFFERED: "предложено",
    S.DETERMINED: "право определено",
    S.WAITING_PERSON: "ждёт сотрудника",
    S.DECIDED: "решено",
    S.PROVIDED: "предоставлено",
    S.CLOSED: "закрыто",
}


class MoveNotAllowed(DomainError):
    sentence = "Дело не может перейти из состояния «{before}» в «{after}»."


def check_move(before: CaseState, after: CaseState) -> None:
    """Raise MoveNotAllowed unless the table has the move."""
    if after not in MOVES[before]:
        raise MoveNotAllowed(before=TITLES[before], after=TITLES[after])


def mermaid() -> str:
    """The table as a state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.RECEIVED}"]
    lines += [f"    {state}: {title}" for state, title in TITLES.items()]
    lines += [f"    {before} --> {after}: {why}" for before, moves in MOVES.items() for after, why in moves.items()]
    lines += [f"    {S.CLOSED} --> [*]"]
    return "\n".join(lines)
