"""Measures are found by words and region; a draft is seen by its body alone."""

from django.db import migrations

WORDS = """
CREATE FUNCTION egisso_measure_words(title text, card jsonb) RETURNS tsvector IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT setweight(to_tsvector('russian', replace(lower(title), 'ё', 'е')), 'A')
        || setweight(to_tsvector('russian', replace(lower(coalesce(
            (SELECT string_agg(c->>'title', ' ') FROM jsonb_array_elements(card->'categories') c), '')), 'ё', 'е')), 'B')
        || setweight(to_tsvector('russian', replace(lower(left(
            coalesce(card->>'cases', '') || ' ' || coalesce(card->>'conditions', ''), 4000)), 'ё', 'е')), 'D')
$$;
CREATE FUNCTION egisso_measure_regions(card jsonb) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(array_agg(DISTINCT left(t, 2)), '{}') FROM jsonb_array_elements_text(card->'territories') t
$$;
ALTER TABLE egisso_measure
    ADD COLUMN words tsvector GENERATED ALWAYS AS (egisso_measure_words(title, card)) STORED,
    ADD COLUMN regions text[] GENERATED ALWAYS AS (egisso_measure_regions(card)) STORED;
CREATE INDEX egisso_measure_by_words ON egisso_measure USING gin (words);
CREATE INDEX egisso_measure_by_region ON egisso_measure USING gin (regions);
CREATE INDEX egisso_measure_by_title ON egisso_measure (title, id);
"""
NO_WORDS = """
ALTER TABLE egisso_measure DROP COLUMN words, DROP COLUMN regions;
DROP INDEX IF EXISTS egisso_measure_by_title;
DROP FUNCTION egisso_measure_words(text, jsonb); DROP FUNCTION egisso_measure_regions(jsonb);
"""
DRAFTS = """
ALTER TABLE egisso_measure_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY egisso_measure_draft_viewer ON egisso_measure_draft
    USING (app_role() = 'methodologist' OR (app_role() = 'supplier' AND provider = app_body()))
    WITH CHECK (app_role() = 'methodologist' OR (app_role() = 'supplier' AND provider = app_body()));
CREATE POLICY egisso_assignment_supplier ON egisso_assignment
    USING (app_role() = 'supplier' AND provider = app_body())
    WITH CHECK (app_role() = 'supplier' AND provider = app_body());
CREATE POLICY egisso_change_supplier ON egisso_change
    USING (app_role() = 'supplier' AND EXISTS (SELECT 1 FROM egisso_assignment a WHERE a.id = assignment_id))
    WITH CHECK (app_role() = 'supplier' AND EXISTS (SELECT 1 FROM egisso_assignment a WHERE a.id = assignment_id));
CREATE POLICY egisso_package_supplier ON egisso_package
    USING (app_role() IN ('methodologist', 'supplier') AND (app_body() = '' OR provider = app_body()))
    WITH CHECK (app_role() IN ('methodologist', 'supplier') AND (app_body() = '' OR provider = app_body()));
CREATE POLICY egisso_record_supplier ON egisso_record
    USING (app_role() = 'methodologist' OR (app_role() = 'supplier' AND provider = app_body()) OR
        (kind IN ('point', 'organisation', 'minimum') AND app_role() IN ('supplier', 'branch')))
    WITH CHECK (app_role() = 'methodologist' OR (app_role() = 'supplier' AND provider = app_body()));
CREATE POLICY egisso_double_supplier ON egisso_double
    USING (app_role() = 'supplier' AND EXISTS (SELECT 1 FROM egisso_assignment a WHERE a.id = assignment_id))
    WITH CHECK (false);
"""
NO_DRAFTS = """
DROP POLICY egisso_double_supplier ON egisso_double;
DROP POLICY egisso_record_supplier ON egisso_record;
DROP POLICY egisso_package_supplier ON egisso_package;
DROP POLICY egisso_change_supplier ON egisso_change;
DROP POLICY egisso_assignment_supplier ON egisso_assignment;
DROP POLICY egisso_measure_draft_viewer ON egisso_measure_draft;
ALTER TABLE egisso_measure_draft DISABLE ROW LEVEL SECURITY;
"""

TAKEN_IN = ("egisso_assignment", "egisso_change", "egisso_double", "egisso_package", "egisso_record")
INTAKE = "".join(
    f"CREATE POLICY {table}_intake ON {table} USING (app_role() = 'agency') WITH CHECK (app_role() = 'agency');"
    for table in TAKEN_IN
)
NO_INTAKE = "".join(f"DROP POLICY {table}_intake ON {table};" for table in TAKEN_IN)


class Migration(migrations.Migration):
    dependencies = [("egisso", "0004_describe_measures"), ("plumbing", "0001_initial")]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(DRAFTS, NO_DRAFTS),
        migrations.RunSQL(INTAKE, NO_INTAKE),
    ]
