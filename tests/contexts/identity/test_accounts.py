"""Built-in accounts: opening, signing in, slowing down those who guess."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from kazna.contexts.identity import public as identity

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def open_account(**changes: object) -> identity.AccountCard:
    fields = {"login": "petrova", "password": "длинный пароль", "role": "officer", "shown_name": "Петрова А. И."}
    return identity.create_account(**(fields | changes))


def guess(times: int, now: datetime = NOW) -> identity.WrongPassword | identity.AccountClosedForAWhile:
    for _ in range(times):
        with pytest.raises((identity.WrongPassword, identity.AccountClosedForAWhile)) as refusal:
            identity.sign_in(login="petrova", password="не тот", now=now)
    return refusal.value


def test_the_right_password_signs_in():
    open_account()

    assert identity.sign_in(login="petrova", password="длинный пароль", now=NOW).login == "petrova"


@pytest.mark.parametrize("login", ["petrova", "nobody", "", "x" * 3000, "' OR 1=1 --"])
def test_wrong_passwords_and_unknown_logins_answer_alike(login):
    open_account()

    with pytest.raises(identity.WrongPassword):
        identity.sign_in(login=login, password="не тот", now=NOW)


def test_five_failures_close_the_account_even_for_the_right_password():
    open_account()
    guess(5)

    with pytest.raises(identity.AccountClosedForAWhile) as refusal:
        identity.sign_in(login="petrova", password="длинный пароль", now=NOW + timedelta(seconds=30))

    assert refusal.value.until == NOW + timedelta(minutes=1)
    assert identity.sign_in(login="petrova", password="длинный пароль", now=NOW + timedelta(minutes=1))


def test_the_wait_grows_to_a_quarter_of_an_hour():
    open_account()
    guess(5)
    now, waits = NOW, []
    for _ in range(6):
        now += timedelta(minutes=20)
        waits.append(guess(1, now).until - now)

    assert [wait.seconds // 60 for wait in waits] == [2, 4, 8, 15, 15, 15]


def test_a_success_forgives_earlier_failures():
    open_account()
    guess(4)
    identity.sign_in(login="petrova", password="длинный пароль", now=NOW)

    assert isinstance(guess(4), identity.WrongPassword)


def test_opening_again_changes_name_and_password():
    open_account()
    open_account(shown_name="Петрова Анна Ивановна", password="другой пароль")

    assert identity.sign_in(login="petrova", password="другой пароль", now=NOW).shown_name == "Петрова Анна Ивановна"
    assert len(identity.accounts()) == 1


def test_a_login_is_never_handed_to_another_person():
    open_account(login="mother", role="citizen", person_id=uuid4())

    with pytest.raises(identity.AccountTaken):
        open_account(login="mother", role="citizen", person_id=uuid4())


@pytest.mark.parametrize("wrong", [{"role": "citizen"}, {"person_id": uuid4()}])
def test_only_citizens_are_persons_of_the_registers(wrong):
    with pytest.raises(IntegrityError):
        open_account(**wrong)
