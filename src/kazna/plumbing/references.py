"""References of tables that grow by millions, checked once a statement instead of once a row.

A foreign key of PostgreSQL looks every new row up by itself, some ten microseconds each; a month of a million payments
has nine such references a payment. The same promise is kept here by one set-based question after each statement.
"""

from __future__ import annotations

from django.db import migrations

MANY_ROWS = 1_000  # of one statement


def reference(
    child: str, column: str, parent: str, key: str, *, moves: bool = False, few: bool = False
) -> migrations.RunSQL:
    """Refuse a row of `child` whose `column` names no row of `parent`, and the deletion of a parent that is named.

    `moves`: the column is also written by UPDATE; `few`: rows of one statement name few parents, each is looked up
    once. Raises foreign_key_violation. The parent's key never changes.
    """
    name = f"{child}_{column}_names"
    kept = f"a row of {parent} is named by {child}.{column}"
    triggers = [
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {child} REFERENCING NEW TABLE AS fresh"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
        for event in (["INSERT", "UPDATE"] if moves else ["INSERT"])
    ]
    return migrations.RunSQL(
        f"""
        CREATE {_check(child, column, parent, key, few=few)}
        CREATE FUNCTION {name}_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM gone JOIN {child} c ON c.{column} = gone.{key}) THEN
                RAISE foreign_key_violation USING MESSAGE = '{kept}';
            END IF;
            RETURN NULL;
        END $$;
        {"".join(triggers)}
        CREATE TRIGGER {name}_kept AFTER DELETE ON {parent} REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION {name}_kept();
        """,
        f"DROP FUNCTION {name}_kept CASCADE; DROP FUNCTION {name} CASCADE;",
    )


def look_up_anew(child: str, column: str, parent: str, key: str, *, few: bool = False) -> migrations.RunSQL:
    """Check a reference made before as `reference` does it now."""
    return migrations.RunSQL(
        f"CREATE OR REPLACE {_check(child, column, parent, key, few=few)}",
        f"CREATE OR REPLACE {_check(child, column, parent, key, few=False)}",
    )


def _check(child: str, column: str, parent: str, key: str, *, few: bool) -> str:
    named = f"(SELECT DISTINCT {column} FROM fresh)" if few else "fresh"
    lost = f"""FROM {named} named WHERE {column} IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{key} = named.{column})"""
    return f"""FUNCTION {child}_{column}_names() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public AS $$
        DECLARE lost bigint;
        BEGIN
            -- Few rows are looked up by a plan that is kept; for many one is made each time, for that many.
            IF (SELECT count(*) FROM fresh) < {MANY_ROWS} THEN
                lost := CASE WHEN EXISTS (SELECT 1 {lost}) THEN 1 ELSE 0 END;
            ELSE
                EXECUTE 'SELECT count(*) {lost}' INTO lost;
            END IF;
            IF lost > 0 THEN
                RAISE foreign_key_violation USING MESSAGE = '{child}.{column} names no row of {parent}';
            END IF;
            RETURN NULL;
        END $$;"""
