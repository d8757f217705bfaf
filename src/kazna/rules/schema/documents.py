"""Every schema by the name of its file."""

from __future__ import annotations

from kazna.rules.schema.measure import measure_schema, regulations_schema
from kazna.rules.schema.shapes import Schema
from kazna.rules.schema.shared import (
    calendar_schema,
    definitions_schema,
    facts_schema,
    parameters_schema,
    relations_schema,
)


def schemas() -> dict[str, Schema]:
    """`measure.schema.json` and so on → the schema."""
    return {
        "measure.schema.json": measure_schema(),
        "parameters.schema.json": parameters_schema(),
        "facts.schema.json": facts_schema(),
        "definitions.schema.json": definitions_schema(),
        "calendar.schema.json": calendar_schema(),
        "relations.schema.json": relations_schema(),
        "regulations.schema.json": regulations_schema(),
    }
