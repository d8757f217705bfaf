"""A clock stands no longer than the passport allows, and the citizen sees why it stands."""

from django.db import migrations, models

OWN = """
    CREATE POLICY cases_clock_stop_own ON cases_clock_stop FOR SELECT USING (
        app_role() = 'citizen' AND EXISTS (
            SELECT 1 FROM cases_case c WHERE c.id = case_id
            AND (c.recipient_id = ANY(app_persons()) OR c.subject_id = ANY(app_persons()))
        )
    )
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_close_to_former_guardians")]

    operations = [
        migrations.AddField("clockstop", "last_day", models.DateField(null=True)),
        migrations.RunSQL(OWN, "DROP POLICY cases_clock_stop_own ON cases_clock_stop"),
    ]
