"""How commands speak: a table for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

console = Console(highlight=False)
notes = Console(highlight=False, stderr=True)  # what is not the answer: progress, remarks

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"cannot print {type(value).__name__} as JSON")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A titled table; numbers are set to the right."""
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for place, column in enumerate(columns):
        numbers = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        table.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(f"{cell:,}".replace(",", " ") if isinstance(cell, int) else str(cell) for cell in row))
    console.print(table)


def say(plain: Mapping[str, Any] | Sequence[Any], human: Callable[[], None], as_json: bool) -> None:
    """Print the same thing for a machine or for a person."""
    if as_json:
        print_json(plain)
    else:
        human()
