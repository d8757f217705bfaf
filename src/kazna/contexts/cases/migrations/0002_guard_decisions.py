"""Decisions, awards, stops and steps are only added; people see their own, officers their body's."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OWN = "recipient_id = ANY(app_persons())"
OWN_OR_ABOUT = "recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())"
BODY = "body = app_body()"

COUNTS = """
CREATE VIEW cases_counts AS
    SELECT 'cases' AS what, state::text, count(*) AS number FROM cases_case GROUP BY state
    UNION ALL
    SELECT 'decisions', kind::text, count(*) FROM cases_decision GROUP BY kind
    UNION ALL
    SELECT 'awards', CASE WHEN s.award_id IS NOT NULL THEN 'stopped'
                          WHEN a.decision_id IS NULL THEN 'baseline' ELSE 'granted' END, count(*)
    FROM cases_award a LEFT JOIN cases_award_stop s ON s.award_id = a.id GROUP BY 2;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        protect("cases_case", citizen=OWN_OR_ABOUT, officer=BODY),
        protect("cases_step", citizen=OWN, officer=BODY),
        protect("cases_decision", citizen=OWN_OR_ABOUT, officer=BODY),
        protect("cases_award", citizen=OWN_OR_ABOUT, officer=BODY),
        protect("cases_award_stop", citizen=OWN, officer=BODY),
        append_only("cases_step"),
        append_only("cases_decision"),
        append_only("cases_award"),
        append_only("cases_award_stop"),
        migrations.RunSQL(COUNTS, "DROP VIEW cases_counts"),
    ]
