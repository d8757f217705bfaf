"""The dated numbers chain by the rule of indexation, and what was recovered backwards is unambiguous."""

from datetime import date

import pytest
from tests.law.conftest import indexed, kopecks

FEBRUARY_CHAINS = [
    "birth_grant",
    "burial_benefit",
    "msk_first",
    "msk_second_if_not_first",
    "msk_second_addition",
    "edv_disabled_I",
    "edv_disabled_II",
    "edv_disabled_III",
    "edv_child_disabled",
    "edv_war_invalid",
    "edv_wwii_participant",
    "edv_combat_veteran",
    "edv_siege_leningrad",
    "nsu_medicines",
    "nsu_sanatorium",
    "nsu_transport",
]
# The sources carry these rows forward from 2021; the printed next amount differs by this many kopecks.
DRIFT = {("edv_disabled_I", 2026): 1, ("edv_disabled_III", 2025): 2}
SOCIAL_PENSIONS = [
    "social_pension_old_age",
    "social_pension_disabled_child_or_childhood_I",
    "social_pension_childhood_II",
    "social_pension_group_I",
    "social_pension_group_II",
    "social_pension_group_III",
]


def value(library, name, day, key=None):
    return library.parameters[name].row(key, day).value


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("name", FEBRUARY_CHAINS)
def test_february_amount_is_the_previous_one_indexed(library, name, year):
    before = value(library, name, date(year, 1, 31))
    coefficient = value(library, "index_feb_social", date(year, 2, 1))

    difference = value(library, name, date(year, 2, 1)) - indexed(before, coefficient)
    assert difference == DRIFT.get((name, year), 0)


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("name", SOCIAL_PENSIONS)
def test_recovered_social_pension_is_the_only_amount_that_indexes_to_the_known_one(library, name, year):
    coefficient = value(library, "index_social_pension", date(year, 4, 1))
    known = value(library, name, date(year, 4, 1))
    near = range(int(known / coefficient) - 5, int(known / coefficient) + 6)

    assert [amount for amount in near if indexed(amount, coefficient) == known] == [
        value(library, name, date(year, 3, 31))
    ]


@pytest.mark.parametrize("day", [date(2024, 2, 1), date(2025, 2, 1), date(2026, 2, 1)])
def test_parts_of_the_service_set_add_up_to_its_printed_cost(library, day):
    parts = [value(library, name, day) for name in ("nsu_medicines", "nsu_sanatorium", "nsu_transport")]

    assert sum(parts) == value(library, "nsu_total", day)


@pytest.mark.parametrize("name", ["pm_per_capita", "pm_working_age", "pm_pensioner", "pm_child"])
def test_subsistence_minimum_of_2025_is_known_for_every_region(library, name):
    regions = set(library.facts["applicant.region"].labels)

    assert {
        key for key in library.parameters[name].rows if library.parameters[name].row(key, date(2025, 6, 1))
    } == regions


def test_recovered_and_remembered_rows_are_marked_unverified(library):
    rows = [row for parameter in library.parameters.values() for row in parameter.all_rows()]
    doubtful = [
        row for row in rows if row.source.startswith(("производное: обратная индексация", "по памяти составителя"))
    ]

    assert doubtful
    assert not any(row.verified for row in doubtful)


def test_moscow_minimum_of_2026_decides_the_child_benefit(library):
    assert value(library, "pm_child", date(2026, 1, 1), "77") == kopecks(21903)
