"""`kazna families`: the family as a law counts it on a day."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from datetime import datetime

import click

from kazna.cli.database import open_database
from kazna.cli.facts import DAY, MOMENT, person_of
from kazna.cli.output import as_json, print_table, say

ANSWERS = {True: "да", False: "нет", None: "не известно"}


@click.group()
def families() -> None:
    """Families as laws count them."""


@families.command()
@click.argument("snils")
@click.option("--law", "measure", default="ru-child-benefit", show_default=True, help="A measure, by id or code.")
@click.option("--on", type=DAY, help="The day of application; the operating day by default.")
@click.option("--child", help="СНИЛС of the child for whom the measure is asked.")
@click.option("--known", type=MOMENT, help="As it was known at this moment; now by default.")
@as_json
def show(
    snils: str, measure: str, on: datetime | None, child: str | None, known: datetime | None, as_json: bool
) -> None:
    """Print who is in the family and who is not, why, and by which article. The look is journalled."""
    open_database()
    from kazna.contexts.audit import public as audit
    from kazna.contexts.measures import public as measures
    from kazna.contexts.registers import public as registers
    from kazna.plumbing import clock
    from kazna.plumbing.access import Viewer

    found = measures.family(
        measure,
        applicant=person_of(registers, snils),
        on=on.date() if on else clock.today(),
        child=person_of(registers, child) if child else None,
        known_at=known.astimezone() if known else None,
    )
    cards = registers.cards(one.person_id for one in found.members)
    viewer = Viewer("operator", getpass.getuser())
    audit.record(
        [
            audit.entry_of_look(
                viewer=viewer, person_id=one, screen="kazna families show", purpose="Просмотр состава семьи"
            )
            for one in cards
        ]
    )
    rows = [
        (cards[one.person_id].full_name if one.person_id in cards else "", one.tie, ANSWERS[one.belongs],
         _why(one), one.law)
        for one in found.members
    ]  # fmt: skip

    def human() -> None:
        print_table(
            f"{found.title} на {found.on:%d.%m.%Y}", ("человек", "связь", "входит", "почему", "по закону"), rows
        )
        if not found.is_known:
            click.echo("Состав семьи не известен: источники расходятся, расхождение ждёт специалиста.")

    say({**asdict(found), "members": [asdict(one) for one in found.members]}, human, as_json)


def _why(one: object) -> str:
    part, against, unknown = (getattr(one, name) for name in ("part", "against", "unknown"))
    if against:
        return "не выполнено: " + "; ".join(against)
    return f"{part}: нет сведений — " + "; ".join(unknown) if unknown else part
