"""What agencies may ask of us changes by two administrators; one alone may only shut a system out."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION disclosure_agreement_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'kazna_web' AND NOT administration_applied(ARRAY['agreement'], NEW.consumer_id || ' ' || NEW.number)
    THEN RAISE EXCEPTION 'an agreement changes by two administrators'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosure_agreement_guarded BEFORE INSERT OR UPDATE ON disclosure_agreement
    FOR EACH ROW EXECUTE FUNCTION disclosure_agreement_by_two();
CREATE FUNCTION disclosure_consumer_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'kazna_web' AND NOT (TG_OP = 'UPDATE' AND NOT NEW.is_active
           AND (OLD.code, OLD.title, OLD.key_digest, OLD.certificate)
               IS NOT DISTINCT FROM (NEW.code, NEW.title, NEW.key_digest, NEW.certificate))
       AND NOT EXISTS (
           SELECT 1 FROM administration_change c
           WHERE c.id = nullif(current_setting('app.change', true), '')::uuid
             AND split_part(c.target, ' ', 1) = NEW.code AND administration_applied(ARRAY['agreement'], c.target))
    THEN RAISE EXCEPTION 'a system is let in by two administrators'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosure_consumer_guarded BEFORE INSERT OR UPDATE ON disclosure_consumer
    FOR EACH ROW EXECUTE FUNCTION disclosure_consumer_by_two();
"""
NO_GUARDS = """
DROP TRIGGER disclosure_consumer_guarded ON disclosure_consumer; DROP FUNCTION disclosure_consumer_by_two();
DROP TRIGGER disclosure_agreement_guarded ON disclosure_agreement; DROP FUNCTION disclosure_agreement_by_two();
"""


class Migration(migrations.Migration):
    dependencies = [("administration", "0002_guard_changes"), ("disclosure", "0002_protect_people")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
