"""The bank: which credits come back and why."""

from __future__ import annotations

import pytest
from tests.standins.asking import credit_register
from tests.standins.village import BRIDE, FATHER, MOTHER_WITH_CLOSED_ACCOUNT, RENAMED

from kazna.population import Region
from kazna.standins.agencies.bank import ACCOUNT_CLOSED, NO_ACCOUNT, OTHER_HOLDER, Bank
from kazna.standins.documents.bank_register import read_credit_register
from kazna.standins.documents.reading import MessageNotUnderstood
from kazna.standins.life import Life


def refusals(village: Region, lines: list[tuple[str, str, str | None, int | str]]) -> list[str | None]:
    accounts = [
        (*names, village.people.account[owner] if isinstance(owner, int) else owner, "10.00") for *names, owner in lines
    ]
    register = read_credit_register(credit_register(accounts, total=f"{10 * len(lines)}.00"))
    return [outcome.refusal for outcome in Bank(Life(village)).outcomes(register)]


def test_credits_go_to_their_owners_only(village: Region) -> None:
    assert refusals(
        village,
        [
            ("Иванов", "Петр", "Ильич", FATHER),
            ("Громова", "Юлия", "Павловна", MOTHER_WITH_CLOSED_ACCOUNT),
            ("Иванова", "Анна", "Петровна", FATHER),
            ("Иванов", "Пётр", "Ильич", "40817810000009999999"),
        ],
    ) == [None, ACCOUNT_CLOSED, OTHER_HOLDER, NO_ACCOUNT]


def test_old_and_new_surnames_are_both_known(village: Region) -> None:
    lines = [
        ("Белова", "Ольга", "Игоревна", BRIDE),
        ("ЧЕРНОВА", "ОЛЬГА", "ИГОРЕВНА", BRIDE),
        ("Рыбакова", "Мария", "Ивановна", RENAMED),
    ]

    assert refusals(village, lines) == [None, None, None]


def test_a_trouble_of_the_name_comes_back_with_its_reason(village: Region) -> None:
    village.people.account_trouble[FATHER] = "other_holder"

    assert refusals(village, [("Иванов", "Пётр", "Ильич", FATHER)]) == [OTHER_HOLDER]


@pytest.mark.parametrize("total", ["10.01", "9.99"])
def test_control_sums_must_agree(village: Region, total: str) -> None:
    line = ("Иванов", "Пётр", "Ильич", village.people.account[FATHER], "10.00")

    with pytest.raises(MessageNotUnderstood, match="контрольные суммы"):
        read_credit_register(credit_register([line], total=total))
