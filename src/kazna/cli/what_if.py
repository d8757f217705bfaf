"""`kazna what-if`: what a draft of a measure would change for a territory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import progress_bar


@click.command("what-if")
@click.argument("measure")
@click.option("--territory", required=True, help="Two-digit region.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; the draft's first day by default.")
@click.option("--amount", help="Another amount in roubles for this scenario alone.")
@click.option("--name", default="", help="Name of the scenario.")
@click.option("--kept", is_flag=True, help="Use the last snapshot as it is, do not bring it up to now.")
@as_json
def what_if(
    measure: str, territory: str, on: datetime | None, amount: str | None, name: str, kept: bool, as_json: bool
) -> None:
    """Play the newest draft of MEASURE on a territory. Nothing is awarded; groups under five people are not shown."""
    open_database()
    from kazna.contexts.studio import public as studio

    found = next((one for one in studio.drafts() if measure in (one.measure, str(one.id))), None)
    if found is None:
        raise click.ClickException(f"Черновика меры «{measure}» нет. Его начинают в студии: /studio/.")
    if kept:
        where = studio.kept_territory(territory)
    else:
        ready = studio.take_territories(now=datetime.now(UTC), code=territory)
        if not ready:
            raise click.ClickException(f"В реестре нет людей территории «{territory}».")
        where = ready[0]
    with progress_bar("сценарий", hidden=as_json, after=2) as advance:
        played = studio.play_draft(
            draft_id=found.id, territory=territory, on=on.date() if on else found.first_day, name=name,
            figures={"amount": amount} if amount else {}, by="kazna", ready=where, advance=advance,
        )  # fmt: skip
    say(played.result, lambda: _human(found.title, played.result), as_json)


def _human(title: str, told: dict[str, Any]) -> None:
    rows = [
        ("Людей на территории", told["people"]), ("Получат", _people(told["granted"])),
        ("Не хватает сведений", _people(told["unknown"])), ("Выиграют", _people(told["gain"])),
        ("Потеряют", _people(told["lose"])), ("Стоимость за год, ₽", _roubles(told["cost_kopecks"])),
        ("Изменение за год, ₽", _roubles(told["change_kopecks"])),
    ]  # fmt: skip
    poverty = told["poverty"]
    if poverty:
        rows += [("Бедных сейчас", _people(poverty["before"])), ("Бедных с мерой", _people(poverty["after"]))]
    print_table(f"{title}, {told['territory']}, {told['on']}", ["показатель", "значение"], rows)
    if told["years"]:
        years = [(row["year"], _people(row["people"]), _roubles(row["kopecks"])) for row in told["years"]]
        print_table("По годам", ["год", "получат", "₽"], years)
    click.echo("Секунды: " + ", ".join(f"{name} {spent}" for name, spent in told["seconds"].items()))


def _people(number: int | None) -> str:
    return "меньше 5" if number is None else str(number)


def _roubles(kopecks: int | None) -> str:
    return "—" if kopecks is None else f"{kopecks / 100:,.2f}".replace(",", " ")
