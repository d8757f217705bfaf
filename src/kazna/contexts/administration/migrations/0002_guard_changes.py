"""Two people, enforced in the database: what the web may do with changes, accounts of staff and settings.

The owner (commands at the server) is not bound; the web's role is.
"""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only

CHANGES = """
ALTER TABLE administration_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY administration_change_viewer ON administration_change
    USING (app_role() = 'administrator') WITH CHECK (app_role() = 'administrator');
ALTER TABLE administration_body ENABLE ROW LEVEL SECURITY;
CREATE POLICY administration_body_seen ON administration_body FOR SELECT USING (true);
CREATE POLICY administration_body_changed ON administration_body
    USING (app_role() = 'administrator') WITH CHECK (app_role() = 'administrator');
ALTER TABLE administration_territory ENABLE ROW LEVEL SECURITY;
CREATE POLICY administration_territory_seen ON administration_territory FOR SELECT USING (true);
CREATE POLICY administration_territory_changed ON administration_territory
    USING (app_role() = 'administrator') WITH CHECK (app_role() = 'administrator');
CREATE FUNCTION administration_change_is_honest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'changes are never removed'; END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state <> 'waiting' THEN RAISE EXCEPTION 'a settled change is not changed'; END IF;
        IF (OLD.id, OLD.kind, OLD.target, OLD.before, OLD.after, OLD.reason, OLD.guarded, OLD.proposed_by, OLD.proposed_at)
           IS DISTINCT FROM
           (NEW.id, NEW.kind, NEW.target, NEW.before, NEW.after, NEW.reason, NEW.guarded, NEW.proposed_by, NEW.proposed_at)
        THEN RAISE EXCEPTION 'what was proposed is not rewritten'; END IF;
    END IF;
    IF current_user = 'kazna_web' THEN
        IF TG_OP = 'INSERT' AND (NEW.proposed_by <> current_setting('app.login', true) OR NEW.state <> 'waiting')
        THEN RAISE EXCEPTION 'a change is proposed in one''s own name'; END IF;
        IF TG_OP = 'UPDATE' AND NEW.settled_by <> current_setting('app.login', true)
        THEN RAISE EXCEPTION 'a change is settled in one''s own name'; END IF;
        IF TG_OP = 'INSERT' AND NOT NEW.guarded AND NEW.kind <> 'setting'
        THEN RAISE EXCEPTION 'only a setting may be unguarded'; END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER administration_change_honest BEFORE INSERT OR UPDATE OR DELETE ON administration_change
    FOR EACH ROW EXECUTE FUNCTION administration_change_is_honest();
CREATE FUNCTION administration_applied(kinds text[], thing text) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM administration_change c
        WHERE c.id = nullif(current_setting('app.change', true), '')::uuid AND c.kind = ANY(kinds) AND c.target = thing
          AND c.state = 'applied' AND c.settled_by = current_setting('app.login', true)
          AND (NOT c.guarded OR c.settled_by <> c.proposed_by)
    )
$$;
"""
NO_CHANGES = """
DROP TRIGGER administration_change_honest ON administration_change;
DROP FUNCTION administration_change_is_honest();
DROP FUNCTION administration_applied(text[], text);
DROP POLICY administration_change_viewer ON administration_change;
DROP POLICY administration_body_seen ON administration_body;
DROP POLICY administration_body_changed ON administration_body;
DROP POLICY administration_territory_seen ON administration_territory;
DROP POLICY administration_territory_changed ON administration_territory;
ALTER TABLE administration_change DISABLE ROW LEVEL SECURITY;
ALTER TABLE administration_body DISABLE ROW LEVEL SECURITY;
ALTER TABLE administration_territory DISABLE ROW LEVEL SECURITY;
"""

GUARDS = """
CREATE FUNCTION identity_account_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'kazna_web' AND (TG_OP = 'INSERT' AND NEW.role <> 'citizen'
        OR TG_OP = 'UPDATE' AND (OLD.role <> 'citizen' OR NEW.role <> 'citizen') AND
           (OLD.login, OLD.role, OLD.body, OLD.territory, OLD.duties, OLD.is_active)
           IS DISTINCT FROM (NEW.login, NEW.role, NEW.body, NEW.territory, NEW.duties, NEW.is_active))
       AND NOT administration_applied(ARRAY['account', 'account_close', 'account_open'], NEW.login)
    THEN RAISE EXCEPTION 'an account of staff changes by two administrators'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_account_guarded BEFORE INSERT OR UPDATE ON identity_account
    FOR EACH ROW EXECUTE FUNCTION identity_account_by_two();
CREATE FUNCTION administration_body_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'kazna_web' AND NOT administration_applied(ARRAY['body', 'body_close', 'territory'], NEW.code)
    THEN RAISE EXCEPTION 'bodies and territories change by two administrators'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER administration_body_guarded BEFORE INSERT OR UPDATE ON administration_body
    FOR EACH ROW EXECUTE FUNCTION administration_body_by_two();
CREATE TRIGGER administration_territory_guarded BEFORE INSERT OR UPDATE ON administration_territory
    FOR EACH ROW EXECUTE FUNCTION administration_body_by_two();
CREATE FUNCTION plumbing_tunable_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'kazna_web' AND (NOT administration_applied(ARRAY['setting'], NEW.name)
        OR NEW.change_id IS DISTINCT FROM nullif(current_setting('app.change', true), '')::uuid)
    THEN RAISE EXCEPTION 'a setting changes by an applied change'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plumbing_tunable_guarded BEFORE INSERT ON plumbing_tunable_value
    FOR EACH ROW EXECUTE FUNCTION plumbing_tunable_by_two();
CREATE POLICY audit_entry_of_administrator ON audit_entry FOR SELECT USING (app_role() = 'administrator');
"""
NO_GUARDS = """
DROP POLICY audit_entry_of_administrator ON audit_entry;
DROP TRIGGER plumbing_tunable_guarded ON plumbing_tunable_value; DROP FUNCTION plumbing_tunable_by_two();
DROP TRIGGER administration_body_guarded ON administration_body;
DROP TRIGGER administration_territory_guarded ON administration_territory; DROP FUNCTION administration_body_by_two();
DROP TRIGGER identity_account_guarded ON identity_account; DROP FUNCTION identity_account_by_two();
"""

FIRST = """
INSERT INTO administration_territory (code, title) VALUES ('77', 'Москва');
INSERT INTO administration_body (code, title, territory, is_active) VALUES
    ('sfr-77', 'Отделение Социального фонда России по Москве', '77', true),
    ('dszn-77', 'Департамент социальной защиты населения Москвы', '77', true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("administration", "0001_initial"),
        ("identity", "0005_name_duties"),
        ("audit", "0002_chain_the_journal"),
        ("plumbing", "0005_keep_tuned_values"),
    ]

    operations = [
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(CHANGES, NO_CHANGES),
        migrations.RunSQL(GUARDS, NO_GUARDS),
        append_only("plumbing_tunable_value"),
    ]
