"""The decision as a document: one machine-readable object, and its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from kazna.contexts.cases.bodies import body_title
from kazna.contexts.cases.contracts import DecisionKind
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.wording import long_day, month_of, sum_of, term
from kazna.contexts.measures.contracts import Right
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.kernel.identifiers import format_snils
from kazna.kernel.money import roubles_and_kopecks

FORMAT, FACTS_USED = "decision/1", "Использованные сведения:"
APPEAL = (
    "Решение можно обжаловать: подайте жалобу в вышестоящий орган лично, по почте или через МФЦ "
    "(глава 2.1 Федерального закона от 27.07.2010 № 210-ФЗ) либо административный иск в суд в течение "
    "трёх месяцев со дня, когда вы узнали о решении (глава 22 Кодекса административного судопроизводства РФ)."
)
HEADINGS = {
    DecisionKind.GRANT: "О назначении",
    DecisionKind.REFUSE: "Об отказе в назначении",
    DecisionKind.CHANGE: "Об изменении размера или срока",
    DecisionKind.STOP: "О прекращении",
    DecisionKind.SUSPEND: "О приостановлении",
    DecisionKind.RESUME: "О возобновлении",
    DecisionKind.CORRECT: "Об исправлении ошибки",
}


SOURCES = {
    "zags": "ЗАГС",
    "fri": "реестр инвалидов",
    "sfr": "Социальный фонд",
    "fns": "налоговая служба",
    "szn": "служба занятости",
    "mvd": "МВД",
    "bank": "банк",
    "epgu": "Госуслуги",
    "citizen": "сам гражданин",
    "officer": "сотрудник",
}


def compose(decision: Decision, right: Right | None, facts: Sequence[Fact]) -> dict[str, Any]:
    """The document of a decision whose own fields are set.

    Built only from the decision's fields, the right and the facts it used, so that it can be built again.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "number": decision.number,
        "date": decision.on.isoformat(),
        "kind": decision.kind,
        "body": {"code": decision.body, "title": body_title(decision.body)},
        "person": decision.wording["recipient"],
        "about": decision.wording["subject"],
        "measure": {"id": decision.measure, "title": decision.title, "law": list(right.law) if right else []},
        "rule": _rule(right) if right else None,
        "conditions": [dict(condition) for condition in right.conditions] if right else [],
        "reasons": list(_reasons(decision, right)),
        "amount": _amount(decision, right),
        "term": {"first_day": _iso(decision.first_day), "last_day": _iso(decision.last_day)},
        "facts": facts_told(facts, decision.wording.get("facts", {})),
        "ground": decision.ground,
        "decided_by": {
            "kind": "officer" if decision.decided_by else "rule",
            "login": decision.decided_by,
            "reason": decision.reason if decision.decided_by else "",
        },
        "appeal": APPEAL,
    }
    if decision.confirmed_by:
        document["decided_by"]["confirmed_by"] = decision.confirmed_by
    document["lines"] = list(_lines(decision, document, right))
    return document


def person_told(card: PersonCard) -> dict[str, Any]:
    """Name and СНИЛС as they are on the day of the decision: later changes do not touch it."""
    return {"person_id": str(card.person_id), "name": card.full_name, "snils": card.snils}


def _rule(right: Right) -> dict[str, Any]:
    return {
        "right_id": str(right.id),
        "state": right.state,
        "edition": right.edition_digest,
        "edition_from": right.edition_from.isoformat(),
        "release": right.release_digest,
        "evaluated_on": right.on.isoformat(),
        "missing": [missing.title for missing in right.missing],
    }


def _reasons(decision: Decision, right: Right | None) -> Iterable[str]:
    if decision.reason:
        yield decision.reason
    if right:
        yield from right.sentences


