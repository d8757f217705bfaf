"""Draw a whole region from a seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kazna.kernel.errors import DomainError
from kazna.population.couples import draw_couples
from kazna.population.disability import draw_disability
from kazna.population.draft import Draft
from kazna.population.households import draw_households
from kazna.population.kinship import draw_kinship
from kazna.population.life.births import BIRTHS_PER_1000
from kazna.population.life.run import live
from kazna.population.names import draw_names
from kazna.population.numbers import draw_accounts, draw_passports, draw_snils
from kazna.population.pensions import draw_pensions
from kazna.population.pyramid import draw_pyramid
from kazna.population.region import Region
from kazna.population.work import draw_work

LEAST_PEOPLE, MOST_PEOPLE = 100, 800_000
ROOM_FOR_BIRTHS = 1.3
STAGES = (
    ("pyramid", draw_pyramid),
    ("couples", draw_couples),
    ("kinship", draw_kinship),
    ("households", draw_households),
    ("names", draw_names),
    ("snils", draw_snils),
    ("accounts", draw_accounts),
    ("passports", draw_passports),
    ("work", draw_work),
    ("disability", draw_disability),
    ("pensions", draw_pensions),
)


class ImpossibleRegion(DomainError):
    sentence = "Регион из {people} человек с {start} по {end} не построить: нужно от 100 до 800 000 и месяц жизни."


def generate_region(
    *,
    people: int = 20_000,
    seed: int = 1,
    region_code: str = "77",
    start: date = date(2024, 11, 1),
    end: date = date(2026, 10, 31),
    progress: Callable[[str, int, int], None] | None = None,
) -> Region:
    """A region with `people` alive at the start and its life in `[start, end]`; one seed, one region.

    `progress` is told (stage, done, total). Raises ImpossibleRegion and UnknownRegion.
    """
    tell = progress or (lambda stage, done, total: None)
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE or (end - start).days < 30:
        raise ImpossibleRegion(people=people, start=start, end=end)
    years = (end - start).days / 365
    room = people + 50 + int(people * BIRTHS_PER_1000 / 1000 * years * ROOM_FOR_BIRTHS)
    draft = Draft(seed, region_code, start, end, people, room)
    for number, (stage, draw) in enumerate(STAGES):
        draw(draft)
        tell(stage, number + 1, len(STAGES))
    happenings, count = live(draft, tell)
    return Region(
        code=region_code,
        name=draft.addresses.region_name,
        seed=seed,
        start=start,
        end=end,
        people=draft.people.first(count),
        employers=draft.employers,
        happenings=happenings,
    )
