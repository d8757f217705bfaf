"""The workbench of a draft: card and blocks on one side, the same document as text on the other, checked as one types.

A field is written into the text only when it differs from what was shown, so both sides may be changed at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kazna.contexts.measures import public as measures
from kazna.contexts.studio import public as studio
from kazna.kernel.errors import DomainError
from kazna.rules.drafting import Draft as Checked
from kazna.rules.drafting import check_draft
from kazna.web.powers import allow
from kazna.web.studio.words import STATES, TOPICS, WHOSE

MOST_BLOCKS = 200


@dataclass(slots=True)
class Typed:
    """The document as the form gave it; `problems` of fields that do not fit."""

    measure: str
    figures: str
    problems: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def write(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show or save. Buttons: save, add a block, drop one, complete the people, mark as tested."""
    card = studio.draft(draft_id)
    if request.method != "POST":
        told = studio.version(draft_id, card.version)
        return _show(request, card, Typed(told.measure_text, told.figures_text, []), card.version)
    typed, status = _typed(request.POST), 422
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdecimal() else 0
    if not typed.problems:
        try:
            _do(request.POST, card, typed)
            studio.save_version(
                draft_id=draft_id, seen=seen, measure=typed.measure, figures=typed.figures, by=request.viewer.login
            )
            if request.POST.get("do") == "tested":
                studio.mark_tested(draft_id=draft_id)
                return redirect("studio_agreement", draft_id=draft_id)
            return redirect("studio_draft", draft_id=draft_id)
        except studio.ChangedMeanwhile as refusal:
            return _merge(request, card, typed, str(refusal))
        except DomainError as refusal:
            typed.problems.append(str(refusal))
            card, status = studio.draft(draft_id), 409
            seen = card.version if request.POST.get("do") == "tested" else seen
    return _show(request, card, typed, seen, status)


@require_POST
@allow("methodologist")
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """While typing: what is wrong, whom it pays, and the other side of the page brought into step."""
    card = studio.draft(draft_id)
    typed = _typed(request.POST)
    return render(
        request, "studio/_checked.html", {**_page(card, typed), "side": request.POST.get("side", "text"), "live": True}
    )


def _typed(told: QueryDict) -> Typed:
    """Text as typed, with those fields of card and blocks that differ from what was shown."""
    measure, figures = (told.get(name, "").replace("\r\n", "\n") for name in ("measure", "figures"))
    values = {
        name: told.get(f"card_{name}", "")
        for name in (place.name for place in studio.PLACES)
        if f"card_{name}" in told and told.get(f"card_{name}") != told.get(f"was_card_{name}")
    }
    measure, figures = studio.with_card(measure, figures, values)
    whole, problems = studio.cut(measure), []
    blocks = list(whole.blocks)
    for place, block in enumerate(blocks[:MOST_BLOCKS]):
        names = ("title", *(one.name for one in (block.known.fields if block.known else ())))
        new = {name: told.get(f"block_{block.id}_{name}") for name in names}
        differs = {
            name: value for name, value in new.items()
            if value is not None and value != told.get(f"was_block_{block.id}_{name}")
        }  # fmt: skip
        if differs:
            try:
                values = {**block.values, **{name: value for name, value in differs.items() if name != "title"}}
                blocks[place] = studio.changed(block, title=differs.get("title") or block.title, values=values)
            except studio.WrongBlock as refusal:
                problems.append(str(refusal))
    return Typed(studio.with_blocks(whole, blocks), figures, problems)


def _do(told: QueryDict, card: studio.DraftCard, typed: Typed) -> None:
    act, _, what = told.get("do", "save").partition(":")
    whole = studio.cut(typed.measure)
    if act == "drop":
        typed.measure = studio.with_blocks(whole, [block for block in whole.blocks if block.id != what])
    elif act == "add":
        shape = next((one for one in studio.SHAPES if one.name == told.get("shape")), None)
        if shape is not None:
            usual = {one.name: one.usual or (told.get("fact") or "") for one in shape.fields}
            usual |= {"region": card.region or "77"} if "region" in usual else {}
            block = studio.new_block(shape, usual, identity=_free(shape.name, whole), law=_law(typed.measure))
            typed.measure = studio.with_blocks(whole, [*whole.blocks, block])
    elif act == "people":
        law = measures.law_in_force()
        typed.measure = studio.completed(typed.measure, _readable(check_draft(law, typed.measure, typed.figures)))
        draft = _readable(check_draft(law, typed.measure, typed.figures))
        assert draft.edition is not None
        typed.measure = studio.with_examples(typed.measure, studio.lacking_people(draft), draft.edition)


def _readable(draft: Checked) -> Checked:
    if draft.edition is None:
        raise studio.NotReady(why="Сначала исправьте ошибки в тексте: людей подбирают для меры, которая читается.")
    return draft


def _free(name: str, whole: studio.Cut) -> str:
    taken = {block.id for block in whole.blocks}
    return next(one for one in (name, *(f"{name}_{n}" for n in range(2, 999))) if one not in taken)


def _law(text: str) -> str:
    """The key of the first act."""
    lines = text.partition("\nlaw:")[2].splitlines()[1:2]
    return lines[0].strip().partition(":")[0] if lines else "act"


def _page(card: studio.DraftCard, typed: Typed) -> dict[str, Any]:
    checked = check_draft(measures.law_in_force(), typed.measure, typed.figures)
    places = [place for place in studio.PLACES if place.name in (told := studio.card_of(typed.measure, typed.figures))]
    shapes = [(TOPICS[topic], [one for one in studio.SHAPES if one.topic == topic]) for topic in TOPICS]
    return {
        "card": card, "typed": typed, "blocks": studio.cut(typed.measure).blocks, "checked": checked, "told": told,
        "places": places, "shapes": shapes, "topics": TOPICS, "whose": WHOSE, "states": STATES,
        "given": _given(checked), "questions": _questions(checked), "may_change": card.state in studio.MAY_CHANGE,
        "texts": (checked.edition.document["passport"].get("texts") or {}) if checked.edition else {},
    }  # fmt: skip


def _given(checked: Checked) -> list[dict[str, Any]]:
    """The people of the examples: what is told of each, what is expected, what came."""
    if checked.edition is None:
        return []
    try:
        plain = {entry["name"]: entry for entry in (one.plain() for one in checked.edition.measure.tests)}
    except Exception:
        return []
    return [{"result": result, "plain": plain.get(result.name, {})} for result in checked.examples]


def _questions(checked: Checked) -> list[str]:
    """What the citizen would be asked: facts no agency holds."""
    if checked.edition is None:
        return []
    facts = [fact for fact in checked.edition.facts.values() if fact.cost == "citizen"]
    return [fact.question or fact.title for fact in facts]


def _show(request: HttpRequest, card: studio.DraftCard, typed: Typed, seen: int, status: int = 200) -> HttpResponse:
    return render(request, "studio/draft.html", {**_page(card, typed), "seen": seen, "tab": "write"}, status=status)


def _merge(request: HttpRequest, card: studio.DraftCard, typed: Typed, refusal: str) -> HttpResponse:
    """Both texts side by side; saving the joined one goes on from the newer version."""
    card = studio.draft(card.id)
    newer = studio.version(card.id, card.version)
    return render(
        request, "studio/merge.html", {"card": card, "typed": typed, "newer": newer, "refusal": refusal}, status=409
    )
