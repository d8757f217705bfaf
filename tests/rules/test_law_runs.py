"""The law of the project loads without errors and decides fast enough to be asked online."""

import time

from kazna.kernel.places import LAW
from kazna.rules import check_library, load_library
from kazna.rules.examples import read_examples


def test_the_law_of_the_project_has_no_errors():
    errors = [str(problem) for problem in check_library(load_library(LAW)) if problem.severity == "error"]

    assert errors == []


def test_a_determination_is_fast():
    library = load_library(LAW)
    pairs = [
        (edition, example)
        for editions in library.measures.values()
        for edition in editions
        for example in read_examples(library, edition)[0]
    ]
    started = time.perf_counter()

    for edition, example in pairs:
        edition.determine(example.situation, on=example.on, parameters=library.parameters)

    assert (time.perf_counter() - started) / len(pairs) < 0.005, "five milliseconds leave room for a busy machine"
