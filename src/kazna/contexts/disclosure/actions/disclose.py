"""Give one person's data to a consumer: what the agreement allows, seen by the person, written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.disclosure import parts
from kazna.contexts.disclosure.contracts import ConsentMissing, Disclosure, MonthSum, PersonNotDisclosed
from kazna.contexts.disclosure.models import Agreement, Consent, Disclosed
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.kernel.identifiers import plain_snils
from kazna.kernel.periods import add_months
from kazna.plumbing.access import Viewer, acting_as

WHERE = "раздел «Кому переданы мои данные»"


@transaction.atomic
def disclose(
    agreement: Agreement, *, snils: str, only: Sequence[str], asked: str, on: date, now: datetime
) -> Disclosure:
    """`only` narrows the fields further. Raises PersonNotDisclosed, ConsentMissing; nothing is given then.

    The values are read with the powers of that one person: row security shows no other row.
    """
    card = reachable(agreement, snils)
    fields = [field for field in agreement.fields if not only or field in only]
    with acting_as(Viewer("citizen", agreement.consumer_id, person_ids=(card.person_id,))):
        values = {field: READERS[field](card, on) for field in fields}
    with acting_as(Viewer("agency", agreement.consumer_id)):
        row = Disclosed.objects.create(
            agreement=agreement, person_id=card.person_id, fields=fields, asked=asked[:60], given_at=now
        )
        audit.record(
            [
                audit.NewEntry(
                    act="disclose", login=agreement.consumer_id, role="agency", body=agreement.consumer_id,
                    person_id=card.person_id, purpose=agreement.purpose, thing=f"disclosed/{row.id}",
                )
            ]
        )  # fmt: skip
    return Disclosure(row.id, card.person_id, values)


def reachable(agreement: Agreement, snils: str) -> registers.PersonCard:
    """The card behind a СНИЛС, within the agreement's territories and with the consent it needs."""
    with acting_as(Viewer("agency", agreement.consumer_id)):
        card = registers.person_by_snils(plain_snils(snils))
        if card is None or (agreement.territories and card.territory not in agreement.territories):
            raise PersonNotDisclosed()
        if agreement.needs_consent and not has_consent(agreement, card.person_id):
            raise ConsentMissing(where=WHERE)
    return card


def has_consent(agreement: Agreement, person_id: UUID) -> bool:
    return Consent.objects.filter(agreement=agreement, person_id=person_id, withdrawn_at=None).exists()


def awards_of(card: registers.PersonCard, on: date) -> list[dict[str, Any]]:
    return [
        {
            "title": award.title, "measure": award.code, "first_day": award.first_day.isoformat(),
            "last_day": award.last_day and award.last_day.isoformat(), "amount_kopecks": award.amount_kopecks,
            "period": award.period, "form": award.form, "granted_on": award.granted_on.isoformat(),
        }
        for award in cases.awards_of(person_id=card.person_id)
        if award.recipient_id == card.person_id and award.is_live(on)
    ]  # fmt: skip


def _fact(kind: str, *names: str) -> Callable[[registers.PersonCard, date], Any]:
    """The newest fact of a kind that holds on the day: the named parts of its value, or None."""

    def read(card: registers.PersonCard, on: date) -> dict[str, Any] | None:
        held = [fact for fact in registers.facts_of([card.person_id], kinds=[kind]) if fact.holds_on(on)]
        if not held:
            return None
        newest = max(held, key=lambda fact: fact.seq)
        told = {name: newest.value.get(name) for name in names}
        return told | {"from": newest.valid_from.isoformat(), "to": newest.valid_to and newest.valid_to.isoformat()}

    return read


def _sums(months: Sequence[MonthSum] | None) -> list[dict[str, Any]] | None:
    return None if months is None else [{"month": f"{m.month:%Y-%m}", "kopecks": m.kopecks} for m in months]


READERS: dict[str, Callable[[registers.PersonCard, date], Any]] = {
    "name": lambda card, on: {
        "surname": card.surname, "forename": card.forename, "patronymic": card.patronymic,
    },
    "birth_date": lambda card, on: card.birth_date and card.birth_date.isoformat(),
    "address": lambda card, on: card.address,
    "awards": awards_of,
    "disability": _fact("disability", "group"),
    "residence": _fact("person.residence", "region", "oktmo", "address"),
    "citizenship": _fact("person.citizenship", "oksm"),
    "incomes": lambda card, on: _sums(parts.incomes(card.person_id, add_months(on, -12), on)),
    "obligations": lambda card, on: [
        {"award": str(award_id), "months": _sums(sums)}
        for award_id, sums in parts.obligations(card.person_id, add_months(on, -12), on).items()
    ],
    "jobs": lambda card, on: [
        {"month": f"{month:%Y-%m}", "works": works}
        for month, works in parts.jobs(card.person_id, add_months(on, -12), on) or ()
    ],
    "experience": lambda card, on: (told := parts.experience(card.person_id, on)) and dict(
        zip(("years", "months", "days"), told, strict=True)
    ),
    "assignees": lambda card, on: [
        {"credited_on": one.credited_on.isoformat(), "kopecks": one.kopecks}
        for one in payments.inherited(person_id=card.person_id)
    ],
}  # fmt: skip
