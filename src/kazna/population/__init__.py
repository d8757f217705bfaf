"""The synthetic region: people, families, work, and two years of their life, all from one seed."""

from kazna.population.region import (
    NOBODY,
    Disability,
    Employers,
    Happening,
    Passport,
    Pension,
    People,
    Person,
    Region,
)

__all__ = [
    "NOBODY",
    "Disability",
    "Employers",
    "Happening",
    "Passport",
    "Pension",
    "People",
    "Person",
    "Region",
]
