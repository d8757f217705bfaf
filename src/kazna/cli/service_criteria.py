"""`kazna service-criteria`: how digital each measure is, by the eleven criteria."""

from __future__ import annotations

from dataclasses import asdict

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_json, print_table

SIGNS = {"yes": "да", "no": "нет", "unknown": "?", "not_needed": "—"}


@click.command("service-criteria")
@click.option("--measure", default="", help="One measure with the reasons of each answer.")
@as_json
def service_criteria(measure: str, as_json: bool) -> None:
    """Measure the eleven criteria of a digital service for every measure, from the law and from what was done."""
    open_database(migrate=True)
    from kazna.contexts.cases import public as cases

    rows = [
        one
        for one in cases.criteria.service_criteria(runs=cases.criteria.decision_runs())
        if measure in ("", one.measure)
    ]
    if not rows:
        raise click.UsageError(f"Меры «{measure}» нет. Список: kazna law list.")
    if as_json:
        print_json([{**asdict(one), "met": one.met, "of": one.of} for one in rows])
    elif measure:
        print_table(rows[0].title, ["критерий", "ответ", "почему"], [
            [one.criterion, SIGNS[one.answer], one.why] for one in rows[0].answers
        ])  # fmt: skip
    else:
        print_table(
            "Одиннадцать критериев", ["мера", *cases.criteria.CRITERIA, "выполнено"],
            [[one.measure, *(SIGNS[each.answer] for each in one.answers), f"{one.met} из {one.of}"] for one in rows],
        )  # fmt: skip
