"""Who filed for a ward sees the application while representing the ward; afterwards only that it was filed.

Before, having filed it opened the row for good. A receipt keeps the number, the day and the channel: what was signed,
nothing of whose it is or what was asked for (ГК РФ, статьи 36, 40; 152-ФЗ, статья 5).
"""

from django.db import migrations

OWN_OR_ABOUT = "recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())"
RULE = (
    "(app_role() = 'citizen' AND ({citizen})) OR (app_role() = 'officer' AND body = app_body())"
    " OR app_role() = 'agency'"
)
POLICY = "ALTER POLICY cases_application_viewer ON cases_application USING ({rule}) WITH CHECK ({rule})"
RECEIPTS = """
CREATE FUNCTION cases_receipts() RETURNS TABLE (number text, filed_on date, channel text)
    STABLE SECURITY DEFINER SET search_path = public, pg_temp LANGUAGE sql AS $$
        SELECT a.number, a.filed_on, a.channel FROM cases_application a
        WHERE app_role() = 'citizen' AND a.filed_by = (app_persons())[1] AND a.number LIKE 'З-%'
            AND NOT a.recipient_id = ANY(app_persons()) AND NOT a.subject_id = ANY(app_persons())
        ORDER BY a.filed_on DESC, a.number
    $$;
"""


def policy(citizen: str) -> str:
    return POLICY.format(rule=RULE.format(citizen=citizen))


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_count_for_criteria")]

    operations = [
        migrations.RunSQL(policy(OWN_OR_ABOUT), policy(f"{OWN_OR_ABOUT} OR filed_by = ANY(app_persons())")),
        migrations.RunSQL(RECEIPTS, "DROP FUNCTION cases_receipts()"),
    ]
