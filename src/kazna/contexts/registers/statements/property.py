"""Answers about property: vehicles, real estate. Each is whole: it says all the holder knows on its day.

What is not counted (постановление Правительства РФ от 16.12.2022 № 2330): shares of a third and less, barred
property, unfit housing, common property of a house, what was given as support.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from kazna.contexts.integration.public import RealtyAnswered, RealtyObject, Vehicle, VehiclesAnswered
from kazna.contexts.registers.desk import Desk
from kazna.contexts.registers.statements.agency_answers import asked_person

SMALL_SHARE = Fraction(1, 3)
YOUNG_YEARS = 5
CAR, MOTORCYCLES = "B", {"A", "A1", "L", "M"}
CENTS = 100
HECTARE_DIGITS = 10_000


def record_vehicles(desk: Desk, told: VehiclesAnswered) -> None:
    card = asked_person(desk, None)
    _put(desk, "property.vehicles", card.person_id, desk.on, vehicles_value(told.vehicles, desk.on))


def record_realty(desk: Desk, told: RealtyAnswered) -> None:
    card = asked_person(desk, told.person)
    _put(desk, "property.realty", card.person_id, told.as_of, realty_value(told.objects))


def vehicles_value(vehicles: Sequence[Vehicle], on: date) -> dict[str, int]:
    """Cars, motorcycles and the power of the strongest car not older than five years; 0 when there is none.

    A car of unknown year counts as young: a doubt is not decided in silence, the holder tells the year.
    """
    cars = [one for one in vehicles if one.category == CAR]
    young = [one.power for one in cars if one.power and on.year - (one.year or on.year) <= YOUNG_YEARS]
    return {
        "cars": len(cars),
        "motorcycles": sum(one.category in MOTORCYCLES for one in vehicles),
        "young_car_power": round(max(young, default=Fraction(0))),
    }


def realty_value(objects: Sequence[RealtyObject]) -> dict[str, int | str]:
    counted = [one for one in objects if is_counted(one)]
    flats, houses, dachas, garages, others, land = (
        [one for one in counted if one.nature == nature]
        for nature in ("flat", "house", "dacha", "garage", "nonresidential", "land")
    )
    return {
        "flats": len(flats),
        "flats_area": _area(flats, CENTS),
        "houses": len(houses),
        "houses_area": _area(houses, CENTS),
        "dachas": len(dachas),
        "garages": len(garages),
        "nonresidential": len(others),
        "land_urban": _area((one for one in land if one.is_urban), HECTARE_DIGITS),
        "land_rural": _area((one for one in land if not one.is_urban), HECTARE_DIGITS),
    }


def is_counted(one: RealtyObject) -> bool:
    return one.share > SMALL_SHARE and not (one.is_barred or one.is_unfit or one.is_support or one.is_common)


def _area(objects: Iterable[RealtyObject], unit: int) -> str:
    """The person's part of the areas as decimal text, rounded to the digits of the unit."""
    total = round(sum((one.area * one.share for one in objects), Fraction(0)) * unit)
    digits = len(str(unit)) - 1
    return f"{total // unit}.{total % unit:0{digits}d}"


def _put(desk: Desk, kind: str, person_id: UUID, as_of: date, value: dict[str, Any]) -> None:
    """From the day of the answer on; `thing` is the day, so that a later answer is a later fact."""
    desk.put(kind, person_id, as_of, value, thing=as_of.isoformat())
