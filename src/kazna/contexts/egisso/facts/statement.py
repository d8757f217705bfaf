"""The answer to 10.18.I: what a person was assigned in a period, by all the bodies that told the register."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.audit import public as audit
from kazna.contexts.egisso import state
from kazna.contexts.egisso.measures.own import law_measures
from kazna.contexts.egisso.measures.printed import region_names
from kazna.contexts.egisso.messages.catalogue import STATEMENT
from kazna.contexts.egisso.messages.shape import SEXES_BY_NAME, Plain, to_theirs
from kazna.contexts.egisso.offers.cards import card_of
from kazna.kernel.identifiers import snils_is_valid
from kazna.kernel.money import decimal_roubles
from kazna.plumbing.access import Viewer

ASSIGNED = """
    SELECT coalesce(a.present, a.card), a.measure_id, a.person_id, a.state, a.last_day::text, a.form, a.amount_kopecks,
        coalesce(nullif(b.title, ''), a.body), coalesce(b.oktmo, '')
    FROM egisso_assignment a LEFT JOIN egisso_body b ON b.code = a.body
    WHERE a.snils = %(snils)s AND a.state IN ('active', 'ended') AND a.first_day <= %(until)s
        AND (a.last_day IS NULL OR a.last_day >= %(since)s)
    ORDER BY a.first_day, a.id
"""
UNKNOWN = "не указано"  # the album demands a word where the body that told the fact gave none
COUNTRIES = {"643": "Россия"}


def statement(question: Plain, on: date) -> Plain:
    """Plain values of the response; what cannot be answered is an error with its reason, as the album has it."""
    asked = question["requestData"]
    since, until = asked["reportPeriod"]["beginDate"], asked["reportPeriod"]["endDate"]
    if not snils_is_valid(asked["snils"]):
        return _refusal("907", f"СНИЛС {asked['snils']} не проходит проверку контрольного числа")
    if until < since:
        return _refusal("913", "Окончание периода раньше его начала")
    with connection.cursor() as cursor:
        cursor.execute(ASSIGNED, {"snils": asked["snils"], "since": since, "until": until})
        rows = cursor.fetchall()
    _journal({row[2] for row in rows if row[2]})
    names = _names(on)
    return to_theirs({"assigned": [_assigned(row, on, names) for row in rows]}, STATEMENT) or {"statementData": {}}


def _refusal(code: str, message: str) -> Plain:
    return {"error": {"code": code, "message": message}}


def _journal(people: set[UUID]) -> None:
    viewer = Viewer("agency", "egisso")
    purpose = "Портал госуслуг спросил о назначенных мерах"
    audit.record(
        [audit.entry_of_look(viewer=viewer, person_id=one, screen="10.18.I", purpose=purpose) for one in people]
    )


def _assigned(row: tuple[Any, ...], on: date, names: dict[str, dict[str, str]]) -> Plain:
    fact, measure_id, _, _, last_day, form, kopecks, body_title, oktmo = row
    fact = fact if isinstance(fact, dict) else json.loads(fact)
    receiver, inside = fact["receiver"], next(iter(fact.get("provision", {}).values()), {})
    card = card_of(law_measures().get(str(measure_id), ""), measure_id, on)
    category = next((one for one in card.get("categories", ()) if one.get("id") == fact["category_id"]), {})
    code, msz = str(category.get("category", "")).zfill(8), str(card.get("msz") or "0000")
    act = next(iter(card.get("acts", ())), {})
    region = _region(oktmo or next(iter(card.get("territories", ())), ""))
    return {
        "snils": receiver["snils"], "surname": receiver["surname"], "forename": receiver["forename"],
        "patronymic": receiver.get("patronymic"), "birth_date": receiver["birth_date"],
        "birth_place": receiver.get("birth_place") or UNKNOWN, "sex": SEXES_BY_NAME[receiver["sex"]],
        "citizenship": COUNTRIES.get(receiver.get("citizenship", ""), receiver.get("citizenship") or UNKNOWN),
        "msz": msz, "msz_title": names["reestrMSZ"].get(msz, UNKNOWN), "category": code,
        "category_title": names["listCategories"].get(code, UNKNOWN), "title": card.get("title", UNKNOWN),
        "own_category_title": category.get("title", UNKNOWN), "body_title": body_title, "regions": [region],
        "municipality": region, "decided_on": fact["decided_on"], "first_day": fact["first_day"], "last_day": last_day,
        "form": form, "periodicity": names["periodicity"].get(str(card.get("periodicity")), UNKNOWN),
        "amount": decimal_roubles(kopecks), "unit": "рубль", "content": inside.get("content"),
        "comment": inside.get("comment"), "act": act.get("title"),
    }  # fmt: skip


def _names(on: date) -> dict[str, dict[str, str]]:
    content = state.content_in_force(on)
    facets = {name: {code: row["name"] for code, row in content.facets.get(name, {}).items()}
              for name in ("reestrMSZ", "listCategories")}  # fmt: skip
    return {**facets, "periodicity": state.names_of_lists(on)["periodicity"]}


@cache
def _region(oktmo: str) -> str:
    return dict(region_names()).get(oktmo[:2], UNKNOWN)
