"""The whole register of a body or region: out as cards, in from a table; our own measures as a package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from django.db import connection

from kazna.contexts.egisso import state
from kazna.contexts.egisso.actions.take_package import Receipt, take_package
from kazna.contexts.egisso.measures.drafts import KEY, SPACE, clean
from kazna.contexts.egisso.measures.printed import oktmo_of_regions, print_card
from kazna.contexts.egisso.measures.sheet import read_measures
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.measures import public as measures

CARDS = """
    SELECT id, card FROM egisso_measure
    WHERE removed_on IS NULL AND (%(provider)s = '' OR provider = %(provider)s)
        AND (%(region)s = '' OR regions && ARRAY[%(region)s, '00'])
    ORDER BY title, id
"""
Choices = list[tuple[str, str]]


def cards_of(*, provider: str = "", region: str = "") -> list[dict[str, Any]]:
    """Cards of a body or a region, each with its id. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CARDS, {"provider": provider, "region": region})
        return [
            {**(card if isinstance(card, dict) else json.loads(card)), "id": str(ident)}
            for ident, card in cursor.fetchall()
        ]


def take_table(
    payload: bytes, *, provider: str, on: date, now: datetime, file_name: str = ""
) -> Iterator[tuple[Receipt, list[int]]]:
    """Take a table of measures in; a receipt per thousand, with the row of every record. Raises SheetRefused."""
    for message, rows in read_measures(payload, now=now):
        known = state.known_in_tables(on, to_record=True)
        yield take_package(
            message, known=known, provider=provider, on=on, received_at=now, file_name=file_name
        ), rows  # fmt: skip


def choices(on: date) -> dict[str, Choices]:
    """Codes with names for the form of a card, by field: msz, categories, parts, levels, forms, funding, …"""
    content = state.content_in_force(on)
    lists = state.names_of_lists(on)

    def named(facet: str, used: int | None = None) -> Choices:
        allowed = None if used is None else {code.split(".")[used] for code in content.rules}
        rows = content.facets.get(facet, {})
        return [(code, f"{code} {row['name']}") for code, row in sorted(rows.items())
                if allowed is None or code in allowed]  # fmt: skip

    return {
        "msz": named("reestrMSZ", 0), "category": named("listCategories", 1), "level": named("levelsNPA"),
        "funding": [one for one in named("fundingSources") if one[0].count("1") == 1],
        "form": named("provisionForms"), "part": named("partsKMSZ", 5),
        "periodicity": [(code, name) for code, name in sorted(lists["periodicity"].items())],
        "criteria": [(code, f"{code} {name}") for code, name in sorted(lists["criteria"].items())],
    }  # fmt: skip


def own_package(*, on: date, now: datetime, kbk: str) -> bytes:
    """10.05.I 2.1.0 with the measures that rules of the law print and that have a place in КМСЗ.

    `kbk`: the budget code of the body that sends them, 20 characters.
    """
    records = []
    for card in measures.measures_list():
        printed = print_card(card.measure, on=on)
        if not printed.card["categories"][0]["category"]:
            continue
        whole = {
            **printed.card, "id": str(printed.measure_id), "kbk": kbk, "shares": [_share(printed.card["level"])],
            "request_forms": ["2"], "answer_forms": ["2"], "changed_at": f"{now:%Y-%m-%dT%H:%M:%S}Z",
        }  # fmt: skip
        records.append(("localMSZ", clean(whole)))
    ident = str(uuid5(SPACE, f"own {on.isoformat()} {len(records)}"))
    return to_bytes(package(KEY, ident, records[:1000]))


def _share(level: str) -> dict[str, str]:
    return {"funding": {"01": "1000", "02": "0100"}.get(level, "0010"), "quota": "100"}


def region_prefix(region: str) -> str:
    """First two digits of ОКТМО of a region by its code, "" when there is none."""
    return oktmo_of_regions().get(region, "")[:2]
