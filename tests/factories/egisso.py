"""Facts of assignment in our words, packages of them, and a state to judge them by."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from kazna.contexts.egisso.classifier.lists import own_content, own_lists, sets_of, with_lists
from kazna.contexts.egisso.control.check import RecordVerdict, check_message
from kazna.contexts.egisso.control.findings import Finding
from kazna.contexts.egisso.control.known import Known, KnownMeasure
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.kernel.identifiers import snils_control

SPACE = UUID("00000000-0000-0000-0000-00000000e615")
ON = date(2026, 3, 2)
BODY, STRANGER = "0001.000001", "0002.000002"
FACTS = "10.06.S/1.1.0"
KBK = "14810030310001200313"


def ident(name: object) -> str:
    return str(uuid5(SPACE, str(name)))


MEASURE, CATEGORY = ident("measure"), ident("category")


def snils(number: int) -> str:
    return f"{number:09d}{snils_control(f'{number:09d}')}"


def person(number: int = 112233445, **changes: Any) -> dict[str, Any]:
    return {
        "snils": snils(number), "surname": "Смирнова", "forename": "Анна", "patronymic": "Сергеевна", "sex": "F",
        "birth_date": "1995-05-01", **changes,
    }  # fmt: skip


def fact(name: object = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": ident(name), "body": BODY, "receiver": person(), "measure_id": MEASURE, "category_id": CATEGORY,
        "decided_on": "2026-02-05", "first_day": "2026-02-01", "last_day": "2027-01-31", "uses_need": False,
        "provision": {"monetaryForm": {"amount": "1000.00"}}, **changes,
    }  # fmt: skip


def change(name: object, of: object = 1, **changes: Any) -> dict[str, Any]:
    return {"id": ident(name), "fact_id": ident(of), **changes}


def facts_package(*records: tuple[str, dict[str, Any]] | dict[str, Any], name: object = "package") -> bytes:
    """A 10.06.S 1.1.0 package; a bare card is a new fact."""
    named = [one if isinstance(one, tuple) else ("fact", one) for one in records]
    return to_bytes(package(FACTS, ident(name), named))


def known(**changes: Any) -> Known:
    """Our own lists and one measure with one category and the criterion 100."""
    on = ON.isoformat()
    measure = KnownMeasure("2026-01-01", "2026-12-31", "01", {CATEGORY: frozenset({"100"})}, "0301", "02", "02", "Мера")
    lists = with_lists(sets_of(own_content(), "own_"), own_lists(), on)
    given: dict[str, Any] = {"on": on, "classifiers": lists, "measures": {MEASURE: measure}}
    return Known(**(given | changes))


def judge(
    payload: bytes, *, by: Known | None = None, provider: str = BODY
) -> tuple[list[RecordVerdict], list[Finding]]:
    """Verdicts of the records and what refuses the whole package."""
    check = check_message(payload, by or known(), provider=provider)
    return list(check.records), check.refusals


def codes(verdict: RecordVerdict) -> list[str]:
    return [found.rule_code for found in verdict.findings]


def measure_card(**changes: Any) -> dict[str, Any]:
    """A card of a local measure that the control takes, without an id."""
    return {
        "title": "Ежемесячная выплата многодетным семьям на детей", "from": "2026-01-01", "periodicity": "02",
        "part": "010102", "msz": "0301", "form": "01", "level": "02",
        "categories": [{"title": "Многодетные семьи", "category": "03000004",
                        "criteria": [{"code": "100", "from": "2026-01-01", "coefficient": "1.5"}]}],
        "shares": [{"funding": "0100", "quota": "90"}, {"funding": "0010", "quota": "10"}],
        "territories": ["49000000"], "kbk": KBK, "cases": "Рождение третьего ребёнка", "conditions": "Живут в области",
        "acts": [{"number": "1-ОЗ", "date": "2025-12-01", "title": "Закон", "authority": "Дума", "url": "http://a"}],
        "methods": [{"method": "01"}], "request_forms": ["1"], "answer_forms": ["2"], "estimation": "1000 рублей",
        "papers": [{"documentTypeName": "Паспорт", "documentOrigin": "оригинал", "documentQ": "1",
                    "documentNess": "true"}], **changes,
    }  # fmt: skip
