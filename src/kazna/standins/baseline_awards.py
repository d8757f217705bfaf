"""Awards the Fund made before the first day: pensions, monthly disability payments, child benefits, certificates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import chain, count

from kazna.kernel.money import round_half_up
from kazna.kernel.periods import add_months, full_years, month_start
from kazna.population import NOBODY, money_on, wage_on
from kazna.standins.baseline_certificates import certificate_rows
from kazna.standins.baseline_facts import takes_services_in_kind
from kazna.standins.chance import between, share
from kazna.standins.life import Life

AWARD_COLUMNS = (
    "number",
    "snils",
    "child_snils",
    "measure",
    "amount_kopecks",
    "valid_from",
    "valid_to",
)
PENSION_MEASURES = {
    "old_age": "ru-old-age-pension",
    "disability": "ru-disability-pension-insurance",
    "social_disability": "ru-disability-pension-social",
    "social_old_age": "ru-disability-pension-social",
}
TERM_OF_DISABILITY = {"disability", "social_disability"}
DISABILITY_MONTHLY = "ru-disability-monthly"
CHILD_BENEFIT = "ru-child-benefit"
POOR_WHO_APPLIED = 0.6
BENEFIT_UNTIL_YEARS = 17
Row = tuple[object, ...]


def award_rows(life: Life) -> Iterator[Row]:
    """number, СНИЛС of the recipient, of the child, measure, kopecks a month (of a certificate, once), [from, to)."""
    numbers = count(1)
    kinds = (pension_rows, disability_monthly_rows, child_benefit_rows, certificate_rows)
    for row in chain.from_iterable(rows(life) for rows in kinds):
        yield f"Б-{next(numbers):07d}", *row


def pension_rows(life: Life) -> Iterator[Row]:
    """Survivors' pensions are facts only: no measure of this kind is paid by rule yet."""
    people = life.people
    for person, pension_type in enumerate(people.pension_type):
        measure = PENSION_MEASURES.get(pension_type)
        if measure and people.alive_at_start[person]:
            until = people.disability_until[person].item() if pension_type in TERM_OF_DISABILITY else None
            since = people.pension_since[person].item()
            yield people.snils[person], None, measure, int(people.pension_kopecks[person]), since, until


def disability_monthly_rows(life: Life) -> Iterator[Row]:
    """ЕДВ by group, less the services (НСУ) taken in kind, as indexed by the first day."""
    people, start = life.people, life.region.start
    services = money_on("social_services", start)
    for person, group in enumerate(people.disability_group):
        if group and people.alive_at_start[person]:
            amount = money_on(f"disability_monthly_{group}", start)
            if takes_services_in_kind(life, person):
                amount -= services
            since = people.disability_since[person].item()
            until = people.disability_until[person].item()
            yield people.snils[person], None, DISABILITY_MONTHLY, amount, since, until


def child_benefit_rows(life: Life) -> Iterator[Row]:
    """Mothers of families under the minimum per head who applied within the last year, child by child."""
    region, people = life.region, life.people
    seed, start = region.seed, region.start
    incomes = household_incomes(life)
    minimum, of_child = money_on("subsistence_per_head", start), money_on("subsistence_of_child", start)
    for mother in sorted(life.children):
        if people.sex[mother] != "F" or not people.alive_at_start[mother]:
            continue
        per_head = incomes[int(people.household[mother])]
        children = [child for child in sorted(life.children[mother]) if is_small(life, child, start)]
        if not children or per_head >= minimum:
            continue
        if share(seed, "child_benefit", mother) >= POOR_WHO_APPLIED:
            continue
        granted = month_start(add_months(start, -between(1, 11, seed, "child_benefit_since", mother)))
        amount = benefit_kopecks(per_head / minimum, of_child)
        for child in children:
            born = people.birth_date[child].item()
            since = max(granted, month_start(born))
            until = min(add_months(granted, 12), add_months(month_start(born), 12 * BENEFIT_UNTIL_YEARS))
            if start < until:
                yield people.snils[mother], people.snils[child], CHILD_BENEFIT, amount, since, until


def benefit_kopecks(income_share: Fraction, minimum_of_child: int) -> int:
    """By the income as a share of the minimum per head: the child's minimum whole, three quarters, or a half."""
    if income_share < Fraction(1, 2):
        return minimum_of_child
    part = Fraction(3, 4) if income_share < Fraction(3, 4) else Fraction(1, 2)
    return round_half_up(minimum_of_child * part)


def is_small(life: Life, child: int, on: date) -> bool:
    people = life.people
    under_age = full_years(people.birth_date[child].item(), on) < BENEFIT_UNTIL_YEARS
    return bool(people.alive_at_start[child]) and under_age


def household_incomes(life: Life) -> dict[int, Fraction]:
    """Kopecks a month per head of each household: wages of those at work and pensions, on the first day."""
    people, start = life.people, life.region.start
    total: dict[int, int] = defaultdict(int)
    heads: dict[int, int] = defaultdict(int)
    for person, household in enumerate(people.household.tolist()):
        if people.alive_at_start[person]:
            if people.employer[person] != NOBODY:
                total[household] += wage_on(int(people.wage_kopecks[person]), start)
            total[household] += int(people.pension_kopecks[person])
            heads[household] += 1
    return {household: Fraction(total[household], heads[household]) for household in heads}
