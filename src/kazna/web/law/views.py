"""The law as the platform reads it: measures, editions, parameters by date, examples."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.measures import public as measures
from kazna.plumbing import clock
from kazna.web.powers import allow


@require_safe
@allow("methodologist", "officer")
def measures_list(request: HttpRequest) -> HttpResponse:
    """All measures with the edition in force and what in it is not verified."""
    day = clock.today()
    cards = measures.measures_list()
    rows = [{"card": card, "edition": _in_force(card, day), "doubts": _doubts(card)} for card in cards]
    return render(request, "law/measures.html", {"rows": rows})


@require_safe
@allow("methodologist", "officer")
def measure(request: HttpRequest, measure_id: str) -> HttpResponse:
    """One edition of a measure: conditions, amount, delivery, parameters, worked examples."""
    card = measures.measure(measure_id)
    if card is None:
        raise Http404
    wanted = request.GET.get("edition")
    edition = next((one for one in card.editions if one.digest == wanted), None) or _in_force(card, clock.today())
    library = measures.law_in_force()
    names = edition.document.get("parameters", ())
    return render(
        request,
        "law/measure.html",
        {
            "card": card,
            "edition": edition,
            "document": edition.document,
            "steps": _steps(edition.document),
            "shared": _shared(library, edition.document),
            "examples": _examples(library, edition.digest),
            "parameters": [library.parameters[name] for name in names if name in library.parameters],
            "tables": [name for name in names if name not in library.parameters],
            "governing_day": _title(library.facts, edition.document["governing_date"]),
            "day": clock.today(),
        },
    )


def _steps(document: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Steps as (title, lines): one expression, or the rows of a decision table."""
    return [
        (step["title"], [f"{name} = {step['value']}"] if "value" in step else [name, *_rows(step["table"])])
        for name, step in (document.get("steps") or {}).items()
    ]


def _rows(table: Mapping[str, Any]) -> list[str]:
    rows = [f"{row['when']} → {row['then']}" for row in table["rows"]]
    return [*rows, f"иначе → {table['otherwise']}"] if "otherwise" in table else rows


def _shared(library: Any, document: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Rules the measure takes from those that many share, as (title, lines) with their days and territories."""
    found = []
    for name in document.get("uses") or ():
        definition = library.definitions.get(name)
        if definition is not None:
            lines = [
                f"{name}{_when(edition)}{'' if key == 'default' else f', регион {key}'} = {entry.value}"
                for edition in definition.editions
                for key, entry in edition.values.items()
            ]
            found.append((definition.title, lines))
    return found


def _when(edition: Any) -> str:
    first = f" с {edition.start:%d.%m.%Y}" if edition.start else ""
    return f"{first} по {edition.end:%d.%m.%Y}" if edition.end else first


def _examples(library: Any, digest: str) -> list[Mapping[str, Any]]:
    """The examples of an edition of the law in force; of an older release none are kept."""
    try:
        edition = library.edition_by_digest(digest)
    except KeyError:
        return []
    return _plain(digest, edition.measure.tests)


_plain_of: dict[str, list[Mapping[str, Any]]] = {}


def _plain(digest: str, examples: Any) -> list[Mapping[str, Any]]:
    """An edition's examples never change, and writing them plainly takes a third of its page."""
    if digest not in _plain_of:
        _plain_of[digest] = [example.plain() for example in examples]
    return _plain_of[digest]


def _title(facts: Mapping[str, Any], name: str) -> str:
    """What the vocabulary calls the fact; `today` is the engine's word for the day of the decision."""
    return facts[name].title if name in facts else "День решения"


def _in_force(card: measures.MeasureCard, day: date) -> measures.EditionCard:
    """The edition of the day, else the newest."""
    holding = (one for one in card.editions if one.first_day <= day and (one.last_day is None or day <= one.last_day))
    return next(holding, card.editions[0])


def _doubts(card: measures.MeasureCard) -> int:
    """Citations of all editions that nobody has checked against the act yet."""
    citations: list[Mapping[str, Any]] = [entry for one in card.editions for entry in one.document["law"].values()]
    return sum(not entry.get("verified", False) for entry in citations)
