"""The bank: credits a register to accounts and says, line by line, what it could not credit and why."""

from __future__ import annotations

from datetime import date

from kazna.standins.documents.bank_register import Credit, CreditRegister, read_credit_register
from kazna.standins.documents.bank_statement import CreditOutcome, write_bank_statement
from kazna.standins.life import Life
from kazna.standins.naming import Names
from kazna.standins.numbers import owner_of_opened_account
from kazna.standins.parcels import Document

AGENCY = "bank"
ACCOUNT_CLOSED = "счёт закрыт"
OTHER_HOLDER = "наименование получателя не совпадает с владельцем счёта"
NO_ACCOUNT = "счёт не найден"
TROUBLES = {"closed": ACCOUNT_CLOSED, "other_holder": OTHER_HOLDER}


class Bank:
    """One bank for the region; it knows the accounts of the region and those opened later."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.owners = {account: person for person, account in enumerate(life.people.account) if account}

    def statement(self, body: bytes, digest: str, day: date) -> Document:
        register = read_credit_register(body)
        statement = write_bank_statement(register, self.outcomes(register), dated=day)
        return Document(f"statement-{digest[:16]}.xml", statement)

    def refused(self, body: bytes) -> list[tuple[int, str]]:
        """People whose credit came back, with the account it was sent to; unknown accounts have nobody."""
        register = read_credit_register(body)
        return [
            (owner, outcome.credit.account)
            for outcome in self.outcomes(register)
            if outcome.refusal and (owner := self.owner(outcome.credit.account)) is not None
        ]

    def outcomes(self, register: CreditRegister) -> list[CreditOutcome]:
        return [CreditOutcome(credit, self.refusal(credit)) for credit in register.credits]

    def refusal(self, credit: Credit) -> str | None:
        """Why the credit cannot be made, None when it can."""
        owner = self.owner(credit.account)
        if owner is None:
            return NO_ACCOUNT
        if credit.account == self.life.people.account[owner]:
            trouble = self.life.people.account_trouble[owner]
            if trouble:
                return TROUBLES[trouble]
        known = [folded(names) for names in self.life.names.ever(owner)]
        return None if as_known(credit) in known else OTHER_HOLDER

    def owner(self, account: str) -> int | None:
        """Whose account it is: one known from the start, or one opened later."""
        if account in self.owners:
            return self.owners[account]
        person = owner_of_opened_account(account)
        return person if person is not None and person < len(self.life.people) else None


def as_known(credit: Credit) -> tuple[str, str, str]:
    return folded(Names(credit.surname, credit.forename, credit.patronymic))


def folded(names: Names) -> tuple[str, str, str]:
    """Banks compare names without case and without the difference between е and ё."""

    def fold(part: str) -> str:
        return part.strip().casefold().replace("ё", "е")

    return fold(names.surname), fold(names.forename), fold(names.patronymic or "")
