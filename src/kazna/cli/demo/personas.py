"""People of the synthetic region whose stories are worth signing in for, and the officials beside them."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from kazna.cli.demo.crew import Crew
from kazna.contexts.identity import public as identity
from kazna.contexts.registers import public as registers

PASSWORD = "kazna-demo"
OFFICIALS = (
    ("officer", "officer", "Специалист Социального фонда", "sfr-77"),
    ("city-officer", "officer", "Специалист соцзащиты города", "dszn-77"),
    ("supervisor", "officer", "Руководитель отдела", "sfr-77"),
    ("methodologist", "methodologist", "Методолог мер поддержки", "sfr-77"),
    ("administrator", "administrator", "Администратор платформы", ""),
    ("administrator2", "administrator", "Второй администратор", ""),
)
DUTIES = {"supervisor": ("supervise", "appeals", "quality")}
CITIZENS = {
    "mother": "мама: сертификат, пособия, новый счёт после возврата",
    "citizen": "гражданин с инвалидностью: пенсия и ежемесячная выплата",
    "pensioner": "пенсионер",
    "large_family": "мама большой семьи",
}


@dataclass(frozen=True, slots=True)
class Persona:
    login: str
    password: str
    who: str


def invite(crew: Crew) -> list[Persona]:
    """Make (once) the demo accounts: officials, and the citizens the stand-ins point out by СНИЛС."""
    personas = []
    for login, role, name, body in OFFICIALS:
        identity.create_account(
            login=login,
            password=PASSWORD,
            role=role,
            shown_name=name,
            body=body,
            territory="77",
            person_id=None,
            duties=DUTIES.get(login, ()),
        )
        personas.append(Persona(login, PASSWORD, name))
    pointed = httpx.get(f"{crew.agencies_url}/persona", timeout=30).json()
    for login, story in CITIZENS.items():
        card = registers.person_by_snils(pointed.get(login) or "")
        if card is None:
            continue
        identity.create_account(
            login=login,
            password=PASSWORD,
            role="citizen",
            shown_name=card.full_name,
            body="",
            territory=card.territory,
            person_id=card.person_id,
        )
        personas.append(Persona(login, PASSWORD, story))
    return personas
