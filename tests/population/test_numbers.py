import re

from kazna.kernel.identifiers import account_is_valid, inn_is_valid, snils_is_valid
from kazna.population.numbers import BANKS


def test_every_snils_is_valid_and_of_one_person(region):
    numbers = region.people.snils.tolist()

    assert all(map(snils_is_valid, numbers))
    assert len(set(numbers)) == len(region.people)


def test_no_number_can_belong_to_a_living_person_or_a_real_bank_or_firm(region):
    assert all(snils.startswith("9") for snils in region.people.snils)
    assert all(inn.startswith("7799") for inn in region.employers.inn)
    assert set(region.people.bik.tolist()) <= {"", *BANKS}


def test_accounts_have_a_valid_key_and_one_owner(region):
    people = region.people
    accounts = [number for number in people.account if number]

    assert all(
        account_is_valid(bik, account) for bik, account in zip(people.bik, people.account, strict=True) if account
    )
    assert len(set(accounts)) == len(accounts)


def test_some_accounts_will_refuse_a_credit(region):
    troubles = [trouble for trouble in region.people.account_trouble if trouble]

    assert set(troubles) == {"closed", "other_holder"}
    assert 0.01 < len(troubles) / len(region.people) < 0.03


def test_employers_have_valid_different_inns(region):
    assert all(map(inn_is_valid, region.employers.inn))
    assert len(set(region.employers.inn)) == len(region.employers)


def test_passports_are_given_from_fourteen_and_differ(region):
    numbers = [number for number in region.people.passport if number]

    assert all(re.fullmatch(r"\d{4} \d{6}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    for index in range(len(region.people)):
        person = region.person(index)
        if person.passport:
            assert (person.passport.issued_on - person.birth_date).days >= 14 * 365
            assert person.passport.issued_on < region.start
