"""The law of the project, read once for all tests of it."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
import yaml

from kazna.kernel.places import LAW
from kazna.rules import Library, load_library

WORKED_EXAMPLES = [
    example
    for path in sorted((LAW / "examples").glob("*.yaml"))
    for example in yaml.safe_load(path.read_text())["examples"]
]


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(LAW)


def indexed(kopecks: int, coefficient: Fraction | str) -> int:
    """The amount after one indexation: multiplied and rounded half-up to whole kopecks."""
    return int((kopecks * Fraction(coefficient) + Fraction(1, 2)).__floor__())


def kopecks(roubles: object) -> int:
    """A printed amount in roubles, as whole kopecks."""
    return int((Decimal(str(roubles)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
