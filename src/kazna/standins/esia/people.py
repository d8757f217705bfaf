"""Accounts of the service for people of a world: each as the service's own register has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from kazna.standins.life import Life
from kazna.standins.personas import personas
from kazna.standins.world import open_world

FIRST_OID = 1_000_300_001


def of_world(folder: Path) -> list[dict[str, Any]]:
    """The personas of the demo; the last one has not been to confirm the account yet."""
    life, _mailbox = open_world(folder)
    found = sorted(set(personas(life).values()))
    return [_account(life, snils, place, len(found)) for place, snils in enumerate(found)]


def _account(life: Life, snils: str, place: int, count: int) -> dict[str, Any]:
    people = life.people
    person = next(index for index, number in enumerate(people.snils) if number == snils)
    oid, born = FIRST_OID + place, date.fromisoformat(str(people.birth_date[person]))
    return {
        "oid": oid, "snils": f"{snils[:3]}-{snils[3:6]}-{snils[6:9]} {snils[9:]}", "trusted": place < count - 1,
        "status": "REGISTERED", "lastName": people.surname[person], "firstName": people.forename[person],
        "middleName": people.patronymic[person] or "", "birthDate": f"{born:%d.%m.%Y}", "gender": people.sex[person],
        "docs": [], "ctts": [{"id": oid * 10, "type": "EML", "vrfStu": "VERIFIED", "value": f"p{oid}@example.org"}],
        "addrs": [],
    }  # fmt: skip
