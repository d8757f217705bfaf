"""Play a version of a draft, perhaps with another amount, and keep what may be shown."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.actions.change import newest, save_version
from kazna.contexts.studio.card import with_card
from kazna.contexts.studio.contracts import DraftNotFound, NotReady, ScenarioView
from kazna.contexts.studio.lifecycle import MAY_CHANGE
from kazna.contexts.studio.models import Draft, Scenario, Version
from kazna.contexts.studio.scenarios.play import Advance, play, silent
from kazna.contexts.studio.scenarios.territory import Territory, kept_codes, kept_territory
from kazna.kernel.errors import DomainError
from kazna.rules import Edition, Library
from kazna.rules.drafting import read_draft

MOST_KEPT = 100


def play_draft(
    *, draft_id: UUID, territory: str, on: date, name: str, figures: dict[str, str], by: str,
    ready: Territory | None = None, number: int | None = None, advance: Advance = silent,
) -> ScenarioView:  # fmt: skip
    """`figures`: fields of the card changed for this scenario alone (amount). Raises NoSnapshot, NotReady."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        raise DraftNotFound
    version = Version.objects.filter(draft=draft, number=number).first() if number else newest(draft)
    if version is None:
        raise DraftNotFound
    library, edition = _readable(version, figures)
    where, law = ready or kept_territory(territory), measures.law_folder()
    result = play(territory=where, library=library, edition=edition, on=on, law=law, advance=advance)
    row = Scenario.objects.create(
        id=uuid4(), draft=draft, version=version.number, name=name.strip()[:200] or f"Версия {version.number}",
        territory=where.code, on=on, figures=figures, result=result, played_by=by,
    )  # fmt: skip
    row.refresh_from_db()
    return view_of(row)


def _readable(version: Version, figures: dict[str, str]) -> tuple[Library, Edition]:
    """The law with the version in it. Raises NotReady for a text with errors; what is not filled in yet is none."""
    read = read_draft(measures.law_in_force(), *with_card(version.measure_text, version.figures_text, figures))
    errors = [one for one in read.errors if one.code != "unfilled"]
    if read.edition is None or errors:
        raise NotReady(why=f"Текст с ошибками не сыграть. Первая: {(errors or read.errors)[0].what}")
    return read.library, read.edition


def make_ready() -> int:
    """Play every draft under way over the last snapshot and forget the answer: the next day begins with warm columns.

    Drafts that cannot be played are passed by; how many were.
    """
    made, law = 0, measures.law_folder()
    for draft in Draft.objects.filter(state__in=MAY_CHANGE).order_by("-begun_at")[:MOST_KEPT]:
        for code in kept_codes():
            if draft.region in ("", code):
                with suppress(DomainError):
                    library, edition = _readable(newest(draft), {})
                    play(territory=kept_territory(code), library=library, edition=edition, on=draft.first_day, law=law)
                    made += 1
    return made


@transaction.atomic
def take_scenario(*, scenario_id: UUID, seen: int, by: str) -> int:
    """The scenario's text, with its own figures written in, becomes the draft's next version; its number.

    What the scenario promised goes with it: the launch of the version is held against it. Agreement begins anew.
    Raises DraftNotFound and the refusals of `save_version`.
    """
    row = Scenario.objects.filter(pk=scenario_id).first()
    version = row and Version.objects.filter(draft_id=row.draft_id, number=row.version).first()
    if row is None or version is None:
        raise DraftNotFound
    measure, figures = with_card(version.measure_text, version.figures_text, row.figures)
    number = save_version(draft_id=row.draft_id, seen=seen, measure=measure, figures=figures, by=by)
    if (number, {}) != (row.version, row.figures):
        Scenario.objects.create(
            id=uuid4(), draft_id=row.draft_id, version=number, name=row.name, territory=row.territory, on=row.on,
            result=row.result, played_by=row.played_by,
        )  # fmt: skip
    return number


def scenarios(draft_id: UUID) -> list[ScenarioView]:
    return [
        view_of(row) for row in Scenario.objects.filter(draft_id=draft_id).order_by("-played_at", "-id")[:MOST_KEPT]
    ]


def scenario(scenario_id: UUID) -> ScenarioView:
    row = Scenario.objects.filter(pk=scenario_id).first()
    if row is None:
        raise DraftNotFound
    return view_of(row)


def view_of(row: Scenario) -> ScenarioView:
    return ScenarioView(
        row.id, row.draft_id, row.version, row.name, row.territory, row.on, row.figures, row.result, row.played_by,
        row.played_at,
    )  # fmt: skip
