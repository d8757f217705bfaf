"""Publish documents of the law: they stand over the checkout's from now on; what is in force is not changed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from kazna.contexts.measures import library as law
from kazna.contexts.measures.law_folder import EDITION, with_texts
from kazna.contexts.measures.models import PublishedFile
from kazna.kernel.errors import DomainError
from kazna.rules import Library
from kazna.rules.library import read_library
from kazna.rules.problems import Problem

FIGURES = re.compile(r"parameters/[a-z0-9_]+\.yaml")


class StrangePath(DomainError):
    """Only measures and figures are published."""

    sentence = "Публикуются редакции мер и параметры; «{path}» — ни то ни другое."


class EditionExists(DomainError):
    """An edition with this first day is in the law already."""

    sentence = "Редакция меры «{measure}» с {start} уже есть: изданное не меняют. Выберите другой первый день."


class LaterEdition(DomainError):
    """A later edition stands already: the new one would be slipped in under it."""

    sentence = "У меры «{measure}» уже есть редакция с {later}, позже {start}. Начните новую редакцию после неё."


class PastFigures(DomainError):
    """A figure would change for days already in force."""

    sentence = "Параметр «{name}» на {day} изменился бы задним числом. Добавьте новую строку с нового дня."


class LawBroken(DomainError):
    """The law with the documents does not load."""

    sentence = "С этими документами закон не читается: {first}"


def publish_law(*, texts: Mapping[str, str], first_day: date, by: str, reason: str) -> str:
    """`texts`: path in the law folder → document. Returns the digest of the law with them.

    Raises StrangePath, EditionExists, LaterEdition, PastFigures, LawBroken.
    """
    now_in_force = law.current()
    for path in texts:
        _check_path(now_in_force, path)
    library, errors = try_law(texts)
    if library is None or errors:
        raise LawBroken(first=errors[0] if errors else "общие части не читаются")
    _check_figures(now_in_force, library, first_day)
    with transaction.atomic():
        PublishedFile.objects.bulk_create(
            PublishedFile(path=path, text=text, published_by=by, reason=reason) for path, text in texts.items()
        )
        law.look_again()
        return law.store_release()


def try_law(texts: Mapping[str, str]) -> tuple[Library | None, list[Problem]]:
    """The law in force with these documents over it, and the errors of reading; nothing is kept."""
    base = law.folder()
    with tempfile.TemporaryDirectory() as place:
        folder = with_texts(texts, base=base, into=Path(place) / base.name)
        library, problems = read_library(folder)
    return library, [problem for problem in problems if problem.severity == "error"]


def _check_path(library: Library, path: str) -> None:
    edition = EDITION.fullmatch(path)
    if edition is None:
        if FIGURES.fullmatch(path) is None:
            raise StrangePath(path=path)
        return
    start = date.fromisoformat(edition["start"])
    for known in library.measures.get(edition["measure"], ()):
        if known.start == start:
            raise EditionExists(measure=known.id, start=f"{start:%d.%m.%Y}")
        if known.start > start:
            raise LaterEdition(measure=known.id, later=f"{known.start:%d.%m.%Y}", start=f"{start:%d.%m.%Y}")


def _check_figures(before: Library, after: Library, first_day: date) -> None:
    """Every value known before the first day is as it was."""
    for name in before.parameters:
        if name not in after.parameters:
            raise PastFigures(name=name, day=f"{first_day:%d.%m.%Y}")
        old, new = before.parameters[name], after.parameters[name]
        for key, rows in old.rows.items():
            for row in rows:
                now = new.row(key, row.start)
                if row.start < first_day and (now is None or now.value != row.value):
                    raise PastFigures(name=name, day=f"{row.start:%d.%m.%Y}")
