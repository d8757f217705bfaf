"""`kazna impact`: what measures changed for families that got them, against families alike that did not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import progress_bar

DAY = click.DateTime(["%Y-%m-%d"])
OUTCOMES = {
    "income": "доход на человека, ₽", "work": "работают, %", "poverty": "ниже минимума, %",
    "gap": "не хватает до минимума, ₽", "other": "других мер",
}  # fmt: skip
DOUBTS = {
    "no_pairs": "похожих пар меньше 20, об изменениях сказать нельзя", "few_pairs": "пар меньше 100, разброс велик",
    "alone": "для каждой десятой семьи и чаще нет похожей: вывод не обо всех",
    "unalike": "пары всё ещё различаются, см. сходство",
}  # fmt: skip


@click.command()
@click.argument("measures", nargs=-1, required=True, metavar="MEASURE…")
@click.option("--territory", default="", help="Two-digit region; all of the snapshot by default.")
@click.option("--since", type=DAY, required=True, help="The day before: families are matched by how they lived then.")
@click.option("--until", type=DAY, required=True, help="The day after, nine months later at least.")
@click.option("--kept", is_flag=True, help="Use the last snapshot as it is, do not bring it up to now.")
@as_json
def impact(
    measures: tuple[str, ...], territory: str, since: datetime, until: datetime, kept: bool, as_json: bool
) -> None:
    """Compare families that got MEASURE between two days with families alike that did not; see the methodology page."""
    open_database()
    from kazna.contexts.studio import public as studio

    ready = [] if kept else studio.take_territories(now=datetime.now(UTC), code=territory)
    told = []
    for measure in measures:
        with progress_bar(measure, hidden=as_json, after=2) as advance:
            found = studio.study_impact(
                measure=measure, territory=territory, since=since.date(), until=until.date(), by="kazna",
                ready=[one for one in ready if one.code != "00"], advance=advance,
            )  # fmt: skip
        told.append(found.result)
    say(told, lambda: _human(told, since.date(), until.date()), as_json)


def _human(told: list[dict[str, Any]], since: date, until: date) -> None:
    for one in told:
        parts = one["regions"] if len(one["regions"]) == 1 else [{"territory": "все", **one["whole"]}, *one["regions"]]
        for part in parts:
            rows = [
                (OUTCOMES[row["key"]], *(_told(row[name], row["key"]) for name in ("effect", "low", "high", "plain")))
                for row in part["outcomes"]
            ]
            title = f"{one['measure']}, {part['territory']}, {since} – {until}: пар {_people(part['pairs'])}"
            print_table(title, ["показатель", "эффект", "от", "до", "без подбора"], rows)
            for doubt in part["doubts"]:
                click.echo(f"Осторожно: {DOUBTS[doubt]}.")


def _told(value: float, key: str) -> str:
    shown = value * 100 if key in ("work", "poverty") else value
    return f"{shown:+,.{0 if key in ('income', 'gap') else 1}f}".replace(",", " ")


def _people(number: int | None) -> str:
    return "меньше 5" if number is None else str(number)
