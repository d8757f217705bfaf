"""What a back end would refuse of an edition: asked before the edition is published, never met during a run."""

from __future__ import annotations

from collections.abc import Callable

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.planes.plan import make_plan
from kazna.rules.compile.python import compile_python
from kazna.rules.compile.sql.statements import compile_whole
from kazna.rules.edition import Edition

BACKENDS: dict[str, Callable[[Edition], object]] = {
    "python": lambda edition: compile_python(edition, edition.parameters),
    "planes": lambda edition: make_plan([edition], edition.parameters, edition.start),
    "duckdb": lambda edition: compile_whole(edition, "duckdb"),
    "spark": lambda edition: compile_whole(edition, "spark"),
}


def refusals(edition: Edition, backend: str) -> list[CannotCompile]:
    """Place, what, why and what to do; empty when the back end takes the edition. `backend`: a key of BACKENDS."""
    try:
        BACKENDS[backend](edition)
    except CannotCompile as refusal:
        return [CannotCompile(**{**refusal.facts, "backend": backend})]
    return []