def _amount(decision: Decision, right: Right | None) -> dict[str, Any] | None:
    if decision.amount_kopecks is None:
        return None
    period = right.period if right else decision.ground.get("period", "month")
    return {
        "kopecks": decision.amount_kopecks,
        "period": period,
        "text": sum_of(decision.amount_kopecks, period),
        "trace": {key: value for key, value in right.trace.items() if key != "conditions"} if right else None,
    }


def facts_told(facts: Sequence[Fact], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Facts used, in the order they were recorded; their titles are those of the day."""
    return [_fact(fact, titles) for fact in sorted(facts, key=attrgetter("seq"))]


def _fact(fact: Fact, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": str(fact.id),
        "kind": fact.kind,
        "title": titles[fact.kind],
        "thing": fact.thing,
        "source": fact.source,
        "valid_from": _iso(fact.valid_from),
        "valid_to": _iso(fact.valid_to),
        "known_on": _iso(fact.known_on),
    }


def _lines(decision: Decision, document: Mapping[str, Any], right: Right | None) -> Iterable[str]:
    person, about = document["person"], document["about"]
    yield f"Решение № {decision.number} от {long_day(decision.on)}"
    yield document["body"]["title"]
    yield f"{HEADINGS[DecisionKind(decision.kind)]}: {decision.title}"
    yield f"Получатель: {named(person)}"
    if about:
        yield f"В отношении: {named(about)}"
    if decision.kind == DecisionKind.SUSPEND:
        yield f"Приостановить с {long_day(decision.first_day)}."
    elif decision.kind == DecisionKind.STOP:
        yield f"Прекратить с {long_day(decision.first_day)}."
    elif document["amount"]:
        yield f"Размер: {document['amount']['text']}."
        if days := term(decision.first_day, decision.last_day, document["amount"]["period"]):
            yield f"Срок: {days}."
    if decision.ground.get("against"):
        yield f"Принято по жалобе вместо решения № {decision.ground['against']}."
    yield from _difference_lines(decision.ground.get("differences", ()))
    yield "Почему:"
    yield from (f"• {reason}" for reason in document["reasons"])
    if right:
        yield f"Правовые основания: {'; '.join(right.law)}."
        yield (
            f"Правило: редакция, действующая с {long_day(right.edition_from)}, "
            f"отпечаток {right.edition_digest[:16]}, вычислено {long_day(right.on)}"
        )
    if document["facts"]:
        yield FACTS_USED
        yield from fact_lines(document["facts"])
    if decision.decided_by:
        yield f"Решение принято сотрудником: {decision.decided_by}."
        if decision.confirmed_by:
            yield f"Подтвердил второй сотрудник: {decision.confirmed_by}."
    else:
        yield "Решение принято автоматически по правилу и сведениям, указанным выше."
    yield APPEAL


def _difference_lines(differences: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Months counted again, and what comes of them in all."""
    if not differences:
        return
    yield "Пересчёт за прошлые месяцы:"
    for one in differences:
        was, due = roubles_and_kopecks(one["was_kopecks"]), roubles_and_kopecks(one["due_kopecks"])
        yield f"• {month_of(date.fromisoformat(one['month']))}: было {was}, положено {due}"
    total = sum(one["due_kopecks"] - one["was_kopecks"] for one in differences)
    if total > 0:
        yield f"Доплата: {roubles_and_kopecks(total)}."
    elif total < 0:
        yield f"Излишне назначено: {roubles_and_kopecks(-total)}."


def named(person: Mapping[str, Any]) -> str:
    return f"{person['name']}, СНИЛС {format_snils(person['snils'])}" if person["snils"] else person["name"]


def fact_lines(facts: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """What was used, in words, each once."""
    return dict.fromkeys(map(_fact_line, facts))


def _fact_line(fact: Mapping[str, Any]) -> str:
    source = SOURCES.get(fact["source"], fact["source"])
    since = long_day(date.fromisoformat(fact["valid_from"]))
    until = f" до {long_day(date.fromisoformat(fact['valid_to']))}" if fact["valid_to"] else ""
    return f"• {fact['title']} — {source}, с {since}{until}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
