"""Who pays: details of the paying bodies under which banks take registers.

The figures are made up for demonstration, with true control keys; an installation puts its own here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    inn: str
    account: str
    bik: str
    contract_number: str
    contract_date: date


FUND = Payer(
    name="Отделение Фонда пенсионного и социального страхования Российской Федерации",
    inn="7700000016",
    account="40503810900000000001",
    bik="004525988",
    contract_number="СФР-1",
    contract_date=date(2024, 1, 9),
)
REGION = Payer(
    name="Орган социальной защиты населения",
    inn="7700000023",
    account="40503810200000000002",
    bik="004525988",
    contract_number="ДСЗН-1",
    contract_date=date(2024, 1, 9),
)


def payer_of(body: str) -> Payer:
    """The payer of a body: «sfr-77» is the Fund, the rest are the region's."""
    return FUND if body.startswith("sfr") else REGION
