"""Numbers with control digits: СНИЛС, accounts, ИНН; and passports.

СНИЛС start with 9, ИНН with 7799 and БИК with 044500, which are not known to be issued: no synthetic
number points at a living person, a firm or a bank.
"""

from __future__ import annotations

import numpy as np

from kazna.population.days import between, days, plus_months
from kazna.population.draft import Draft

FIRST_SNILS, SNILS_COUNT = 900_000_000, 99_000_000
BANKS = ("044500901", "044500902", "044500903", "044500904", "044500905")
BANK_SHARES = (0.45, 0.2, 0.15, 0.12, 0.08)
ACCOUNT_KIND = "40817810"  # current account of a natural person in roubles
KEY_PLACE = 8  # of the control digit inside the account
ACCOUNT_FROM_YEARS = 14
TROUBLES, TROUBLE_SHARES = ("", "closed", "other_holder"), (0.98, 0.013, 0.007)
PASSPORT_MONTHS = np.array([14 * 12, 20 * 12, 45 * 12])  # ages at which a passport is given
FIRST_PASSPORTS = (np.datetime64("1998-01-05"), np.datetime64("2004-06-30"))  # Soviet ones were exchanged
PASSPORT_REGION, FIRST_PASSPORT = "99", 100_000  # a series of no region
ISSUERS = ((2007, "Паспортно-визовый отдел ОВД"), (2016, "Отдел УФМС России"), (9999, "ГУ МВД России"))
EMAIL_SHARE = 0.55


def digits(values: np.ndarray, width: int) -> np.ndarray:
    """A matrix of decimal digits, one row per number."""
    return values[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10


def as_texts(matrix: np.ndarray) -> np.ndarray:
    """Rows of digits as str objects."""
    letters = (matrix + ord("0")).astype(np.uint8)
    text = np.ascontiguousarray(letters).view(f"S{matrix.shape[1]}").ravel()
    return np.char.decode(text, "ascii").astype(object)


def draw_snils(draft: Draft) -> None:
    """One number for each, the unborn included."""
    numbers = draft.stream("snils").choice(SNILS_COUNT, draft.room, replace=False) + FIRST_SNILS
    nine = digits(numbers, 9)
    control = nine @ np.arange(9, 0, -1) % 101 % 100
    draft.people.snils[:] = as_texts(np.hstack([nine, digits(control, 2)]))


def inns(rng: np.random.Generator, count: int) -> list[str]:
    """Different ten-digit ИНН of organisations."""
    nine = digits(rng.choice(100_000, count, replace=False) + 779_900_000, 9)
    control = nine @ np.array([2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10
    return as_texts(np.hstack([nine, control[:, None]])).tolist()


def draw_accounts(draft: Draft) -> None:
    """Fill bik, account, account_trouble, email of everyone from 14 years at the start."""
    rng, people = draft.stream("accounts"), draft.people
    owners = np.flatnonzero(draft.ages() >= ACCOUNT_FROM_YEARS)
    bank = rng.choice(len(BANKS), len(owners), p=BANK_SHARES)
    serial = rng.choice(10**9, len(owners), replace=False)
    account = np.hstack([np.tile([int(each) for each in ACCOUNT_KIND], (len(owners), 1)), digits(serial, 12)])
    account[:, KEY_PLACE] = 0
    tails = np.array([[int(digit) for digit in bik[6:]] for bik in BANKS])[bank]
    weights = np.resize([7, 1, 3], 3 + account.shape[1])
    total = (np.hstack([tails, account]) * weights % 10).sum(axis=1) % 10
    account[:, KEY_PLACE] = total * 3 % 10
    people.bik[owners] = np.array(BANKS, dtype=object)[bank]
    people.account[owners] = as_texts(account)
    trouble = rng.choice(len(TROUBLES), len(owners), p=TROUBLE_SHARES)
    people.account_trouble[owners] = np.array(TROUBLES, dtype=object)[trouble]
    for owner in owners[rng.random(len(owners)) < EMAIL_SHARE].tolist():
        people.email[owner] = f"citizen{owner}@mail.example"


def draw_passports(draft: Draft) -> None:
    """Fill passport, day of issue and issuer: given soon after 14, 20 or 45 years, the last of them."""
    rng, people, count = draft.stream("passports"), draft.people, draft.count
    born = people.birth_date[:count]
    delay = days(rng.integers(7, 60, count))
    given = np.stack([plus_months(born, months) + delay for months in PASSPORT_MONTHS])
    issued_on = np.where(given < draft.first_day, given, np.datetime64("NaT")).astype("datetime64[D]")
    issued_on = np.fmax.reduce(issued_on, axis=0)
    owners = np.flatnonzero(~np.isnat(issued_on))
    exchanged = between(rng, np.full(len(owners), FIRST_PASSPORTS[0]), np.full(len(owners), FIRST_PASSPORTS[1]))
    day = np.maximum(issued_on[owners], exchanged)
    people.passport_issued_on[owners] = day
    years = day.astype("datetime64[Y]").astype(int) + 1970
    names = np.array([f"{name}, {draft.addresses.region_name}" for _, name in ISSUERS], dtype=object)
    people.passport_issuer[owners] = names[np.searchsorted([until for until, _ in ISSUERS], years, side="right")]
    order = rng.permutation(len(owners)).tolist()
    for owner, year, place in zip(owners.tolist(), years.tolist(), order, strict=True):
        people.passport[owner] = f"{PASSPORT_REGION}{year % 100:02d} {FIRST_PASSPORT + place:06d}"
