"""People of a supplier do what their function says and no more."""

from django.db import migrations

MAY = """
CREATE FUNCTION supplier_may(wanted text) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT coalesce(bool_or(m.is_active AND wanted = ANY(CASE m.role
        WHEN 'loader' THEN ARRAY['load'] WHEN 'methodologist' THEN ARRAY['describe']
        WHEN 'signer' THEN ARRAY['load', 'sign'] ELSE ARRAY['load', 'describe', 'sign', 'staff'] END)), true)
    FROM suppliers_member m WHERE m.login = current_setting('app.login', true)
$$;
COMMENT ON FUNCTION supplier_may(text) IS
    'load, describe, sign or staff; an account without a declared function was opened for the head of the body';
"""
POWERS = {
    "egisso_package": "CASE WHEN message ~ '^10\\.(05|15)\\.' THEN 'describe' ELSE 'load' END",
    "egisso_assignment": "'load'",
    "egisso_change": "'load'",
    "egisso_measure_draft": "'describe'",
    "suppliers_certificate": "'sign'",
    "suppliers_member": "'staff'",
}


def hold(table: str, power: str) -> migrations.RunSQL:
    rule = f"(SELECT supplier_may({power}))" if power.startswith("'") else f"supplier_may({power})"
    return migrations.RunSQL(
        f"CREATE POLICY {table}_adds ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({rule});"
        f"CREATE POLICY {table}_changes ON {table} AS RESTRICTIVE FOR UPDATE USING ({rule});"
        f"CREATE POLICY {table}_drops ON {table} AS RESTRICTIVE FOR DELETE USING ({rule});",
        f"DROP POLICY {table}_adds ON {table}; DROP POLICY {table}_changes ON {table};"
        f"DROP POLICY {table}_drops ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0005_member_closed_at"), ("egisso", "0006_name_withdrawn_certificates")]

    operations = [
        migrations.RunSQL(MAY, "DROP FUNCTION supplier_may(text);"),
        *(hold(table, power) for table, power in POWERS.items()),
    ]
