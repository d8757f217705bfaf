"""Answer a package of ЕГИССО's requests by СНИЛС under an agreement that allows name, birth date and awards."""

from __future__ import annotations

from datetime import date, datetime

from kazna.contexts.cases import public as cases
from kazna.contexts.disclosure.actions.disclose import disclose
from kazna.contexts.disclosure.actions.recognise import count_request
from kazna.contexts.disclosure.adapters.person_statement import Asked, Assignment, read_package, write_package
from kazna.contexts.disclosure.contracts import ConsumerRefused
from kazna.contexts.disclosure.models import Agreement
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

NEEDED = ("name", "birth_date", "awards")
BODY = "Орган социальной защиты, решение {number}"


def answer_statements(agreement: Agreement, payload: bytes, *, on: date, now: datetime) -> bytes:
    """The official answer; one request that cannot be answered does not spoil the others. Each request is counted.

    Raises ConsumerRefused, LimitReached.
    """
    if not set(NEEDED) <= set(agreement.fields):
        raise ConsumerRefused(what="Соглашение не разрешает выписку: нужны имя, дата рождения и меры поддержки.")
    uid, asked = read_package(payload)
    return write_package(uid, asked, lambda one: _awards(agreement, one, on, now))


def _awards(agreement: Agreement, one: Asked, on: date, now: datetime) -> list[Assignment]:
    count_request(agreement, now=now)
    given = disclose(agreement, snils=one.snils, only=NEEDED, asked=one.uid, on=on, now=now)
    if not one.with_assignments:
        return []
    with acting_as(Viewer("citizen", agreement.consumer_id, person_ids=(given.person_id,))):
        card = registers.cards([given.person_id])[given.person_id]
        awards = [award for award in cases.awards_of(person_id=given.person_id) if award.recipient_id == card.person_id]
    if card.birth_date is None:
        raise ConsumerRefused(what="В регистре нет даты рождения этого человека.")
    return [
        Assignment(
            snils=one.snils, surname=card.surname, forename=card.forename, patronymic=card.patronymic,
            birth_date=card.birth_date, measure=award.measure, title=award.title, category=award.code,
            body=BODY.format(number=award.number), decided_on=award.granted_on, first_day=award.first_day,
            last_day=award.last_day, form=award.form, period=award.period, amount_kopecks=award.amount_kopecks,
        )
        for award in awards
    ]  # fmt: skip
