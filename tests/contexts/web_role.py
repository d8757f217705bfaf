"""Do as the role of the web for a while: row-level security binds it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from kazna.plumbing.rowsecurity import WEB_ROLE


@contextmanager
def web_role() -> Iterator[None]:
    """Inside a transaction; the role is made if the server has none yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB_ROLE}')"
            f" THEN CREATE ROLE {WEB_ROLE}; END IF; END $$"
        )
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE}")
        cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")
