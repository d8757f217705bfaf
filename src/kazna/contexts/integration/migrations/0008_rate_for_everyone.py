"""How many documents came in the last minute, without personal data: every role sees the same figure."""

from django.db import migrations

RATE = """
CREATE VIEW integration_document_rate AS
    SELECT count(*) AS number
    FROM (SELECT received_at FROM integration_document ORDER BY number DESC LIMIT 50000) newest
    WHERE received_at > now() - interval '1 minute';
"""


class Migration(migrations.Migration):
    dependencies = [("integration", "0007_keep_deliveries")]

    operations = [migrations.RunSQL(RATE, "DROP VIEW integration_document_rate")]
