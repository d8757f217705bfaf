"""The schema of a measure document."""

from __future__ import annotations

from kazna.rules.documents import card, decision_table, example, passport, regulations, rule_parts, steps, tables
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

NEEDED = (
    *card.VOCABULARIES,
    *("measure", "title", "code", "paid_to", "edition", "law", "governing_date", "conditions", "passport"),
)


def measure_schema() -> Schema:
    known: dict[str, Schema] = {key: one_of(words) for key, words in card.VOCABULARIES.items()}
    known |= {
        "measure": described(TEXT, "Имя меры: им же названа папка файла"),
        "title": TEXT,
        "short_title": TEXT,
        "code": TEXT,
        "region": described(TEXT, "Код региона, у всех мер, кроме федеральных"),
        "municipality": described(TEXT, "Код ОКТМО, у мер муниципальных образований"),
        "region_fact": described(TEXT, "Факт, по которому берутся параметры «by: region»"),
        "paid_to": TEXT,
        "edition": keyed(("from", "to", "text"), {"from": DAY, "to": DAY, "text": TEXT}, ("from",)),
        "law": by_name(law_schema()),
        "governing_date": described(EXPRESSION, "День, на который берутся закон и параметры"),
        "parameters": WORDS,
        "tables": by_name(table_schema()),
        "steps": by_name(step_schema()),
        "conditions": listed(condition_schema()),
        "amount": keyed(
            rule_parts.AMOUNT_KEYS,
            {"title": TEXT, "law": CITED, "place": TEXT, "value": EXPRESSION, "notes": WORDS},
            ("law", "value"),
        ),
        "term": keyed(
            rule_parts.TERM_KEYS,
            {"title": TEXT, "law": CITED, "place": TEXT, "from": EXPRESSION, "to": EXPRESSION, "notes": WORDS},
            ("law", "from"),
        ),
        "exclusions": WORDS,
        "uses": described(WORDS, "Общие правила из law/definitions"),
        "passport": passport_schema(),
        "tests": listed(example_schema()),
        "notes": WORDS,
        "unclear": WORDS,
    }
    return document("Мера поддержки", keyed(card.KEYS, known, NEEDED))


def law_schema() -> Schema:
    """One act, as measures and shared rules cite it."""
    known = {"act": TEXT, "place": TEXT, "edition": TEXT, "verified": FLAG, "short": TEXT, "source": TEXT}
    return keyed(card.LAW_KEYS, known, ("act",))


def step_schema() -> Schema:
    known: dict[str, Schema] = {
        "title": TEXT,
        "value": EXPRESSION,
        "table": decision_table_schema(),
        "law": CITED,
        "place": TEXT,
        "notes": WORDS,
    }
    return keyed(steps.KEYS, known, ("title",))


def decision_table_schema() -> Schema:
    """Rows of conditions and values in place of a formula."""
    given = keyed(decision_table.INPUT_KEYS, {"title": TEXT, "value": EXPRESSION, "notes": WORDS}, ("value",))
    row = keyed(
        decision_table.ROW_KEYS,
        {"when": EXPRESSION, "then": EXPRESSION, "title": TEXT, "law": CITED, "notes": WORDS},
        ("when", "then"),
    )
    known: dict[str, Schema] = {
        "inputs": by_name({"anyOf": [EXPRESSION, given]}),
        "hit": one_of(decision_table.HITS),
        "rows": listed(row),
        "otherwise": EXPRESSION,
        "notes": WORDS,
    }
    return keyed(decision_table.KEYS, known, ("hit", "rows"))


def condition_schema() -> Schema:
    known: dict[str, Schema] = {
        "id": TEXT,
        "title": TEXT,
        "when": EXPRESSION,
        "law": CITED,
        "place": TEXT,
        "since": DAY,
        "until": DAY,
        "otherwise_ask": TEXT,
        "refusal": described(TEXT, "Как отказ объясняется человеку"),
        "notes": WORDS,
    }
    return keyed(rule_parts.CONDITION_KEYS, known, ("id", "title", "when", "law"))


