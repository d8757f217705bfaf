"""Play a version of a draft, perhaps with another amount, and keep what may be shown."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.actions.change import newest
from kazna.contexts.studio.card import with_card
from kazna.contexts.studio.contracts import DraftNotFound, NotReady, ScenarioView
from kazna.contexts.studio.models import Draft, Scenario, Version
from kazna.contexts.studio.scenarios.play import play
from kazna.contexts.studio.scenarios.territory import Territory, kept_territory
from kazna.rules.drafting import read_draft

MOST_KEPT = 100


def play_draft(
    *, draft_id: UUID, territory: str, on: date, name: str, figures: dict[str, str], by: str,
    ready: Territory | None = None, number: int | None = None,
) -> ScenarioView:  # fmt: skip
    """`figures`: fields of the card changed for this scenario alone (amount). Raises NoSnapshot, NotReady."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        raise DraftNotFound
    version = Version.objects.filter(draft=draft, number=number).first() if number else newest(draft)
    if version is None:
        raise DraftNotFound
    law = measures.law_in_force()
    texts = with_card(version.measure_text, version.figures_text, figures)
    read = read_draft(law, *texts)
    if read.edition is None or read.errors:
        unfilled = [one for one in read.errors if one.code != "unfilled"]
        if read.edition is None or unfilled:
            raise NotReady(why=f"Текст с ошибками не сыграть. Первая: {(unfilled or read.errors)[0].what}")
    where = ready or kept_territory(territory)
    result = play(territory=where, library=read.library, edition=read.edition, on=on, law=measures.law_folder())
    row = Scenario.objects.create(
        id=uuid4(), draft=draft, version=version.number, name=name.strip()[:200] or f"Версия {version.number}",
        territory=where.code, on=on, figures=figures, result=result, played_by=by,
    )  # fmt: skip
    row.refresh_from_db()
    return view_of(row)


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
