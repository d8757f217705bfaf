"""A peer: the measures as variables of OpenFisca on ready features; a missing input is its default.

python bench/peers/openfisca_measures.py FOLDER
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from timing import timed

PERIOD = "2025-11"
DEFAULTS = {"person__sex": ""}


def columns(folder: Path) -> tuple[Any, dict[str, Any]]:
    """The features as arrays, what is unknown replaced by a default; dates and words as numpy has them."""
    table = pq.read_table(folder / "features.parquet")
    found = {}
    for name in table.column_names:
        column = table.column(name).combine_chunks()
        if pa.types.is_boolean(column.type):
            found[name] = column.fill_null(False).to_numpy(zero_copy_only=False)
        elif pa.types.is_date(column.type):
            found[name] = column.to_numpy(zero_copy_only=False).astype("datetime64[D]")
        elif pa.types.is_string(column.type):
            found[name] = column.to_numpy(zero_copy_only=False).astype("U1").astype(object)
        else:
            found[name] = (
                column.fill_null(0).to_numpy(zero_copy_only=False).astype(np.float32 if name in MONEY else np.int64)
            )
    return found.pop("id"), found


MONEY = {"income", "pm", "pm_adult", "pm_child", "pm_pensioner"}


def system(values: dict[str, Any], texts: list[dict[str, str]]) -> TaxBenefitSystem:
    person = build_entity(key="person", plural="persons", label="", roles=None, is_person=True)
    found = TaxBenefitSystem([person])
    kinds = {"b": bool, "M": date, "O": str, "f": float, "i": int}
    for name, column in values.items():
        parts = {"value_type": kinds[column.dtype.kind], "entity": person, "definition_period": MONTH}
        found.add_variable(type(name, (Variable,), parts))
    for place, one in enumerate(texts):
        source = f"lambda p, t: (lambda V: np.where({one['where']}, {one['amount']}, -1))(lambda name: p(name, t))"
        formula = eval(source, {"np": np, "D": np.datetime64})  # our own texts
        parts = {"value_type": float, "entity": person, "definition_period": MONTH, "formula": formula}
        found.add_variable(type(f"m{place}", (Variable,), parts))
    return found


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    texts = job["texts"]["numpy"]
    identities, values = columns(folder)
    rules = system(values, texts)

    def run() -> dict[str, Any]:
        builder = SimulationBuilder()
        builder.create_entities(rules)
        builder.declare_person_entity("person", np.arange(len(identities)))
        simulation = builder.build(rules)
        for name, column in values.items():
            simulation.set_input(name, PERIOD, column)
        parts = []
        for place, one in enumerate(texts):
            amounts = simulation.calculate(f"m{place}", PERIOD)
            rows = np.flatnonzero(amounts >= 0)
            names = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(rows), dtype=np.int8)), [one["measure"]])
            amount = pa.array(np.round(amounts[rows].astype(float)).astype(np.int64))
            parts.append(pa.table({"subject": identities[rows], "measure": names.cast(pa.string()), "amount": amount}))
        pq.write_table(pa.concat_tables(parts), folder / "openfisca.parquet")
        return {"rows": sum(len(part) for part in parts), "engine": "OpenFisca-Core on numpy, float32, two-valued"}

    timed("openfisca", run)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
