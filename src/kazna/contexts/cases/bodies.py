"""Which body decides: the Fund or the region's social protection, in the recipient's territory."""

from __future__ import annotations

HOME_TERRITORY = "77"

NAMES = {
    "sfr": "Отделение Фонда пенсионного и социального страхования Российской Федерации",
    "dszn": "Орган социальной защиты населения",
}
PLACES = {"77": "по г. Москве"}


def body_of(kind: str, territory: str) -> str:
    """«sfr» in territory «77» → «sfr-77»; people without a known place belong to the home territory."""
    return f"{kind}-{territory or HOME_TERRITORY}"


def body_title(body: str) -> str:
    """«sfr-77» → «Отделение Фонда … по г. Москве»."""
    kind, _, territory = body.partition("-")
    return f"{NAMES.get(kind, kind)} {PLACES.get(territory, f'в регионе {territory}')}"
