"""Why a launch was held; counts of awards by measure for those who see no person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("studio", "0001_initial"), ("cases", "0001_initial")]
    operations = [
        migrations.AddField("draft", "held_because", models.TextField(default="")),
        migrations.RunSQL(
            "CREATE VIEW studio_award_totals AS SELECT a.measure, count(*) AS awards,"
            " sum(a.amount_kopecks)::bigint AS kopecks FROM cases_award a"
            " WHERE a.form = 'cash' AND NOT EXISTS (SELECT 1 FROM cases_award_stop s WHERE s.award_id = a.id)"
            " GROUP BY a.measure",
            "DROP VIEW studio_award_totals",
        ),
    ]
