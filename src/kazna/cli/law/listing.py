"""`kazna law list`: measures and their editions, by level, region, code or day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kazna.cli.law.folder import DAY, day_of, law_folder, loaded
from kazna.cli.output import as_json, print_table, say
from kazna.rules import Edition
from kazna.rules.documents.card import VOCABULARIES

LEVELS = {"federal": "Россия", "region": "регион {region}", "municipality": "муниципалитет {region}"}


@click.command("list")
@click.option("--level", type=click.Choice(VOCABULARIES["level"]), help="Only measures of this level.")
@click.option("--region", help="Federal measures and those of this region.")
@click.option("--code", help="Only codes that begin so: A, A08, C.")
@click.option("--on", type=DAY, help="Only editions in force on this day.")
@law_folder
@as_json
def list_measures(
    level: str | None, region: str | None, code: str | None, on: datetime | None, folder: Path, base: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """List measures and their editions."""
    library = loaded(folder, base)
    rows = [
        _row(edition)
        for editions in library.measures.values()
        for edition in editions
        if _matches(edition, level, region, code, day_of(on))
    ]

    def human() -> None:
        print_table("Меры", ["мера", "код", "название", "чья", "редакция", "примеров"], [_cells(row) for row in rows])

    say(rows, human, as_json)


def _matches(edition: Edition, level: str | None, region: str | None, code: str | None, on: date | None) -> bool:
    document = edition.document
    if level is not None and document["level"] != level:
        return False
    if region is not None and document["level"] != "federal" and str(document.get("region")) != region:
        return False
    if code is not None and not any(part.strip().startswith(code) for part in str(document["code"]).split(",")):
        return False
    return on is None or edition.holds(on)


def _cells(row: dict[str, Any]) -> list[Any]:
    until = f" по {row['to']}" if row["to"] else ""
    whose = LEVELS[row["level"]].format(region=row["region"])
    return [row["measure"], row["code"], row["short_title"], whose, f"с {row['from']}{until}", row["tests"]]


def _row(edition: Edition) -> dict[str, Any]:
    document = edition.document
    return {
        "measure": edition.id,
        "code": document["code"],
        "title": edition.title,
        "short_title": edition.short_title,
        "level": document["level"],
        "region": document.get("region"),
        "from": edition.start.isoformat(),
        "to": edition.end.isoformat() if edition.end is not None else None,
        "tests": len(edition.measure.tests),
    }
