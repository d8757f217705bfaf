"""The door of `reference`: the working calendar and classifiers, read from dated files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kazna.contexts.reference import catalogue, classifiers, comparing, editions, working_days
from kazna.contexts.reference.actions import load_edition as loading
from kazna.contexts.reference.actions.load_edition import EditionRefused, Loaded
from kazna.contexts.reference.catalogue import Classifier, NoClassifier
from kazna.contexts.reference.comparing import Difference
from kazna.contexts.reference.editions import Edition, NoEditionThen
from kazna.contexts.reference.working_days import CalendarUnknown

__all__ = [
    "CalendarUnknown",
    "Classifier",
    "Difference",
    "Edition",
    "EditionRefused",
    "Loaded",
    "NoClassifier",
    "NoEditionThen",
    "add_working_days",
    "classifier",
    "classifier_editions",
    "classifier_rows",
    "classifiers_list",
    "compare_editions",
    "country_name",
    "document_name",
    "edition_in_force",
    "is_working_day",
    "load_edition",
    "region_name",
    "working_day_from",
    "working_day_until",
]


def is_working_day(day: date) -> bool:
    """By the production calendar, with moved and paid days off. Raises CalendarUnknown outside 2011–2027."""
    return working_days.is_working_day(day)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it when negative); the day itself does not count.

    Law: a term in working days starts on the next day (Гражданский кодекс РФ, статья 191). Raises CalendarUnknown.
    """
    return working_days.add_working_days(day, count)


def working_day_from(day: date) -> date:
    """The day itself or the next working day: a term that ends on a day off moves on (статья 193)."""
    return working_days.working_day_from(day)


def working_day_until(day: date) -> date:
    """The day itself or the last working day before it: money due on a day off is paid the day before."""
    return working_days.working_day_until(day)


def region_name(code: str) -> str:
    """«77» → «Москва»; an unknown code is returned as it is."""
    return classifiers.names("regions").get(code, code)


def country_name(oksm: str) -> str:
    """«643» → «РОССИЯ», as the classifier writes it; an unknown code is returned as it is."""
    return classifiers.names("oksm").get(oksm, oksm)


def document_name(code: str) -> str:
    """«21» → «Паспорт гражданина Российской Федерации»; an unknown code is returned as it is."""
    return classifiers.names("document_types").get(code, code)


def classifiers_list() -> list[Classifier]:
    """Every classifier the platform knows, in the order of its catalogue."""
    return list(catalogue.catalogue().values())


def classifier(*, kind: str) -> Classifier:
    """What one classifier is. Raises NoClassifier."""
    return catalogue.classifier(kind)


def classifier_editions(*, kind: str) -> Sequence[Edition]:
    """Editions of a classifier, oldest first. Raises NoClassifier."""
    return editions.editions(kind)


def edition_in_force(*, kind: str, on: date) -> Edition:
    """The edition of a day. Raises NoClassifier, NoEditionThen."""
    return editions.edition_on(kind, on)


def classifier_rows(*, edition: Edition) -> Sequence[dict[str, str]]:
    """Rows of an edition as they stand in its file, every value a text."""
    return classifiers.rows_of(edition)


def compare_editions(*, before: Edition, after: Edition) -> Difference:
    """Rows added, removed and changed between two editions of one classifier."""
    return comparing.compare(before, after)


def load_edition(*, path: Path, kind: str | None = None, start: date | None = None) -> Loaded:
    """Keep a dated file as an edition in force from its day; a repeated load changes nothing.

    Raises EditionRefused with every mistake of the file, NoClassifier.
    """
    return loading.load_edition(path, kind, start)
