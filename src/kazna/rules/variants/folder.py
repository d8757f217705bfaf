"""Write variants as a folder of law that stands by itself: vocabulary, parameters, definitions, measures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import yaml

from kazna.rules.library import load_library
from kazna.rules.variants.document import START, Variant, draw_variant
from kazna.rules.variants.shared import DEFINITIONS, minima, vocabulary
from kazna.rules.variants.territory import Territory, territories

SHARED_PARTS = ("facts", "parameters", "definitions")
MUNICIPAL_EVERY = 9  # every ninth measure of a territory belongs to one of its municipalities
RESIDENCE_MONTHS = (0, 6, 12, 36, 60)  # one of them is the rule of a region


class _Writer(yaml.CSafeDumper):
    """Plain decimal numbers, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Writer.add_representer(Decimal, lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:float", f"{value:f}"))


def write_variants(law: Path, out: Path, *, count: int, seed: int) -> int:
    """Fill the new or empty folder `out` with `count` variants over the shared parts of `law`; files written.

    The same `law`, `count` and `seed` give the same bytes. Raises FileExistsError when `out` is not empty.
    """
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(out)
    places = territories(load_library(law))
    for part in SHARED_PARTS:
        if (law / part).exists():
            shutil.copytree(law / part, out / part)
    if (law / "calendar.yaml").exists():
        shutil.copy(law / "calendar.yaml", out / "calendar.yaml")
    _write(out / "facts" / "vocabulary_variants.yaml", vocabulary(places))
    _write(out / "definitions" / "variants.yaml", DEFINITIONS)
    _write(out / "parameters" / "variants_minimum.yaml", minima(places))
    written = 0
    for order, place in enumerate(places):
        variants = list(_of_territory(place, _share(count, order, len(places)), seed))
        _write(out / "parameters" / f"variants_{place.code}.yaml", {"parameters": _parameters(variants)})
        for variant in variants:
            _write(out / "measures" / variant.id / f"{START}.yaml", variant.document)
        written += len(variants)
    return written


def _share(count: int, order: int, places: int) -> int:
    """So many of `count` for the territory, the same everywhere within one."""
    return count * (order + 1) // places - count * order // places


def _of_territory(place: Territory, count: int, seed: int) -> Iterator[Variant]:
    """Numbers of a territory do not depend on the others: a larger count keeps the first ones."""
    random = Random(f"{seed}/{place.code}")
    settled = random.choice(RESIDENCE_MONTHS)
    for number in range(1, count + 1):
        municipal = number % MUNICIPAL_EVERY == 0
        municipality = place.municipalities[number // MUNICIPAL_EVERY % len(place.municipalities)] if municipal else ""
        yield draw_variant(random, place, number, municipality, settled)


def _parameters(variants: Sequence[Variant]) -> dict[str, Any]:
    return {
        name: {"title": f"Число меры {variant.id}", "type": kind, "values": _rows(before, after)}
        for variant in variants
        for name, (kind, before, after) in variant.rule.rows.items()
    }


def _rows(before: Decimal, after: Decimal) -> list[dict[str, Any]]:
    told = {"law": "Условный акт", "source": "придумано для испытаний", "verified": False}
    if before == after:
        return [{"from": START, "value": before, **told}]
    end, turn = START.replace(month=12, day=31), START.replace(year=START.year + 1)
    return [{"from": START, "to": end, "value": before, **told}, {"from": turn, "value": after, **told}]


def _write(path: Path, document: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(document, file, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=150)
