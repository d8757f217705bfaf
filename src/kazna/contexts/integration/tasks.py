"""What the calendar starts here."""

from __future__ import annotations

import logging
from datetime import date

from kazna.contexts.integration.actions.lend_answers import give_back_unused
from kazna.contexts.integration.actions.send_requests import send_requests, try_all_again
from kazna.contexts.integration.smev.channel import agencies
from kazna.contexts.integration.smev.poll import poll
from kazna.kernel.errors import DomainError
from kazna.plumbing import clock
from kazna.plumbing.daily import daily
from kazna.plumbing.rounds import every

log = logging.getLogger(__name__)
BEFORE_THE_DAYS_WORK, AFTER_THE_DAYS_WORK = 5, 900
ROUND_SECONDS = 5.0


@daily(name="integration.poll_smev", order=BEFORE_THE_DAYS_WORK, atomic=False)
def take_answers(day: date) -> None:
    """What agencies answered since yesterday; trouble in СМЭВ is for the next round, not for the day."""
    if not agencies():
        return
    try:
        poll(on=day)
    except DomainError as refusal:  # a missing key or certificate: the questions wait, the day's work goes on
        log.warning("integration.poll_smev: %s", refusal)


@every(ROUND_SECONDS, name="integration.exchange")
def exchange() -> None:
    """Between the day's tasks: send what waits, take what came."""
    if agencies():
        poll(on=clock.today())
        send_requests()


@daily(name="integration.send_requests", order=AFTER_THE_DAYS_WORK, atomic=False)
def send_questions(day: date) -> None:
    """Send what the day's work wanted to know; a new day gives what failed or was cut off another try."""
    try_all_again()
    send_requests()


@daily(name="integration.give_back_unused", order=AFTER_THE_DAYS_WORK)
def forget_unused(day: date) -> None:
    """Answers asked on demand that nobody used are not kept either."""
    give_back_unused(day)
