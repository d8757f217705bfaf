"""Figures without personal data, the same for every role: the view reads with its owner's rights."""

from django.db import migrations

COUNTS = """
CREATE VIEW registers_counts AS SELECT
    (SELECT count(*) FROM registers_person WHERE merged_into IS NULL) AS people,
    (SELECT count(*) FROM registers_fact) AS facts,
    (SELECT count(*) FROM registers_conflict WHERE settled_on IS NULL) AS conflicts,
    (SELECT count(*) FROM registers_suspect WHERE settled_on IS NULL) AS suspects;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_protect_people")]

    operations = [migrations.RunSQL(COUNTS, "DROP VIEW registers_counts")]
