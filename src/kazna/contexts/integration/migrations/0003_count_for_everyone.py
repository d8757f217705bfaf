"""Figures without personal data, the same for every role: the views read with their owner's rights."""

from django.db import migrations

COUNTS = """
CREATE VIEW integration_document_counts AS
    SELECT kind, status, count(*) AS number, sum(times_received - 1) AS repeats
    FROM integration_document GROUP BY kind, status;
CREATE VIEW integration_question_counts AS
    SELECT agency, status, count(*) AS number FROM integration_agency_request GROUP BY agency, status;
"""


class Migration(migrations.Migration):
    dependencies = [("integration", "0002_protect_documents")]

    operations = [
        migrations.RunSQL(COUNTS, "DROP VIEW integration_document_counts; DROP VIEW integration_question_counts"),
    ]
