"""A world folder: the region, the Fund's baseline and the agencies' mailbox."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kazna.kernel.errors import DomainError
from kazna.population import Region, generate_region, load_region, save_region
from kazna.standins.baseline import write_baseline
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.personas import mothers_in_trouble, mothers_of_soon

REGION, BASELINE, MAILBOX = "region", "baseline.zip", "mailbox.sqlite"


class WorldMissing(DomainError):
    sentence = "В папке {folder} нет региона. Создайте его: python -m kazna.standins generate --world {folder}"


def generate_world(folder: Path, *, people: int, seed: int, start: date, end: date) -> dict[str, int]:
    """Make the region that lives in `[start, end]` and the baseline; return rows of the baseline by file.

    The baseline is written last: a folder that has it is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    region = generate_region(people=people, seed=seed, start=start, end=end)
    make_sure_a_credit_comes_back(region)
    save_region(region, folder / REGION)
    unfinished = folder / f"{BASELINE}.part"
    rows = write_baseline(Life(region), unfinished)
    unfinished.replace(folder / BASELINE)
    return rows


def make_sure_a_credit_comes_back(region: Region) -> None:
    """Small regions may have no mother with a troubled account; the demo needs one."""
    life = Life(region)
    if next(mothers_in_trouble(life), None) is None:
        mother = next(mothers_of_soon(life), None)
        if mother is not None:
            region.people.account_trouble[mother] = "closed"


def open_world(folder: Path) -> tuple[Life, Mailbox]:
    """Load the region and open the mailbox; raise WorldMissing when the folder is not a whole world."""
    if not (folder / BASELINE).exists():
        raise WorldMissing(folder=folder)
    life = Life(load_region(folder / REGION))
    mailbox = Mailbox(folder / MAILBOX, before=life.region.start - timedelta(days=1))
    return life, mailbox
