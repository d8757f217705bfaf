"""Figures without personal data, the same for every role: the view reads with its owner's rights."""

from django.db import migrations

COUNTS = """
CREATE VIEW measures_counts AS SELECT measure, state, count(*) AS number FROM measures_standing GROUP BY measure, state;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_protect_rights")]

    operations = [migrations.RunSQL(COUNTS, "DROP VIEW measures_counts")]
