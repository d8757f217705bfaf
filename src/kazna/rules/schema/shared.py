"""The schemas of what measures share: facts, relations, parameters and tables."""

from __future__ import annotations

from kazna.rules.documents import calendar, definitions, parameters, relations, vocabulary
from kazna.rules.schema.measure import law_schema, table_schema
from kazna.rules.schema.shapes import (
    CITED,
    DAY,
    EXPRESSION,
    FLAG,
    NUMBER,
    TEXT,
    VALUE,
    WHOLE,
    WORDS,
    Schema,
    by_name,
    described,
    document,
    keyed,
    listed,
    one_of,
)


def facts_schema() -> Schema:
    """`law/facts/*.yaml`: the vocabulary, the lists of people and the catalogue of kinds."""
    return document(
        "Словарь сведений", keyed(("facts", "relations", "kinds"), {**_facts(), **_relations(), "kinds": _kinds()})
    )


def relations_schema() -> Schema:
    """`law/facts/relations*.yaml`."""
    return document(
        "Списки людей", keyed(("facts", "relations", "kinds"), {**_facts(), **_relations()}, ("relations",))
    )


def _facts() -> dict[str, Schema]:
    known: dict[str, Schema] = {
        "type": one_of(vocabulary.TYPES),
        "title": TEXT,
        "short": described(TEXT, "Как сведение называется внутри предложения"),
        "range": {"type": "array", "items": VALUE, "minItems": 2, "maxItems": 2},
        "values": {"type": ["object", "array"]},
        "digits": WHOLE,
        "unit": TEXT,
        "question": described(TEXT, "Вопрос гражданину, если он может это знать"),
        "holder": described(TEXT, "Ведомство, у которого есть сведение"),
        "kind": described(TEXT, "Вид сведений каталога"),
        "path": TEXT,
        "of": TEXT,
        "derive": {"type": "object"},
        "cost": one_of(vocabulary.COSTS),
        "days": {**NUMBER, "description": "Сколько дней идёт ответ"},
        "fixed": FLAG,
        "notes": WORDS,
    }
    return {"facts": by_name(keyed(vocabulary.KEYS, known, ("type", "title", "cost")))}


def _relations() -> dict[str, Schema]:
    part = keyed(
        relations.PART_KEYS,
        {"id": TEXT, "title": TEXT, "tie": TEXT, "when": EXPRESSION, "law": TEXT},
        ("tie",),
    )
    known = {"title": TEXT, "law": TEXT, "min": WHOLE, "max": WHOLE, "same_facts_as": TEXT, "parts": listed(part)}
    return {"relations": by_name(keyed(relations.KEYS, {**known, "notes": WORDS}, ("title", "law", "parts")))}


def _kinds() -> Schema:
    return by_name({"type": "object"})


def definitions_schema() -> Schema:
    """`law/definitions/*.yaml`: rules written once and used by many measures."""
    value = {"anyOf": [EXPRESSION, by_name(EXPRESSION)]}
    shared: dict[str, Schema] = {"law": CITED, "place": TEXT, "value": value, "notes": WORDS}
    edition = keyed(definitions.EDITION_KEYS, {**shared, "from": DAY, "to": DAY}, ("from", "value"))
    known = {**shared, "title": TEXT, "by": one_of(("region",)), "editions": listed(edition)}
    sections = {"law": by_name(law_schema()), "definitions": by_name(keyed(definitions.KEYS, known, ("title",)))}
    return document("Общие правила", keyed(sections, sections, ("definitions",)))


def calendar_schema() -> Schema:
    """`law/calendar.yaml`: days off on weekdays and working weekends, year by year."""
    year = keyed(
        calendar.YEAR_KEYS,
        {"days_off": listed(DAY), "working_weekends": listed(DAY), "verified": FLAG, "notes": WORDS},
        ("days_off",),
    )
    known = {"title": TEXT, "law": TEXT, "source": TEXT, "notes": WORDS, "years": by_name(year)}
    return document(
        "Производственный календарь", keyed(("calendar",), {"calendar": keyed(calendar.KEYS, known, ("law", "source"))})
    )


def parameters_schema() -> Schema:
    """`law/parameters/*.yaml`: dated figures and shared tables."""
    row = keyed(
        parameters.ROW_KEYS,
        {"from": DAY, "to": DAY, "value": {"type": ["string", "number", "object"]}, "law": TEXT, "source": TEXT,
         "verified": FLAG, "notes": WORDS},
        ("from", "value", "law"),
    )  # fmt: skip
    known: dict[str, Schema] = {
        "title": TEXT,
        "type": one_of(parameters.TYPES),
        "by": described(TEXT, "От чего зависит: region, municipality или другое слово"),
        "unit": TEXT,
        "gaps": FLAG,
        "notes": WORDS,
        "values": listed(row),
    }
    sections = {
        "parameters": by_name(keyed(parameters.KEYS, known, ("title", "type", "values"))),
        "tables": by_name(table_schema()),
    }
    return document("Числа закона", keyed(sections, sections))
