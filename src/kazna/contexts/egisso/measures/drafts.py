"""Describe a local measure: a draft of its card, the same control as a package gets, and its recording.

A draft is recorded as an official 10.05.I 2.1.0 package, so a measure described on the screen and one sent by a
system of a body go one way and get one protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from kazna.contexts.egisso import state
from kazna.contexts.egisso.actions.take_package import Receipt, take_package
from kazna.contexts.egisso.control.check import check_message
from kazna.contexts.egisso.control.findings import Finding
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.measures.names import NameRemark, check_name
from kazna.contexts.egisso.measures.printed import print_card
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.egisso.models import LocalMeasure, MeasureDraft
from kazna.kernel.errors import DomainError

Card = dict[str, Any]
KEY = "10.05.I/2.1.0"
SPACE = UUID("6b3f0b0e-53a5-5c0b-9a55-0a6d7d1f2c11")  # own namespace of packages that record drafts
EMPTY: Card = {
    "level": "02", "part": "010102", "form": "01", "periodicity": "02", "request_forms": ["1", "2"],
    "answer_forms": ["2"], "categories": [{}], "shares": [{"funding": "0100", "quota": "100"}], "acts": [{}],
    "methods": [{"method": "01"}], "papers": [{"documentOrigin": "копия", "documentQ": "1", "documentNess": "true"}],
}  # fmt: skip


class DraftUnknown(DomainError):
    sentence = "Черновика меры нет: откройте список черновиков."


class DraftRecorded(DomainError):
    sentence = "Мера уже внесена в реестр; чтобы изменить её, создайте новую версию."


class MeasureOfAnother(DomainError):
    sentence = "Эту меру вёл другой орган: новую версию может создать только он."


@dataclass(frozen=True, slots=True)
class Judgement:
    """What would happen if the draft were recorded now. `refusals` forbid it, the rest is advice."""

    refusals: list[Finding]
    warnings: list[Finding]
    name: list[NameRemark]


def start(
    *, provider: str, by: str, now: datetime, on: date, version_of: UUID | None = None, law_measure: str = ""
) -> UUID:
    """A new draft: empty, printed from a rule of the law, or the next version of a recorded measure.

    Raises MeasureOfAnother.
    """
    ident, card = uuid4(), {**EMPTY}
    if version_of:
        before = LocalMeasure.objects.filter(pk=version_of).first()
        if before is None or before.provider not in ("", provider):
            raise MeasureOfAnother()
        card = {**modern(before.card), "previous_id": str(before.id), "inherits_facts": "true",
                "inherits_points": "true"}  # fmt: skip
        law_measure = law_measure or law_of(version_of)
    if law_measure:
        printed = print_card(law_measure, on=on)
        card = {**card, **printed.card}
        if not version_of and not LocalMeasure.objects.filter(pk=printed.measure_id).exists():
            ident = printed.measure_id
    card.pop("id", None)
    MeasureDraft.objects.update_or_create(
        id=ident,
        defaults={"provider": provider, "title": card.get("title", ""), "card": card, "law_measure": law_measure,
                  "changed_at": now, "changed_by": by},
    )  # fmt: skip
    return ident


def save(draft_id: UUID, card: Card, *, provider: str, by: str, now: datetime, on: date) -> MeasureDraft:
    """Keep the card; what the rule prints is printed again over it. Raises DraftUnknown, DraftRecorded."""
    draft = get(draft_id, provider=provider)
    if draft.recorded_at:
        raise DraftRecorded()
    if draft.law_measure:
        card = {**card, **print_card(draft.law_measure, on=on).card}
    draft.card, draft.title = {**draft.card, **card}, str(card.get("title", ""))  # what no form shows is kept
    draft.changed_at, draft.changed_by = now, by
    draft.save()
    return draft


def get(draft_id: UUID, *, provider: str) -> MeasureDraft:
    """A draft of a body; `provider` "" is the operator. Raises DraftUnknown."""
    draft = MeasureDraft.objects.filter(pk=draft_id).first()
    if draft is None or provider not in ("", draft.provider):
        raise DraftUnknown()
    return draft


def drafts(*, provider: str) -> list[MeasureDraft]:
    """Drafts not recorded yet, the latest first; `provider` "" all of them."""
    found = MeasureDraft.objects.filter(recorded_at__isnull=True).order_by("-changed_at")
    return list((found.filter(provider=provider) if provider else found)[:200])


def judge(draft: MeasureDraft, *, on: date, now: datetime) -> Judgement:
    """The control of a package over the card, and the check of its name."""
    known = state.known_in_tables(on, to_record=True)
    check = check_message(_message(draft, now, "judged"), known, provider=draft.provider)
    found = [said for verdict in check.records for said in verdict.findings]
    found += check.refusals
    card = {**draft.card, "category_names": category_names(draft.card, on=on)}
    return Judgement(
        [one for one in found if one.is_refusal],
        [one for one in found if not one.is_refusal],
        check_name(card, others=_titles_of_others(draft, known)),
    )


def record(draft_id: UUID, *, provider: str, by: str, on: date, now: datetime) -> Receipt:
    """Put the measure into the register; the draft stays a draft when the control refuses it.

    Raises DraftUnknown, DraftRecorded.
    """
    draft = get(draft_id, provider=provider)
    draft = save(draft_id, draft.card, provider=provider, by=by, now=now, on=on)
    known = state.known_in_tables(on, to_record=True)
    receipt = take_package(
        _message(draft, now), known=known, provider=draft.provider, on=on, received_at=now,
        file_name=f"{draft.id}.xml",
    )  # fmt: skip
    if receipt.accepted:
        MeasureDraft.objects.filter(pk=draft.id).update(recorded_at=now)
    return receipt


def drop(draft_id: UUID, *, provider: str) -> None:
    """Throw a draft away. Raises DraftUnknown, DraftRecorded."""
    draft = get(draft_id, provider=provider)
    if draft.recorded_at:
        raise DraftRecorded()
    draft.delete()


def law_of(measure_id: UUID) -> str:
    """The rule that prints a recorded measure, "" for one described by hand. Follows the versions back."""
    row = MeasureDraft.objects.filter(pk=measure_id).first()
    return row.law_measure if row else ""


def category_names(card: Card, *, on: date) -> list[str]:
    """Names of the typical categories of a card."""
    rows = state.content_in_force(on).facets.get("listCategories", {})
    codes = (str(one.get("category", "")) for one in card.get("categories", ()))
    return [rows[code]["name"] for code in codes if code in rows]


def modern(card: Card) -> Card:
    """A card of the 1.0.x line as 2.1.0 writes it: days without a zone, `url` in small letters."""
    acts = []
    for act in card.get("acts", ()):
        one = {("url" if name == "URL" else name): value for name, value in act.items()}
        acts.append({**one, "date": str(one.get("date", ""))[:10]})
    return {**card, "acts": acts}


def _message(draft: MeasureDraft, now: datetime, purpose: str = "recorded") -> bytes:
    card = clean({**draft.card, "id": str(draft.id), "changed_at": f"{now:%Y-%m-%dT%H:%M:%S}Z"})
    for place, category in enumerate(card.get("categories", ())):
        category.setdefault("id", str(uuid5(SPACE, f"{draft.id} category {place}")))
    ident = str(uuid5(SPACE, f"{draft.id} {purpose} {now.isoformat()}"))
    return to_bytes(package(KEY, ident, [("localMSZ", card)]))


def clean(value: Any) -> Any:
    """Without what is empty: the schema takes an absent element, not an empty one."""
    if isinstance(value, dict):
        kept = {name: clean(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in ("", None, [], {})}
    if isinstance(value, list):
        return [one for one in map(clean, value) if one not in ("", None, {})]
    return value


def _titles_of_others(draft: MeasureDraft, known: Known) -> list[str]:
    """Titles of the body's other measures in force in the card's period; the version before is no other."""
    first, last = draft.card.get("from") or "", draft.card.get("to") or "9999"
    rows = LocalMeasure.objects.filter(provider=draft.provider, removed_on__isnull=True).exclude(pk=draft.id)
    return [
        row.title
        for row in rows.only("id", "title", "first_day", "last_day")
        if str(row.id) != draft.card.get("previous_id")
        and row.first_day.isoformat() <= last
        and (row.last_day is None or row.last_day.isoformat() >= first)
    ]
