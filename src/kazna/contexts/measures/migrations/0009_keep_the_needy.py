"""The register of the needy is kept a row a person; a trigger notes whose answers are newer than it."""

from django.db import migrations, models
from django.db.models.functions import Now

from kazna.plumbing.rowsecurity import protect_kept

NOTE = """
CREATE FUNCTION measures_needy_noted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO measures_needy_due (person_id) SELECT DISTINCT recipient_id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER measures_needy_noted_insert AFTER INSERT ON measures_standing
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION measures_needy_noted();
CREATE TRIGGER measures_needy_noted_update AFTER UPDATE ON measures_standing
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION measures_needy_noted();
CREATE VIEW measures_needy_as_of AS
    SELECT coalesce((SELECT since FROM measures_needy_due ORDER BY id LIMIT 1), statement_timestamp()) AS since;
INSERT INTO measures_needy_due (person_id) SELECT DISTINCT recipient_id FROM measures_standing;
ALTER TABLE measures_needy_due ENABLE ROW LEVEL SECURITY;
"""
NO_NOTE = "DROP VIEW measures_needy_as_of; DROP FUNCTION measures_needy_noted CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("measures", "0008_find_standings_about"), ("plumbing", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Needy",
            fields=[
                ("person_id", models.UUIDField(primary_key=True, serialize=False)),
                ("territory", models.CharField(max_length=2)),
                ("measure", models.CharField(max_length=80)),
                ("right_id", models.UUIDField()),
                ("as_of", models.DateField()),
                ("answered_on", models.DateField()),
                ("income_kopecks", models.BigIntegerField()),
                ("family_size", models.PositiveIntegerField()),
                ("is_property_checked", models.BooleanField()),
            ],
            options={
                "db_table": "measures_needy",
                "indexes": [
                    models.Index(fields=["territory", "income_kopecks", "person_id"], name="needy_of_territory"),
                    models.Index(fields=["income_kopecks", "person_id"], name="needy_by_income"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedyDue",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("since", models.DateTimeField(db_default=Now())),
            ],
            options={"db_table": "measures_needy_due"},
        ),
        migrations.RunSQL(NOTE, NO_NOTE),
        protect_kept("measures_needy", officer="territory = app_territory()"),
    ]
