"""Applications, files, proposals and sealed decisions: who sees them; what a stranger may learn of a decision."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OWN = "recipient_id = ANY(app_persons())"
OWN_OR_ABOUT = "recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())"
OWN_OR_FILED = f"{OWN_OR_ABOUT} OR filed_by = ANY(app_persons())"
BODY = "body = app_body()"

# A stranger who holds the paper knows its number and its code: then the paper is told to be true, and nothing of whose.
VERIFY = """
CREATE FUNCTION cases_verify(wanted text, code text)
    RETURNS TABLE (number text, kind text, made_on date, body text, title text, sha256 text, is_replaced boolean)
    STABLE SECURITY DEFINER SET search_path = public, pg_temp LANGUAGE sql AS $$
        SELECT d.number, d.kind, d.on, d.body, d.title, d.sha256,
               EXISTS (SELECT FROM cases_award_stop s WHERE s.award_id = d.award_id AND s.decision_id <> d.id)
        FROM cases_decision d
        WHERE d.number = wanted AND length(code) = 12 AND left(d.sha256, 12) = lower(code)
    $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_add_applications")]

    operations = [
        protect("cases_application", citizen=OWN_OR_FILED, officer=BODY, agency=True),
        protect("cases_attachment", citizen=OWN, officer=BODY, agency=True),
        protect("cases_proposal", citizen=None, officer=BODY),
        protect("cases_choice", citizen=OWN, officer=BODY),
        protect("cases_sealed_decision", citizen=OWN_OR_ABOUT, officer=BODY),
        append_only("cases_choice"),
        append_only("cases_sealed_decision"),
        migrations.RunSQL(VERIFY, "DROP FUNCTION cases_verify(text, text)"),
    ]
