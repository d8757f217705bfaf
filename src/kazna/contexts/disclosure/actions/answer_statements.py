"""Answer a package of ЕГИССО's requests by СНИЛС under an agreement: every part asked for must be allowed by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kazna.contexts.cases import public as cases
from kazna.contexts.disclosure import parts
from kazna.contexts.disclosure.actions.disclose import disclose
from kazna.contexts.disclosure.actions.recognise import count_request
from kazna.contexts.disclosure.adapters import person_statement, person_statement_1
from kazna.contexts.disclosure.adapters.statement import Asked, Assignment, Statement, own_code, parse
from kazna.contexts.disclosure.contracts import FIELDS, ConsumerRefused
from kazna.contexts.disclosure.models import Agreement
from kazna.contexts.egisso import public as egisso
from kazna.contexts.measures import public as measures
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

NEEDED = ("name", "birth_date", "awards")
BODY = "Орган социальной защиты, решение {number}"
VERSIONS = {version.TAG: version for version in (person_statement, person_statement_1)}


def answer_statements(agreement: Agreement, payload: bytes, *, on: date, now: datetime) -> bytes:
    """The official answer; one request that cannot be answered does not spoil the others. Each request is counted.

    Raises ConsumerRefused, LimitReached.
    """
    if not set(NEEDED) <= set(agreement.fields):
        raise ConsumerRefused(what="Соглашение не разрешает выписку: нужны имя, дата рождения и меры поддержки.")
    root = parse(payload)
    if root.tag not in VERSIONS:
        raise ConsumerRefused(what="Ожидается requestPackage 10.13.I 2.0.0 или request 10.13.I 1.0.3.")
    return VERSIONS[root.tag].answer(root, lambda one: _statement(agreement, one, on, now))


def _statement(agreement: Agreement, one: Asked, on: date, now: datetime) -> Statement:
    count_request(agreement, now=now)
    wanted = one.parts
    if beyond := sorted(FIELDS[part] for part in wanted - set(agreement.fields)):
        raise ConsumerRefused(what=f"Соглашение не разрешает сведения: {', '.join(beyond)}.")
    given = disclose(agreement, snils=one.snils, only=(*NEEDED, *sorted(wanted)), asked=one.uid, on=on, now=now)
    first, last, person_id = one.first_day, one.last_day, given.person_id
    with acting_as(Viewer("citizen", agreement.consumer_id, person_ids=(person_id,))):
        card = registers.cards([person_id])[person_id]
        awards = [award for award in cases.awards_of(person_id=person_id) if award.recipient_id == person_id]
        owed = parts.obligations(person_id, first, last)
        told = Statement(
            incomes=parts.incomes(person_id, first, last) if "incomes" in wanted else None,
            disability=parts.disability(person_id, first, last) if "disability" in wanted else None,
            experience=parts.experience(person_id, min(last, on)) if "experience" in wanted else None,
            jobs=parts.jobs(person_id, first, min(last, on)) if "jobs" in wanted else None,
        )
        received = payments.inherited(person_id=person_id) if "assignees" in wanted else None
    if card.birth_date is None:
        raise ConsumerRefused(what="В регистре нет даты рождения этого человека.")
    with_awards = one.with_assignments or "obligations" in wanted
    listed = [_assignment(one, card, award, owed.get(award.award_id, [])) for award in awards] if with_awards else []
    inherited = None if received is None else parts.inheritances(agreement, received, first, last)
    return replace(told, assignments=listed, inheritances=inherited)


def _assignment(one: Asked, card: registers.PersonCard, award: cases.AwardView, months: list) -> Assignment:  # type: ignore[type-arg]
    code, body = _codes(award)
    return Assignment(
        snils=one.snils, surname=card.surname, forename=card.forename, patronymic=card.patronymic,
        birth_date=card.birth_date, measure=award.measure, title=award.title, category=award.code, code=code,
        body=body, body_title=egisso.body_title(body) or BODY.format(number=award.number),
        decided_on=award.granted_on, first_day=award.first_day, last_day=award.last_day, form=award.form,
        period=award.period, amount_kopecks=award.amount_kopecks, months=months,
    )  # type: ignore[arg-type]  # fmt: skip


def _codes(award: cases.AwardView) -> tuple[str, str]:
    """The code of the КМСЗ and of the body: official ones of the register, else own ones."""
    card = measures.measure(award.measure)
    passport = card.editions[-1].document["passport"]["egisso"]
    code = egisso.full_code(str(passport["lmsz_id"]), str(passport["category_id"]))
    every = [one.measure for one in measures.measures_list()]
    return code or own_code(award.measure, every, award.form), egisso.OWN_PARTICIPANT
