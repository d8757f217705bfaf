"""Whose rows an officer sees is asked person by person, never by reading all people first.

A subquery in a policy may be run as a hash of the whole register: at a million people that was seconds a statement.
A function is asked a row at a time, by the key. Its body is parsed here, so no search path can change what it means.
"""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect_otherwise

LIVES_HERE = """
CREATE FUNCTION registers_lives_here(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER COST 200
RETURN EXISTS (SELECT 1 FROM registers_person p WHERE p.id = person AND p.territory IN (app_territory(), ''));
CREATE FUNCTION registers_lives_in_ours(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER COST 200
RETURN EXISTS (SELECT 1 FROM registers_person p WHERE p.id = person AND p.territory = app_territory());
"""
BEFORE = "EXISTS (SELECT 1 FROM registers_person p WHERE p.id = {column} AND p.territory IN (app_territory(), ''))"
TABLES = (  # table, whose row, who of citizens sees it, agencies
    ("registers_fact", "subject_id", "subject_id = ANY(app_persons())", True),
    ("registers_known_name", "person_id", None, True),
    ("registers_conflict", "person_id", None, True),
    ("registers_suspect", "person_id", None, True),
    ("registers_meeting_key", "person_id", None, True),
    ("registers_merge", "keep_id", None, False),
)


class Migration(migrations.Migration):
    dependencies = [("registers", "0010_as_the_models_say")]

    operations = [
        migrations.RunSQL(
            LIVES_HERE,
            "DROP FUNCTION registers_lives_here(uuid); DROP FUNCTION registers_lives_in_ours(uuid);",
        ),
        *(
            protect_otherwise(
                table,
                citizen=citizen,
                officer=f"registers_lives_here({column})",
                before=(citizen, BEFORE.format(column=column)),
                agency=agency,
            )
            for table, column, citizen, agency in TABLES
        ),
    ]
