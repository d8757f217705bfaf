"""A citizen sees the register an own payment went by, found by the citizen's orders: a register has 35 000 lines."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect_otherwise

HAS_OURS = """
CREATE FUNCTION payments_register_has_ours(register uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER COST 200
RETURN EXISTS (
    SELECT 1 FROM payments_order o WHERE o.recipient_id = ANY(app_persons()) AND o.register_id = register
);
"""
LINES = "EXISTS (SELECT 1 FROM payments_register_line l WHERE l.register_id = payments_register.id)"


class Migration(migrations.Migration):
    dependencies = [("payments", "0012_guard_enforcement")]

    operations = [
        migrations.RunSQL(HAS_OURS, "DROP FUNCTION payments_register_has_ours(uuid)"),
        protect_otherwise(
            "payments_register",
            citizen="payments_register_has_ours(id)",
            officer="body = app_body()",
            before=(LINES, "body = app_body()"),
        ),
    ]
