"""What waits and what the post brings are found by indexes of their own; officers see the dead their body owes."""

from django.db import migrations, models

OWED = """
CREATE FUNCTION payments_owes(person uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER COST 200
RETURN EXISTS (SELECT 1 FROM payments_order o WHERE o.recipient_id = person AND o.body = app_body()
               AND o.state IN ('held', 'returned'));
CREATE POLICY payments_payee_dead ON payments_payee FOR SELECT USING (
    texteq(app_role(), 'officer') AND died_on IS NOT NULL AND payments_owes(person_id));
"""
NOT_OWED = "DROP POLICY payments_payee_dead ON payments_payee; DROP FUNCTION payments_owes(uuid);"


class Migration(migrations.Migration):
    dependencies = [("payments", "0015_kept_sums")]

    operations = [
        migrations.RemoveIndex("order", "order_returned"),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["body", "-settled_on", "id"], name="order_came_back", condition=models.Q(state="returned")
            ),
        ),
        migrations.AddIndex(
            "order",
            models.Index(
                fields=["recipient_id"], name="order_waiting", condition=models.Q(state__in=["held", "returned"])
            ),
        ),
        migrations.AddIndex(
            "registerline",
            models.Index(fields=["delivery_on"], name="line_by_post", condition=models.Q(delivery_on__isnull=False)),
        ),
        migrations.RunSQL(OWED, NOT_OWED),
    ]
