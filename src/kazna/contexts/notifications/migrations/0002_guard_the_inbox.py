"""Only the recipient sees a notice; figures without personal data are views open to all roles."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect

VIEWS = """
CREATE VIEW notifications_counts AS
    SELECT count(*) AS written, count(read_at) AS read, count(emailed_at) AS emailed FROM notifications_notice;
CREATE VIEW notifications_latency AS
    SELECT count(*) AS notices,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM created_at - received_at)) AS median_seconds,
           percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM created_at - received_at)) AS p95_seconds
    FROM notifications_notice WHERE document_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        protect("notifications_notice", citizen="recipient_id = ANY(app_persons())", officer=None),
        migrations.RunSQL(VIEWS, "DROP VIEW notifications_latency; DROP VIEW notifications_counts"),
    ]
