"""`kazna law new`: begin a measure."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from kazna.cli.law.folder import DAY
from kazna.rules.documents.card import VOCABULARIES
from kazna.rules.documents.folders import FILE
from kazna.rules.skeleton import Draft, skeleton

IDENTITY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REGION = re.compile(r"\d{2}")


@click.command()
@click.argument("measure")
@click.option("--title", default="ЗАПОЛНИТЕ: название меры", show_default=False, help="Title of the measure.")
@click.option("--level", type=click.Choice(VOCABULARIES["level"]), default="region", show_default=True)
@click.option("--region", default="", help="Code of the region, two digits; wanted unless the level is federal.")
@click.option("--for", "unit", type=click.Choice(["child", "person"]), default="child", show_default=True,
              help="Whom a decision is about.")  # fmt: skip
@click.option("--from", "start", type=DAY, required=True, help="First day of the edition.")
@click.option("--law", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(),
              help="Folder of law to write into; the current one by default.")  # fmt: skip
def new(measure: str, title: str, level: str, region: str, unit: str, start: datetime, folder: Path) -> None:
    """Write the skeleton of a measure with comments; it loads at once, and the check names what to fill in."""
    if IDENTITY.fullmatch(measure) is None:
        raise click.UsageError(f"Имя «{measure}» не годится: строчные латинские буквы, цифры и дефисы, r53-school-kit.")
    if (level == "federal") == bool(region) or (region and REGION.fullmatch(region) is None):
        raise click.UsageError("Код региона — две цифры: --region 53; у федеральной меры его нет.")
    draft = Draft(measure, title.replace('"', "«"), level, region, unit, start.date())
    texts = skeleton(draft)
    if (folder / "facts").is_dir() or (folder / FILE).exists():
        del texts[FILE]  # the folder already says what it stands on
    taken = [name for name in texts if (folder / name).exists()]
    if taken:
        raise click.UsageError(f"Уже есть: {', '.join(taken)}. Ничего не записано; выберите другое имя или день.")
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        click.echo(f"Записано: {path}")
    click.echo(f"Дальше: заполните места со словом ЗАПОЛНИТЕ и проверьте: kazna law check{_option(folder)}")


def _option(folder: Path) -> str:
    return "" if folder == Path() else f" --law {folder}"
