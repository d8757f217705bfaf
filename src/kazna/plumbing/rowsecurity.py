"""Row-level security: policies as migration operations, written once for every table that needs them."""

from __future__ import annotations

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION app_role() RETURNS text STABLE LANGUAGE sql
    AS $$ SELECT coalesce(current_setting('app.role', true), '') $$;
CREATE OR REPLACE FUNCTION app_body() RETURNS text STABLE LANGUAGE sql
    AS $$ SELECT coalesce(current_setting('app.body', true), '') $$;
CREATE OR REPLACE FUNCTION app_territory() RETURNS text STABLE LANGUAGE sql
    AS $$ SELECT coalesce(current_setting('app.territory', true), '') $$;
CREATE OR REPLACE FUNCTION app_persons() RETURNS uuid[] STABLE LANGUAGE sql
    AS $$ SELECT coalesce(nullif(current_setting('app.persons', true), ''), '{}')::uuid[] $$;
"""

WEB_ROLE = "kazna_web"


def protect(table: str, *, citizen: str | None, officer: str | None, agency: bool = False) -> migrations.RunSQL:
    """Enable row security on a table for every role but its owner and the worker.

    `citizen` and `officer` are SQL conditions over the row, e.g. `person_id = ANY(app_persons())`
    and `territory = app_territory()`; None hides the table from that role. `agency` opens it to intake.
    """
    rule = _rule(citizen, officer, agency)
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def protect_kept(table: str, *, officer: str) -> migrations.RunSQL:
    """Rows the platform keeps for screens: an officer reads those of the condition, none but their owner writes."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} FOR SELECT USING ({_rule(None, officer, agency=False)});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def protect_otherwise(
    table: str,
    *,
    citizen: str | None,
    officer: str | None,
    before: tuple[str | None, str | None],
    agency: bool = False,
) -> migrations.RunSQL:
    """The same rows are seen by other conditions; `before` are the citizen's and the officer's that they replace."""

    def altered(rule: str) -> str:
        return f"ALTER POLICY {table}_viewer ON {table} USING ({rule}) WITH CHECK ({rule});"

    return migrations.RunSQL(altered(_rule(citizen, officer, agency)), altered(_rule(*before, agency)))


def acts_as(role: str) -> str:
    """Who looks is of this role. Written `=`, the planner takes it for true of one row in two hundred.

    Then it sorts whole queues that an index gives in order, and hashes whole tables to join a page of rows.
    """
    return f"texteq(app_role(), '{role}')"


def _rule(citizen: str | None, officer: str | None, agency: bool) -> str:
    allowed = [
        *([f"({acts_as('citizen')} AND ({citizen}))"] if citizen else []),
        *([f"({acts_as('officer')} AND ({officer}))"] if officer else []),
        *([acts_as("agency")] if agency else []),
    ]
    return " OR ".join(allowed) or "false"


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE and DELETE on a table for everybody, its owner included."""
    return migrations.RunSQL(
        f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN RAISE EXCEPTION 'rows of {table} are only added'; END $$;"
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();",
        f"DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_is_append_only();",
    )
