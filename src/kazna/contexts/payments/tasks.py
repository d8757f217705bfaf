"""Daily work of payments: what is due becomes orders, orders become registers, registers go to banks."""

from datetime import date

from django.utils import timezone

from kazna.contexts.payments.actions.close_certificates import lapse_certificates, remind_of_certificates
from kazna.contexts.payments.actions.count_unclaimed import count_unclaimed
from kazna.contexts.payments.actions.give_back import give_back
from kazna.contexts.payments.actions.keep_to_limits import keep_to_limits
from kazna.contexts.payments.actions.keep_writs import follow_time
from kazna.contexts.payments.actions.make_registers import make_registers
from kazna.contexts.payments.actions.pay_creditors import pay_creditors
from kazna.contexts.payments.actions.recall_credits import find_recalls, send_recalls
from kazna.contexts.payments.actions.schedule_payments import schedule_payments
from kazna.contexts.payments.actions.send_registers import send_registers
from kazna.contexts.payments.budget import count_forecast
from kazna.contexts.payments.sources import Doors
from kazna.contexts.payments.sums import fold
from kazna.events.cause import Cause
from kazna.plumbing.daily import daily
from kazna.plumbing.rounds import every

FOLD_SECONDS = 300


@daily(name="payments.schedule", order=50, atomic=False)
def schedule(day: date) -> None:
    """Orders for everything due."""
    schedule_payments(day, Cause(None, timezone.now()), Doors())


@daily(name="payments.certificates", order=54)
def certificates(day: date) -> None:
    """What was not spent in time goes back to the budget, before the limits are looked at; who has time is reminded."""
    lapse_certificates(day)
    remind_of_certificates(day)


@daily(name="payments.limits", order=55)
def limits(day: date) -> None:
    """What fits into the limits goes, the rest waits."""
    keep_to_limits(day)


@daily(name="payments.forecast", order=58)
def forecast(day: date) -> None:
    """The need of the rest of the year, on the first of a month and on Mondays."""
    if day.day == 1 or day.weekday() == 0:
        count_forecast(day)


@daily(name="payments.unclaimed", order=45)
def unclaimed(day: date) -> None:
    """Money nobody takes for six months."""
    count_unclaimed(day)


@daily(name="payments.recalls", order=66, atomic=False)
def recalls(day: date) -> None:
    """What came after a death is asked back."""
    find_recalls(day)
    send_recalls(day)


@daily(name="payments.writs", order=57)
def writs(day: date) -> None:
    """Enforcement documents begin and end; what was withheld after an end is given back."""
    follow_time(day, Doors())
    give_back(day)


@daily(name="payments.creditors", order=62)
def creditors(day: date) -> None:
    """Transfers to creditors of what was withheld from credited payments."""
    pay_creditors(day, Doors())


@daily(name="payments.register", order=60, atomic=False)
def register(day: date) -> None:
    """Registers of the day."""
    make_registers(day, Doors())


@daily(name="payments.send", order=65, atomic=False)
def send(day: date) -> None:
    """To the bank."""
    send_registers(day)


@daily(name="payments.sums", order=97)
def sums(day: date) -> None:
    """What the day's statements added to the kept sums is put together."""
    fold()


@every(FOLD_SECONDS, name="payments.sums")
def sums_between() -> None:
    """The same in a busy day, when payments are made one by one."""
    fold()
