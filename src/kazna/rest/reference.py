"""Classifiers for other systems: open data, no key needed, cheap to ask again by ETag."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from kazna.contexts.reference import public as reference
from kazna.plumbing import clock
from kazna.rest.answers import answer, refusal

PAGE, LARGEST_PAGE = 1000, 5000


def _day(request: HttpRequest) -> date:
    """The day asked for, else the operating day; raises ValueError."""
    given = request.GET.get("on")
    return date.fromisoformat(given) if given else clock.today()


def _etag(request: HttpRequest, kind: str) -> str | None:
    """The digest of the edition; a page of it has the same digest and another address."""
    try:
        return f'"{reference.edition_in_force(kind=kind, on=_day(request)).digest}"'
    except (ValueError, reference.NoClassifier, reference.NoEditionThen):
        return None


def _refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ValueError:
            return refusal(422, "parameter_wrong", "Параметр on — день, limit — целое число.", "Пример: on=2026-01-31.")
        except (reference.NoClassifier, reference.NoEditionThen) as nothing:
            return refusal(404, "not_found", str(nothing), "Список классификаторов: GET /reference/.")

    return guarded


@require_safe
@_refusals
def classifiers(request: HttpRequest) -> HttpResponse:
    """GET /reference/: every classifier with its editions."""
    found = [
        {
            "kind": one.kind,
            "title": one.title,
            "holder": one.holder,
            "code_in_egisso": one.code_in_egisso or None,
            "is_own": one.is_own,
            "columns": list(one.all_columns),
            "editions": [
                {"in_force_from": edition.start.isoformat(), "digest": edition.digest}
                for edition in reference.classifier_editions(kind=one.kind)
            ],
        }
        for one in reference.classifiers_list()
    ]
    return answer({"classifiers": found})


@require_safe
@condition(etag_func=_etag)
@_refusals
def classifier(request: HttpRequest, kind: str) -> HttpResponse:
    """GET /reference/<kind>/?on=&after=&limit=: rows of the edition in force, in code order.

    `next` is what to pass as `after` for the following page, null on the last. 304 when If-None-Match holds.
    """
    edition = reference.edition_in_force(kind=kind, on=_day(request))
    described = reference.classifier(kind=kind)
    limit = min(max(int(request.GET.get("limit", PAGE)), 1), LARGEST_PAGE)
    after = request.GET.get("after", "")
    ordered = sorted(reference.classifier_rows(edition=edition), key=lambda row: row[described.key])
    rest = [row for row in ordered if row[described.key] > after]
    page = rest[:limit]
    response = answer(
        {
            "kind": kind,
            "title": described.title,
            "in_force_from": edition.start.isoformat(),
            "rows": page,
            "next": page[-1][described.key] if len(rest) > limit else None,
        }
    )
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
@_refusals
def difference(request: HttpRequest, kind: str, before: str, after: str) -> HttpResponse:
    """GET /reference/<kind>/<day>/<day>/: what changed between the editions of two days."""
    first, second = (reference.edition_in_force(kind=kind, on=date.fromisoformat(day)) for day in (before, after))
    found = reference.compare_editions(before=first, after=second)
    return answer(
        {
            "kind": kind,
            "before": first.start.isoformat(),
            "after": second.start.isoformat(),
            "added": list(found.added),
            "removed": list(found.removed),
            "changed": [{"before": old, "after": new} for old, new in found.changed],
        }
    )
