"""Who is registered in one place is found by a digest of the address: addresses are longer than an index row likes."""

from django.db import migrations

INDEX = """
    CREATE INDEX fact_by_home ON registers_fact (md5(value->>'address')) INCLUDE (subject_id)
    WHERE kind = 'person.residence'
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0007_take_over_legacy_registers")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX fact_by_home")]
