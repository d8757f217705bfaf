"""Counts of loading are brought up to date every day; news of bodies go to their addresses."""

from datetime import date
from functools import partial

from django.conf import settings
from django.utils import timezone

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.actions.collect import collect
from kazna.contexts.suppliers.actions.mail_week import mail_week
from kazna.contexts.suppliers.models import News, Webhook
from kazna.plumbing.daily import daily
from kazna.plumbing.rounds import every
from kazna.plumbing.webhooks import EVERY_SECONDS, Parcel, send_waiting


@daily(name="suppliers.collect", order=95)
def collect_loading(day: date) -> None:
    collect(on=day)


@daily(name="suppliers.mail_week", order=96, atomic=False)
def mail_weekly_report(day: date) -> None:
    """The report of last week: on Monday to everybody, later in the week to those it did not reach."""
    if settings.EMAIL_HOST:
        mail_week(on=day, now=timezone.now())


@daily(name="suppliers.match_again", order=94, atomic=False)
def match_people_again(day: date) -> None:
    """Facts that came before the card of their person find it."""
    egisso.match_again(on=day, now=timezone.now())


@every(EVERY_SECONDS, name="suppliers.webhooks", always=True)
def send_news() -> None:
    """To those who have an address, what was told since they have it."""
    addresses = {one.body: one for one in Webhook.objects.all()}
    for body, place in addresses.items():
        send_waiting(News.objects.filter(body=body, happened_at__gte=place.since), partial(_parcel, place))


def _parcel(place: Webhook, news: News) -> Parcel:
    body = {
        "number": news.id, "body": news.body, "package_id": str(news.package_id), **news.said,
        "happened_at": news.happened_at.isoformat(),
    }  # fmt: skip
    return Parcel(place.url, place.secret, news.id, body)