def table_schema() -> Schema:
    row = keyed(
        tables.ROW_KEYS,
        {"from": VALUE, "to": VALUE, "below": VALUE, "key": TEXT, "value": VALUE, "law": TEXT, "verified": FLAG},
        ("value",),
    )
    known = {"title": TEXT, "law": CITED, "place": TEXT, "unit": TEXT, "rows": listed(row), "notes": WORDS}
    known |= {"key": one_of(tables.KEY_KINDS), "value": one_of(tables.VALUE_KINDS)}
    return keyed(tables.KEYS, known, ("law", "key", "value", "rows"))


def passport_schema() -> Schema:
    choice = {
        "anyOf": [
            one_of(passport.MODES),
            listed(keyed(("when", "mode"), {"when": EXPRESSION, "mode": one_of(passport.MODES)}, ("mode",))),
        ]
    }
    known: dict[str, Schema] = {key: {**WHOLE, "minimum": 1} for key in passport.DAY_COUNTS}
    known |= {"mode": choice, "launched": FLAG, "texts": keyed(passport.TEXTS, dict.fromkeys(passport.TEXTS, TEXT))}
    relation: dict[str, Schema] = {
        "kind": one_of(passport.RELATIONS),
        "measures": WORDS,
        "law": TEXT,
        "note": TEXT,
    }
    known |= {**shared_parts(), "relations": listed(keyed(passport.RELATION_KEYS, relation, ("kind",)))}
    known["programme"] = programme_schema()
    known["regulation"] = described(TEXT, "Типовой регламент из law/regulations.yaml")
    return keyed(passport.KEYS, known, ("mode", "decision_days"))


def programme_schema() -> Schema:
    """What a person undertakes for the measure; `limit` names a parameter, `income` and `size` steps of the rule."""
    count = {**WHOLE, "minimum": 1}
    reports = keyed(("every_months", "within_days"), {"every_months": count, "within_days": count}, ("within_days",))
    watched = ("months", "every_months", "income", "income_months", "size")
    monitoring = keyed(
        watched,
        {"months": count, "every_months": count, "income": TEXT, "income_months": count, "size": TEXT},
        ("months", "every_months"),
    )
    known: dict[str, Schema] = {"title": TEXT, "months": count, "fact": TEXT, "limit": TEXT, "steps": WORDS}
    known |= {"costs": FLAG, "once": FLAG, "employment": FLAG, "beside": WORDS}
    known |= {"asks": {"type": "object", "additionalProperties": TEXT}, "reports": reports, "monitoring": monitoring}
    return keyed(passport.PROGRAMME_KEYS, known, ("title", "months", "fact", "reports"))


def shared_parts() -> dict[str, Schema]:
    """What both a passport and a typical regulation may say."""
    stop = keyed(regulations.STOP_KEYS, {"reason": TEXT, "title": TEXT, "days": WHOLE}, regulations.STOP_KEYS)
    known: dict[str, Schema] = {key: listed(one_of(words)) for key, words in regulations.WORD_LISTS.items()}
    known |= {key: one_of(words) for key, words in regulations.WORDS.items()}
    known |= {"applicants": WORDS, "documents": WORDS, "quiet": FLAG, "clock_stops": listed(stop)}
    known["statuses"] = keyed(regulations.STATUSES, dict.fromkeys(regulations.STATUSES, TEXT))
    way = {"event": TEXT, "until": TEXT, "paid_back": FLAG, "reason": TEXT}
    known["suspends_on"] = listed(keyed(regulations.SUSPENSION_KEYS, way, ("event", "until", "reason")))
    known["retention_years"] = {**WHOLE, "minimum": 1}
    return known


def regulations_schema() -> Schema:
    """The typical regulations that passports name."""
    known: dict[str, Schema] = {"title": TEXT, "based_on": TEXT, "law": TEXT, **shared_parts()}
    one = keyed(regulations.KEYS, known, ("title",))
    return document("Типовые регламенты", keyed(("regulations",), {"regulations": by_name(one)}, ("regulations",)))


def example_schema() -> Schema:
    expect: dict[str, Schema] = {
        "state": one_of(example.STATES),
        "amount": NUMBER,
        "because": WORDS,
        "missing": WORDS,
        "steps": {"type": "object"},
    }
    known = {
        "name": TEXT,
        "on": DAY,
        "given": {"type": "object"},
        "expect": keyed(example.EXPECT_KEYS, expect),
        "source": TEXT,
    }
    return keyed(example.KEYS, known, ("name", "on", "given", "expect"))
