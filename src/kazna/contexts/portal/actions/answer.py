"""The support desk and agencies' requests for data."""

from __future__ import annotations

from datetime import date, datetime

from django.core.mail import EmailMessage

from kazna.contexts.portal.actions.publish_data import days_of
from kazna.contexts.portal.models import DataRequest, News, OpenData, Ticket
from kazna.contexts.reference import public as reference
from kazna.kernel.errors import DomainError

TERMS = {"access": 1, "load": 3, "measure": 5, "data": 5, "other": 10}  # own_: working days to answer by category


class TicketAnswered(DomainError):
    sentence = "На это обращение уже ответили {day}."


class NotYourself(DomainError):
    sentence = "Запрос согласует другой сотрудник, не тот, кто его внёс."


class RequestDecided(DomainError):
    sentence = "По запросу решение уже принято."


class QuarterNotPublished(DomainError):
    sentence = "Данных за {quarter} ещё нет: сначала подготовьте набор за этот квартал."


def ask(*, category: str, text: str, email: str, now: datetime, on: date) -> Ticket:
    """A question of a user; KeyError for a category that is not in the list."""
    due_on = reference.add_working_days(on, TERMS[category])
    return Ticket.objects.create(category=category, text=text, email=email, asked_at=now, due_on=due_on)


def answer_ticket(ticket_id: int, *, text: str, by: str, now: datetime) -> None:
    """Answer once; the answer goes by e-mail. Raises TicketAnswered."""
    ticket = Ticket.objects.select_for_update().get(pk=ticket_id)
    if ticket.answered_at:
        raise TicketAnswered(day=f"{ticket.answered_at:%d.%m.%Y}")
    ticket.answer, ticket.answered_by, ticket.answered_at = text, by, now
    ticket.save()
    EmailMessage("Ответ службы поддержки", text, to=[ticket.email]).send()


def enter_request(
    *, agency: str, purpose: str, ground: str, quarter: str, region: str, by: str, now: datetime
) -> DataRequest:
    """Raises QuarterRefused, QuarterNotPublished."""
    days_of(quarter)
    if not OpenData.objects.filter(pk=quarter).exists():
        raise QuarterNotPublished(quarter=quarter)
    return DataRequest.objects.create(
        agency=agency, purpose=purpose, ground=ground, quarter=quarter, region=region, entered_by=by, entered_at=now
    )


def decide_request(request_id: int, *, approve: bool, reason: str, by: str, now: datetime) -> None:
    """Raises NotYourself, RequestDecided."""
    told = DataRequest.objects.select_for_update().get(pk=request_id)
    if told.state != "entered":
        raise RequestDecided()
    if told.entered_by == by:
        raise NotYourself()
    told.state, told.reason = ("approved" if approve else "refused"), reason
    told.decided_by, told.decided_at = by, now
    told.save()


def answer_of(request_id: int) -> OpenData | None:
    """The figures of an approved request, only those of its region; None when it was not approved."""
    told = DataRequest.objects.filter(pk=request_id, state="approved").first()
    found = OpenData.objects.filter(pk=told.quarter).first() if told else None
    if told and found and told.region:
        found.rows = [row for row in found.rows if row["region"] == told.region]
    return found


def write_news(*, title: str, text: str, kind: str, shown_from: date, by: str) -> News:
    return News.objects.create(title=title, text=text, kind=kind, shown_from=shown_from, written_by=by)
