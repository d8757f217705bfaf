"""The synthetic region: people, families, work, and their life between two days, all from one seed."""

from kazna.population.generate import ImpossibleRegion, generate_region
from kazna.population.incomes import incomes, wage_on
from kazna.population.people import NOBODY, People
from kazna.population.person import Disability, Passport, Pension, Person
from kazna.population.region import Employers, Happening, Region
from kazna.population.storage import NotARegion, load_region, save_region
from kazna.population.tables import money_on

__all__ = [
    "NOBODY",
    "Disability",
    "Employers",
    "Happening",
    "ImpossibleRegion",
    "NotARegion",
    "Passport",
    "Pension",
    "People",
    "Person",
    "Region",
    "generate_region",
    "incomes",
    "load_region",
    "money_on",
    "save_region",
    "wage_on",
]
