"""Facts of ours that another body repeats, without a word about the person: for those who may not see people."""

from django.db import migrations

DOUBLES = """
CREATE FUNCTION egisso_own_doubles() RETURNS TABLE (
    fact_id uuid, other_id uuid, measure_id text, body text, other_body text, first_day date, last_day date,
    amount_kopecks bigint, other_first_day date, other_last_day date, other_amount_kopecks bigint, found_on date
) STABLE SECURITY DEFINER SET search_path = public LANGUAGE sql AS $$
    SELECT a.id, o.id, a.measure_id::text, a.body, o.body, a.first_day, a.last_day, a.amount_kopecks,
        o.first_day, o.last_day, o.amount_kopecks, min(d.found_on)
    FROM egisso_double d
    JOIN egisso_assignment a ON a.id IN (d.assignment_id, d.other_id) AND a.is_own
    JOIN egisso_assignment o ON o.id IN (d.assignment_id, d.other_id) AND NOT o.is_own
    WHERE a.state IN ('active', 'ended') AND o.state IN ('active', 'ended')
    GROUP BY a.id, o.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("egisso", "0006_name_withdrawn_certificates")]

    operations = [migrations.RunSQL(DOUBLES, "DROP FUNCTION egisso_own_doubles();")]
