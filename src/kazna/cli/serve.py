"""`kazna serve`: the web on a local port."""

from __future__ import annotations

import os
import sys

import click

from kazna.cli.database import open_database
from kazna.kernel.places import VAR
from kazna.plumbing.rowsecurity import WEB_ROLE


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@click.option("--workers", default=1, show_default=True, help="Processes that answer requests.")
def serve(port: int, workers: int) -> None:
    """Serve the screens and the intake of messages. Ctrl-C stops."""
    open_database(migrate=True)
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    click.echo(f"http://127.0.0.1:{port}/")
    os.execve(*web_process(port, workers))


def web_process(port: int, workers: int = 1) -> tuple[str, list[str], dict[str, str]]:
    """Program, arguments and environment of the web server; it signs in to the database as the web role."""
    environment = os.environ | {"KAZNA_DB_ROLE": WEB_ROLE, "DJANGO_SETTINGS_MODULE": "kazna.config.settings.base"}
    log = VAR / "log"
    log.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "16",
        "--workers-kill-timeout", "5", "--log-level", "warning", "--respawn-failed-workers",
        "kazna.config.wsgi:application",
    ]  # fmt: skip
    return sys.executable, arguments, environment
