"""References of tables that grow by millions, checked once a statement instead of once a row.

A foreign key of PostgreSQL looks every new row up by itself, some ten microseconds each; a month of a million payments
has nine such references a payment. The same promise is kept here by one set-based question after each statement.
"""

from __future__ import annotations

from django.db import migrations


def reference(child: str, column: str, parent: str, key: str, *, moves: bool = False) -> migrations.RunSQL:
    """Refuse a row of `child` whose `column` names no row of `parent`, and the deletion of a parent that is named.

    `moves`: the column is also written by UPDATE. Raises foreign_key_violation. The parent's key never changes.
    """
    name = f"{child}_{column}_names"
    message = f"{child}.{column} names no row of {parent}"
    kept = f"a row of {parent} is named by {child}.{column}"
    triggers = [
        f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {child} REFERENCING NEW TABLE AS fresh"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
        for event in (["INSERT", "UPDATE"] if moves else ["INSERT"])
    ]
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM fresh WHERE {column} IS NOT NULL
                       AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{key} = fresh.{column})) THEN
                RAISE foreign_key_violation USING MESSAGE = '{message}';
            END IF;
            RETURN NULL;
        END $$;
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
