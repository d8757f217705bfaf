"""Counts of loading are brought up to date every day."""

from datetime import date

from django.utils import timezone

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.actions.collect import collect
from kazna.plumbing.daily import daily


@daily(name="suppliers.collect", order=95)
def collect_loading(day: date) -> None:
    collect(on=day)


@daily(name="suppliers.match_again", order=94, atomic=False)
def match_people_again(day: date) -> None:
    """Facts that came before the card of their person find it."""
    egisso.match_again(on=day, now=timezone.now())
