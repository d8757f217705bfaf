"""A peer: the measures as Polars expressions on ready features, a filter for each; unknown rows drop out.

python bench/peers/polars_measures.py FOLDER
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from timing import timed


def run(base: pl.DataFrame, texts: list[dict[str, str]], folder: Path) -> dict[str, Any]:
    names = {"pl": pl, "D": lambda *parts: pl.lit(date(*parts)), "V": lambda name: pl.col(name)}
    lazy = base.lazy()
    parts = [
        lazy.filter(eval(one["where"], names)).select(  # our own texts
            pl.col("id").alias("subject"),
            pl.lit(one["measure"]).alias("measure"),
            eval(one["amount"], names).cast(pl.Int64).alias("amount"),
        )
        for one in texts
    ]
    found = pl.concat(parts).collect()
    found.write_parquet(folder / "polars.parquet")
    return {"rows": found.height, "engine": f"Polars {pl.__version__}, two-valued"}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    job = json.loads((where / "job.json").read_text(encoding="utf-8"))
    features = pl.read_parquet(where / "features.parquet")
    timed("polars", lambda: run(features, job["texts"]["polars"], where))
