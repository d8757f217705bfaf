from datetime import date

import pytest

from kazna.population import Region, generate_region


@pytest.fixture(scope="session")
def region() -> Region:
    return generate_region(people=12_000, seed=5, start=date(2024, 11, 1), end=date(2026, 10, 31))
