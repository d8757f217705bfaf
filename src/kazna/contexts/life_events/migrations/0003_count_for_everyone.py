"""Figures without personal data, the same for every role: the view reads with its owner's rights."""

from django.db import migrations

COUNTS = """
CREATE VIEW life_events_counts AS SELECT code, count(*) AS number FROM life_events_event GROUP BY code;
"""


class Migration(migrations.Migration):
    dependencies = [("life_events", "0002_protect_events")]

    operations = [migrations.RunSQL(COUNTS, "DROP VIEW life_events_counts")]
