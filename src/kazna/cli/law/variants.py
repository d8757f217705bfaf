"""`kazna law variants`: thousands of regional measures for trials at full size."""

from __future__ import annotations

from pathlib import Path

import click

from kazna.kernel.places import LAW
from kazna.rules.variants import write_variants


@click.command()
@click.option("--count", type=click.IntRange(1, 200_000), default=20_000, show_default=True, help="How many measures.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="New or empty folder for them.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed draws other measures.")
@click.option("--law", "folder", type=click.Path(path_type=Path), default=LAW, help="Folder of documents.")
def variants(count: int, out: Path, seed: int, folder: Path) -> None:
    """Write invented regional and municipal measures by the patterns of real ones; `kazna law check` accepts them."""
    try:
        written = write_variants(folder, out, count=count, seed=seed)
    except FileExistsError:
        raise click.ClickException(f"Папка {out} не пуста. Назовите новую или очистите эту.") from None
    click.echo(f"Мер {written}, папка {out}.")
