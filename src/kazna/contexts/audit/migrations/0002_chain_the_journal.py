from django.db import migrations

from kazna.plumbing.rowsecurity import append_only

CANONICAL = """
CREATE FUNCTION audit_canonical(e audit_entry) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT jsonb_build_array(
        e.seq, (extract(epoch FROM e.recorded_at) * 1000000)::bigint, e.act, e.login, e.role, e.body,
        e.person_id, e.screen, e.purpose, e.thing
    )::text
$$;
"""

APPEND = """
CREATE FUNCTION audit_append(entries jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head audit_head;
    given jsonb;
    row audit_entry;
BEGIN
    INSERT INTO audit_head (singleton, seq, hash) VALUES (true, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    FOR given IN SELECT * FROM jsonb_array_elements(entries) LOOP
        row := jsonb_populate_record(NULL::audit_entry, given);
        row.seq := head.seq + 1;
        row.recorded_at := clock_timestamp();
        row.hash := sha256(head.hash || convert_to(audit_canonical(row), 'UTF8'));
        INSERT INTO audit_entry SELECT row.*;
        head.seq := row.seq;
        head.hash := row.hash;
    END LOOP;
    UPDATE audit_head SET seq = head.seq, hash = head.hash;
    RETURN head.seq;
END $$;
"""

READERS = """
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_of_citizen ON audit_entry FOR SELECT
    USING (app_role() = 'citizen' AND person_id = ANY(app_persons()));
"""

NO_READERS = """
DROP POLICY audit_entry_of_citizen ON audit_entry;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("plumbing", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(CANONICAL, "DROP FUNCTION audit_canonical(audit_entry);"),
        migrations.RunSQL(APPEND, "DROP FUNCTION audit_append(jsonb);"),
        append_only("audit_entry"),
        migrations.RunSQL(READERS, NO_READERS),
    ]
