"""Which classifiers there are and what each is: `catalogue.yaml` of the release."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from kazna.kernel.errors import DomainError
from kazna.kernel.places import FORMATS

SHIPPED = FORMATS / "classifiers"


class NoClassifier(DomainError):
    sentence = "Классификатора «{kind}» нет. Есть: {known}."


@dataclass(frozen=True, slots=True)
class Classifier:
    """`key` and `label`: the columns of code and name. `is_own`: the codes are ours, the official ones unknown.

    `pattern`: what every code looks like, empty when any will do.
    """

    kind: str
    title: str
    holder: str
    code_in_egisso: str
    is_own: bool
    key: str
    label: str
    columns: tuple[str, ...]
    pattern: str = ""

    @property
    def all_columns(self) -> tuple[str, ...]:
        return (self.key, self.label, *self.columns)

    @property
    def is_tree(self) -> bool:
        return "parent" in self.columns


@cache
def catalogue() -> dict[str, Classifier]:
    """Every classifier by its kind, in the order of the file."""
    content = yaml.safe_load((SHIPPED / "catalogue.yaml").read_text("utf-8"))["classifiers"]
    return {
        kind: Classifier(
            kind=kind,
            title=entry["title"],
            holder=entry["holder"],
            code_in_egisso=entry.get("code_in_egisso", ""),
            is_own=entry.get("own", False),
            key=entry.get("key", "code"),
            label=entry.get("label", "name"),
            columns=tuple(entry.get("columns", ())),
            pattern=entry.get("pattern", ""),
        )
        for kind, entry in content.items()
    }


def classifier(kind: str) -> Classifier:
    """Raises NoClassifier with the kinds there are."""
    try:
        return catalogue()[kind]
    except KeyError:
        raise NoClassifier(kind=kind, known=", ".join(catalogue())) from None
