"""Numbers the agencies give to acts, papers and accounts; a number follows from what it names."""

from __future__ import annotations

from datetime import date

from kazna.kernel.identifiers import account_is_valid

BIRTH, MARRIAGE, DIVORCE, NAME_CHANGE, DEATH = 10, 20, 30, 40, 50
RESIDENT_ACCOUNT = "40817810"  # balance account of natural persons, roubles
EVERY_KEY = "0123456789"


def act_number(kind: int, *, region: str, recorded_on: date, serial: int) -> str:
    """21 digits: section 1, kind, region, year, serial within them."""
    return f"1{kind:02d}{region}{recorded_on.year:04d}{serial:012d}"


def pair_serial(first: int, second: int) -> int:
    """A serial for an act of two people."""
    return (first + 1) * 1_000_000 + second + 1


def assessment_number(person: int, since: date, region: str) -> str:
    """Number of the МСЭ act that set a disability."""
    return f"{person + 1:06d}.{region}/{since:%Y%m%d}"


def opened_account(bik: str, *, person: int, order: int) -> str:
    """The account a person opens at need: 20 digits with a valid key, the person's number inside."""
    for key in EVERY_KEY:
        account = f"{RESIDENT_ACCOUNT}{key}{9000 + order:04d}{person:07d}"
        if account_is_valid(bik, account):
            return account
    raise AssertionError(f"no key fits {bik} {person}")


def owner_of_opened_account(account: str) -> int | None:
    """The person's number when the account was opened by `opened_account`, else None."""
    if len(account) == 20 and account.startswith(RESIDENT_ACCOUNT) and account[9] == "9":
        return int(account[13:])
    return None
