"""`kazna law graph`: who reads what, as a picture."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kazna.cli.law.folder import edition_of, law_folder, loaded
from kazna.cli.output import as_json, say
from kazna.rules.graph import draw, graph_of_law, graph_of_measure


@click.command()
@click.argument("measures", nargs=-1)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; standard output by default."
)
@law_folder
@as_json
def graph(measures: tuple[str, ...], out: Path | None, folder: Path, base: Path | None, as_json: bool) -> None:
    """Draw what measures depend on as SVG: one measure in full, several or all in outline."""
    library = loaded(folder, base)
    names = [edition_of(library, name, None).id for name in measures]
    found = (
        graph_of_measure(library.measures[names[0]][-1]) if len(names) == 1 else graph_of_law(library, names or None)
    )

    def human() -> None:
        if out is None:
            click.echo(draw(found), nl=False)
        else:
            out.write_text(draw(found), "utf-8")
            click.echo(f"Нарисовано: {out}, частей {len(found.boxes)}, связей {len(found.arrows)}.")

    plain = {"title": found.title, "boxes": [asdict(box) for box in found.boxes.values()], "arrows": list(found.arrows)}
    say(plain, human, as_json)
