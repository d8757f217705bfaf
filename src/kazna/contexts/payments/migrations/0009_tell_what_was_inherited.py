"""Whose payments a person received for a dead one: own orders only, of others nothing but the number of the dead."""

from django.db import migrations

INHERITED = """
CREATE FUNCTION payments_inherited(person uuid)
RETURNS TABLE (award_id uuid, dead_id uuid, kopecks bigint, decided_on date, credited_on date)
STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.award_id, owed.recipient_id, o.amount_kopecks, o.created_on, o.settled_on
    FROM payments_order o JOIN payments_obligation owed ON owed.award_id = o.award_id
    WHERE o.recipient_id = person AND owed.recipient_id <> person AND o.state = 'credited'
      AND person = ANY(app_persons())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0008_find_returned"), ("plumbing", "0001_initial")]

    operations = [migrations.RunSQL(INHERITED, "DROP FUNCTION payments_inherited(uuid)")]
