"""A register in which some people stand twice, with the mistakes clerks make, and the truth about who is who.

One row per record: id, snils, surname, forename, patronymic, birth_date (ISO text), sex, document, address, person.
`person` is the truth: two records with one `person` are one human being. Missing text is "".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from kazna.population.draft import Draft
from kazna.population.generate import STAGES

COLUMNS = ("snils", "surname", "forename", "patronymic", "birth_date", "sex", "document", "address")
NEEDED = {"pyramid", "couples", "kinship", "households", "names", "snils", "passports"}
REGION = "77"
LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсух", "ABEKMHOPCTXaeopcyx")
NEIGHBOURS = dict(zip("оаеиёйшнсдб", ("а", "о", "и", "е", "е", "и", "щ", "нн", "сс", "т", "п"), strict=True))
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Register:
    """Columns of text of equal length; `person[i]` is who record i truly is."""

    columns: dict[str, np.ndarray]
    person: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    @property
    def true_pairs(self) -> int:
        """Pairs of records that are one person."""
        _, counts = np.unique(self.person, return_counts=True)
        return int((counts * (counts - 1) // 2).sum())


def register_with_duplicates(*, people: int, share: float = 0.05, seed: int = 1) -> Register:
    """`people` humans and `share` of them once more, as another office wrote them down."""
    columns = _people(people, seed)
    rng = np.random.default_rng([seed, 77])
    again = rng.choice(people, int(people * share), replace=False)
    surnames = columns["surname"]
    copies = {name: columns[name][again].copy() for name in COLUMNS}
    _write_again(rng, copies, surnames, columns["address"])
    return Register(
        {name: np.concatenate([columns[name], copies[name]]) for name in COLUMNS},
        np.concatenate([np.arange(people), again]),
    )


def _people(count: int, seed: int) -> dict[str, np.ndarray]:
    draft = Draft(seed, REGION, date(2025, 1, 1), date(2025, 12, 31), count, count)
    for stage, draw in STAGES:
        if stage in NEEDED:
            draw(draft)
    people = draft.people
    found = {name: getattr(people, name)[:count].astype(object) for name in COLUMNS if name not in ("document",)}
    found["birth_date"] = np.datetime_as_string(people.birth_date[:count]).astype(object)
    found["document"] = np.array([text.replace(" ", "") for text in people.passport[:count]], dtype=object)
    return found


def _write_again(
    rng: np.random.Generator, copies: dict[str, np.ndarray], surnames: np.ndarray, addresses: np.ndarray
) -> None:
    """Spoil the copies in place; each mistake falls on its own share of them."""
    size = len(copies["sex"])
    luck = rng.random((12, size))
    dice = rng.integers(0, 1 << 30, (12, size))
    for i in range(size):
        copies["snils"][i] = _snils(copies["snils"][i], luck[0, i], int(dice[0, i]))
        if copies["sex"][i] == "F" and luck[1, i] < 0.06:
            copies["surname"][i] = _womans(surnames[int(dice[1, i]) % len(surnames)])
        elif luck[1, i] < 0.12:
            copies["surname"][i] = _misspelt(copies["surname"][i], int(dice[2, i]))
        if luck[2, i] < 0.03:
            copies["forename"][i] = _misspelt(copies["forename"][i], int(dice[3, i]))
        if luck[3, i] < 0.03:
            copies["patronymic"][i] = ""
        elif luck[3, i] < 0.06:
            copies["patronymic"][i] = _misspelt(copies["patronymic"][i], int(dice[4, i]))
        copies["birth_date"][i] = _other_day(copies["birth_date"][i], luck[4, i], int(dice[5, i]))
        copies["document"][i] = _paper(copies["document"][i], luck[5, i], int(dice[7, i]))
        if luck[6, i] < 0.25:
            copies["address"][i] = ""
        elif luck[6, i] < 0.4:
            copies["address"][i] = addresses[int(dice[6, i]) % len(addresses)]
        if luck[7, i] < 0.01:
            copies["surname"][i] = copies["surname"][i].translate(LOOKALIKES)
        if luck[8, i] < 0.05:
            for name in ("surname", "forename", "patronymic"):
                copies[name][i] = copies[name][i].upper()


def _snils(text: str, luck: float, dice: int) -> str:
    if luck < 0.88:
        return ""
    return _one_digit_off(text, dice) if luck < 0.91 else text


def _womans(surname: str) -> str:
    return surname if surname.endswith(("а", "я", "о", "их", "ых", "ко")) else surname + "а"


def _misspelt(word: str, dice: int) -> str:
    """A letter doubled, dropped, swapped with the next or taken for its neighbour."""
    if len(word) < 4:
        return word
    kind, place = dice % 4, 1 + dice // 4 % (len(word) - 2)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    letter = word[place]
    return word[:place] + NEIGHBOURS.get(letter, letter * 2) + word[place + 1 :]


def _other_day(text: str, luck: float, dice: int) -> str:
    year, month, day = text.split("-")
    if luck < 0.01 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    if luck < 0.025:
        return f"{year}-{month}-{1 + dice % 28:02d}"
    if luck < 0.032:
        return f"{int(year) + (1 if dice % 2 else -1)}-{month}-{min(int(day), 28):02d}"
    return f"{year}-01-01" if luck < 0.035 else text


def _paper(text: str, luck: float, dice: int) -> str:
    """The paper was not asked for, or another one was shown, or a digit is wrong."""
    if luck < 0.2:
        return ""
    if luck < 0.4:
        return f"99{dice % 10**8:08d}"
    return _one_digit_off(text, dice) if luck < 0.42 else text


def _one_digit_off(text: str, dice: int) -> str:
    if not text:
        return text
    place = dice % len(text)
    digit = DIGITS[(DIGITS.index(text[place]) + 1 + dice // 16 % 8) % 10]
    return text[:place] + digit + text[place + 1 :]
