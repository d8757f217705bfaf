"""A small town for screens: a mother with a newborn, a man with a disability, an officer, a methodologist."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.people import cause, enter_child, enter_person, fact
from tests.kept_rows import entered_once

from kazna.contexts.identity import public as identity
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain

TODAY = date(2026, 2, 16)
PASSWORD = "пароль для проверки"


@dataclass(frozen=True)
class Town:
    """Ids of those who live in it. The clock stands at `today`; all events are delivered."""

    mother: UUID
    child: UUID
    disabled: UUID
    stranger: UUID
    today: date = TODAY


@pytest.fixture
def town(db: None) -> Town:
    return entered_once("town", build_town)


def build_town() -> Town:
    """Also used by the browser tests, whose database is not wrapped in a transaction."""
    clock.set_day(TODAY)
    registers.load_kinds()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=TODAY)
    child = enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=TODAY)
    disabled = enter_person(334455667, "Ёлкин", "Пётр", "Ильич", date(1970, 3, 3), "M", on=TODAY, job=True)
    stranger = enter_person(445566778, "Чужая", "Вера", "Павловна", date(1980, 8, 8), "F", on=TODAY)
    group = {"group": "II", "from_childhood": False, "cause": "общее заболевание", "act": "1.2.77/2026"}
    registers.report(
        [fact("disability", disabled, date(2026, 2, 12), group, until=date(2027, 3, 1))],
        source="fri",
        on=TODAY,
        cause=cause(TODAY),
    )
    drain()
    for login, role, name, person_id in [
        ("mother", "citizen", "Смирнова Анна Сергеевна", mother),
        ("citizen", "citizen", "Ёлкин Пётр Ильич", disabled),
        ("officer", "officer", "Петрова Ольга Ивановна", None),
        ("second", "officer", "Второв Пётр Олегович", None),
        ("supervisor", "officer", "Зимина Нина Олеговна", None),
        ("colleague", "officer", "Краснова Инна Львовна", None),
        ("methodologist", "methodologist", "Львов Игорь Павлович", None),
        ("supplier", "supplier", "Зимина Дарья Олеговна", None),
        ("branch", "branch", "Орлова Нина Юрьевна", None),
        ("administrator", "administrator", "Седов Олег Ильич", None),
        ("administrator2", "administrator", "Ромашина Лада Юрьевна", None),
    ]:
        identity.create_account(
            login=login, password=PASSWORD, role=role, shown_name=name, person_id=person_id,
            body={"officer": "sfr-77", "supplier": "0001.000001"}.get(role, ""),
            territory="77" if role in ("officer", "branch") else "",
            duties=("supervise",) if login == "supervisor" else (),
        )  # fmt: skip
    return Town(mother, child, disabled, stranger)


def signed_in(login: str) -> Client:
    """A browser in which this account has signed in; it checks CSRF like a real one would not need to."""
    client = Client()
    response = client.post("/login/", {"login": login, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()
    return client
