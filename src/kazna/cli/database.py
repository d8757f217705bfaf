"""Bring the database up for a command: start the server, migrate, make the roles, load the law."""

from __future__ import annotations

import os

import psycopg
from psycopg import sql

from kazna.config.database import FOLDER
from kazna.kernel.places import VAR
from kazna.plumbing import postgres
from kazna.plumbing.rowsecurity import WEB_ROLE

SETTINGS = "kazna.config.settings.base"


def open_database(*, migrate: bool = False) -> None:
    """Make the platform's tables usable from this process (Django is set up here).

    Without KAZNA_DATABASE_URL the project's own server is started when it does not run.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not os.environ.get("KAZNA_DATABASE_URL"):
        _start_own_server()
    import django

    django.setup()
    if migrate or not _is_prepared():
        prepare()


def _start_own_server() -> None:
    """Start the server and make its database when it is not there."""
    VAR.mkdir(parents=True, exist_ok=True)
    server = postgres.start(FOLDER)
    with psycopg.connect(server.url(database="postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [server.database]).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(server.database)))


def _is_prepared() -> bool:
    """Preparing ends with remembering the release of the law, so a release means that it got to the end."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('measures_release') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM measures_release)")
        return bool(cursor.fetchone()[0])


def prepare() -> None:
    """Migrate, give the web role its least powers, remember the release of the law in force."""
    from django.core.management import call_command

    from kazna.contexts.measures import public as measures
    from kazna.contexts.registers import public as registers

    call_command("migrate", verbosity=0, interactive=False)
    grant_web_role()
    registers.load_kinds()
    measures.store_release()


def grant_web_role() -> None:
    """The web's role: no owner's rights, bound by row security, cannot change what is append-only."""
    from django.db import connection

    own = not os.environ.get("KAZNA_DATABASE_URL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB_ROLE])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(WEB_ROLE)).as_string(None))
        if own:
            password = postgres.remember_password(FOLDER, WEB_ROLE)
            cursor.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(WEB_ROLE), password).as_string(None)
            )
        # Pages read a few rows by index from what is mostly in memory: the default price of that is of turning disks.
        cursor.execute(f"ALTER ROLE {WEB_ROLE} SET random_page_cost = 1.1")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {WEB_ROLE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE}")
        cursor.execute(f"REVOKE ALL ON django_migrations FROM {WEB_ROLE}")
