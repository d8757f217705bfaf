"""Monthly wages of one person, from the jobs at the start and in the life."""

from __future__ import annotations

from datetime import date, timedelta

from kazna.kernel.periods import Period, add_months, next_month
from kazna.population.region import Region
from kazna.population.tables import money_on
from kazna.population.work import BASE_YEAR

GROWTH_PERCENT = 8  # a year
CHILDCARE_MONTHS, BEFORE_BIRTH_DAYS = 18, 70  # a mother earns nothing then


def incomes(region: Region, person: int, year: int) -> dict[int, int]:
    """Month → kopecks earned; months without earnings are absent. Known to the end of the life only."""
    months: dict[int, int] = {}
    leaves = [leave_around(region, child) for child in region.children_of(person)]
    for month in range(1, 13):
        first = date(year, month, 1)
        if first <= region.end and not any(leave.holds(first) for leave in leaves):
            kopecks = sum(earned(job, wage, first) for job, wage in jobs(region, person))
            if kopecks:
                months[month] = kopecks
    return months


def earned(job: Period, wage_kopecks: int, first: date) -> int:
    """The month's wage by the share of days employed."""
    month = Period(first, next_month(first))
    days = (min(job.end or date.max, month.end) - max(job.start, first)).days
    if days <= 0:
        return 0
    return wage_on(wage_kopecks, first) * days // (month.end - first).days


def wage_on(wage_kopecks: int, on: date) -> int:
    """A monthly wage of the columns, grown from money of BASE_YEAR to the year of the day, not below the minimum."""
    years = on.year - BASE_YEAR
    grown = wage_kopecks * (100 + GROWTH_PERCENT) ** max(years, 0) * 100 ** max(-years, 0)
    grown //= 100 ** max(years, 0) * (100 + GROWTH_PERCENT) ** max(-years, 0)
    return max(grown, money_on("minimum_wage", on))


def jobs(region: Region, person: int) -> list[tuple[Period, int]]:
    """Jobs as half-open periods with the wage; the day of dismissal is worked, the day of death is not."""
    found: list[tuple[date, date | None, int]] = []
    start = region.people.employed_since[person].item()
    open_since, wage = start, int(region.people.wage_kopecks[person])
    for happening in region.happenings_of(person):
        if happening.kind == "hired":
            open_since, wage = happening.day, happening.details["wage_kopecks"]
        elif open_since and happening.kind == "dismissed":
            found.append((open_since, happening.day + timedelta(days=1), wage))
            open_since = None
        elif open_since and happening.kind == "death":
            found.append((open_since, max(happening.day, open_since), wage))
            open_since = None
    if open_since:
        found.append((open_since, None, wage))
    return [(Period(since, until), each) for since, until, each in found]


def leave_around(region: Region, child: int) -> Period:
    """Maternity and childcare leave of the mother."""
    born = region.people.birth_date[child].item()
    return Period(born - timedelta(days=BEFORE_BIRTH_DAYS), add_months(born, CHILDCARE_MONTHS))
