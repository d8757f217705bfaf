"""Figures of first decisions by measure, without personal data, so that every role reads the same ones."""

from django.db import migrations

VIEW = """
CREATE VIEW cases_decision_run AS
SELECT d.measure, count(*) AS decisions, count(*) FILTER (WHERE d.decided_by = '') AS by_rules,
       count(*) FILTER (WHERE d.sha256 <> '') AS sealed,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY (d."on" - coalesce(c.applied_on, c.opened_on))) AS days
FROM cases_decision d JOIN cases_case c ON c.id = d.case_id
WHERE d.kind IN ('grant', 'refuse') GROUP BY d.measure
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_share_the_queue")]

    operations = [migrations.RunSQL(VIEW, "DROP VIEW cases_decision_run")]
