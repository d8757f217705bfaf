"""`kazna egisso system`: keys and the address of a body's own system."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say


@click.group()
def system() -> None:
    """Systems of bodies that use the REST: keys, the address of news."""


@system.command()
@click.argument("body")
@as_json
def key(body: str, as_json: bool) -> None:
    """Give BODY (code of a participant) a new key; it is shown once."""
    suppliers = _of(body)
    given = suppliers.give_key(body=body, now=datetime.now(UTC))
    say({"body": body, "key": given}, lambda: click.echo(f"Ключ (показан один раз): {given}"), as_json)


@system.command()
@click.argument("body")
@as_json
def withdraw(body: str, as_json: bool) -> None:
    """Withdraw all keys of BODY."""
    gone = _of(body).withdraw_keys(body=body, now=datetime.now(UTC))
    say({"body": body, "withdrawn": gone}, lambda: click.echo(f"Отозвано ключей: {gone}."), as_json)


@system.command()
@click.argument("body")
@click.argument("url", default="")
@as_json
def address(body: str, url: str, as_json: bool) -> None:
    """Send news of BODY to URL, signed by a secret that is shown once; without URL no more."""
    suppliers = _of(body)
    try:
        secret = suppliers.set_webhook(body=body, url=url, now=datetime.now(UTC))
    except suppliers.AddressRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    told = f"Секрет подписи (показан один раз): {secret}" if secret else "Адреса больше нет."
    say({"body": body, "url": url, "secret": secret}, lambda: click.echo(told), as_json)


def _of(body: str):
    open_database()
    from kazna.contexts.egisso import public as egisso
    from kazna.contexts.suppliers import public as suppliers

    if egisso.participants.body(body) is None:
        raise click.ClickException(f"Участника с кодом {body} нет; зарегистрируйте его или проверьте код.")
    return suppliers
