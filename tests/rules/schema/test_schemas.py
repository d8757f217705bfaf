"""The schemas are as generated, accept every document of the law and refuse what the readers refuse."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.rules.conftest import FACTS, MEASURE, PARAMETERS

from kazna.cli.law.schema import written
from kazna.kernel.places import LAW
from kazna.rules import read_library
from kazna.rules.documents.strict_yaml import parse_yaml, read_yaml
from kazna.rules.schema import schemas

SCHEMAS = schemas()
FOLDERS = {
    "measures/*/*.yaml": "measure.schema.json",
    "parameters/*.yaml": "parameters.schema.json",
    "facts/*.yaml": "facts.schema.json",
    "facts/relations*.yaml": "relations.schema.json",
    "definitions/*.yaml": "definitions.schema.json",
    "calendar.yaml": "calendar.schema.json",
    "regulations.yaml": "regulations.schema.json",
}
DOCUMENTS = [(path, name) for pattern, name in FOLDERS.items() for path in sorted(LAW.glob(pattern))]


def as_editors_see_it(value):
    """Dates as text and exact numbers as numbers, as JSON has them."""
    if isinstance(value, dict):
        return {key: as_editors_see_it(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_editors_see_it(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def errors(name, document):
    return [
        f"{list(error.path)}: {error.message}" for error in Draft202012Validator(SCHEMAS[name]).iter_errors(document)
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_as_generated(name):
    assert (LAW / "schema" / name).read_text("utf-8") == written(SCHEMAS[name]), "run `kazna law schema`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_a_schema(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert json.loads(written(SCHEMAS[name])) == SCHEMAS[name]


@pytest.mark.parametrize(
    ("path", "name"), DOCUMENTS, ids=[f"{path.relative_to(LAW)}-{name}" for path, name in DOCUMENTS]
)
def test_every_document_of_the_law_fits(path: Path, name):
    document = as_editors_see_it(read_yaml(path, name=path.name).plain())

    assert errors(name, document) == []


def example_document():
    return as_editors_see_it(parse_yaml(MEASURE, name="m").plain())


@pytest.mark.parametrize("key", SCHEMAS["measure.schema.json"]["required"])
def test_schema_and_reader_ask_for_the_same_keys(write_law, key):
    """Without a key the schema calls needed, the reader says that it is missing."""
    document = example_document()
    del document[key]
    head = f"\n{key}:"
    before, _, rest = ("\n" + MEASURE).partition(head)
    tail = rest.partition("\n")[2]
    while tail[:1] in (" ", "-"):
        tail = tail.partition("\n")[2]

    problems = read_library(write_law(measure=(before + "\n" + tail).lstrip("\n")))[1]

    assert any("required" in error for error in errors("measure.schema.json", document))
    assert any(problem.code == "key_missing" and f"«{key}»" in problem.what for problem in problems)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("level",), "country"), (("conditions", 0, "wen"), "x"), (("amount", "value"), ["a"]),
        (("tests", 0, "expect", "state"), "maybe"), (("edition", "from"), 2024), (("passport", "decision_days"), 0),
    ],
)  # fmt: skip
def test_an_editor_sees_the_mistake(path, wrong):
    document = example_document()
    assert errors("measure.schema.json", document) == []
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong

    assert errors("measure.schema.json", document)


def test_the_example_vocabulary_and_figures_fit():
    assert errors("facts.schema.json", as_editors_see_it(parse_yaml(FACTS, name="f").plain())) == []
    assert errors("parameters.schema.json", as_editors_see_it(parse_yaml(PARAMETERS, name="p").plain())) == []
