"""Who sees what under an agreement: policies beside those of the tables' owners (permissive ones add up)."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect

GIVEN = "(SELECT d.case_id FROM delegation_case d WHERE d.body = app_body() AND d.until IS NULL)"
OURS = "(SELECT d.case_id FROM delegation_case d WHERE d.origin_body = app_body())"
PEOPLE = (
    "(SELECT unnest(ARRAY[d.recipient_id, d.subject_id]) FROM delegation_case d"
    " WHERE d.body = app_body() AND d.until IS NULL)"
)
IS_OFFICER = "app_role() = 'officer'"


def also(table: str, name: str, rule: str, *, command: str = "SELECT") -> migrations.RunSQL:
    """One more permissive policy on a table that has row security already."""
    checked = f" WITH CHECK ({rule})" if command == "ALL" else ""
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} FOR {command} USING ({rule}){checked}", f"DROP POLICY {name} ON {table}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("delegation", "0001_initial"),
        ("cases", "0009_guard_applications"),
        ("measures", "0002_protect_rights"),
        ("registers", "0002_protect_people"),
    ]

    operations = [
        protect(
            "delegation_case",
            citizen="recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())",
            officer="body = app_body() OR origin_body = app_body()",
        ),
        migrations.RunSQL(
            "ALTER TABLE delegation_agreement ENABLE ROW LEVEL SECURITY;"
            "CREATE POLICY delegation_agreement_read ON delegation_agreement FOR SELECT USING (true);"
            "CREATE POLICY delegation_agreement_write ON delegation_agreement FOR ALL"
            " USING (app_role() = 'methodologist') WITH CHECK (app_role() = 'methodologist');",
            "DROP POLICY delegation_agreement_read ON delegation_agreement;"
            "DROP POLICY delegation_agreement_write ON delegation_agreement;"
            "ALTER TABLE delegation_agreement DISABLE ROW LEVEL SECURITY;",
        ),
        # The region goes on seeing what it gave away.
        also("cases_case", "cases_case_of_origin", f"{IS_OFFICER} AND id IN {OURS}"),
        *[
            also(table, f"{table}_of_origin", f"{IS_OFFICER} AND case_id IN {OURS}")
            for table in ("cases_step", "cases_decision", "cases_award")
        ],
        # An award may be paid by the region: the branch that decides writes it all the same.
        also("cases_award", "cases_award_given", f"{IS_OFFICER} AND case_id IN {GIVEN}", command="ALL"),
        # The branch sees the people of the cases it was given, wherever they live.
        also("registers_person", "registers_person_given", f"{IS_OFFICER} AND id IN {PEOPLE}"),
        also("registers_fact", "registers_fact_given", f"{IS_OFFICER} AND subject_id IN {PEOPLE}"),
        also("measures_right", "measures_right_given", f"{IS_OFFICER} AND subject_id IN {PEOPLE}"),
        also("measures_standing", "measures_standing_given", f"{IS_OFFICER} AND subject_id IN {PEOPLE}", command="ALL"),
    ]
