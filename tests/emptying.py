"""After a test without a transaction: the tables that hold something are emptied, not all of them."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

FILLED = ("administration_territory", "administration_body")  # tables whose first rows come with migrations
MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}  # no test changes these


def empty_what_is_filled(put_back: Callable[[], None]) -> None:
    """Like Django's flush, which waits for whoever still writes, truncates every table and asks each application again.

    Rows are deleted without triggers and keys: in a test there are few.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)))
        tables = [f'"{table}"' for table in tables if table not in MADE_BY_MIGRATE]
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in tables))
        filled = [table for (table,) in cursor.fetchall()]
        if filled:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in filled))
            cursor.execute("SET LOCAL session_replication_role = origin")
            put_back()
