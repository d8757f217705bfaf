"""Flats of the region: every household gets one that nobody had before."""

from __future__ import annotations

import numpy as np

from kazna.kernel.errors import DomainError
from kazna.population.tables import rows

HOUSES = 190  # of a street
FLATS = 400  # of a house


class UnknownRegion(DomainError):
    sentence = "Для региона {code} нет списка улиц; добавьте его в formats/classifiers/population/streets.csv."


class AddressBook:
    """Flats in a random order, handed out from the first."""

    def __init__(self, region_code: str, rng: np.random.Generator) -> None:
        streets = [row for row in rows("streets") if row["region"] == region_code]
        if not streets:
            raise UnknownRegion(code=region_code)
        self.region_name = streets[0]["region_name"]
        self.city, self.oktmo = streets[0]["city"], streets[0]["oktmo"]
        self.streets = [row["street"] for row in streets]
        self.flats = rng.permutation(len(self.streets) * HOUSES * FLATS)
        self.taken = 0

    def take(self, count: int) -> np.ndarray:
        """Addresses of `count` fresh flats: «г. Москва, проспект Мира, д. 12, кв. 45»."""
        flats = self.flats[self.taken : self.taken + count]
        self.taken += count
        addresses = np.empty(count, dtype=object)
        for place, flat in enumerate(flats.tolist()):
            house, flat = divmod(flat, FLATS)
            street, house = divmod(house, HOUSES)
            addresses[place] = f"{self.city}, {self.streets[street]}, д. {house + 1}, кв. {flat + 1}"
        return addresses
