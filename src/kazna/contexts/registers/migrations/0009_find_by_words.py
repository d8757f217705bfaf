"""Search by words of a name and by likeness, inside the database's rule of rows."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect

FIND = """
CREATE FUNCTION registers_find(asked text, born_from date, born_to date, most int)
RETURNS TABLE (id uuid, name text) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.sort_key FROM registers_person p
    WHERE to_tsvector('simple', p.sort_key) @@ to_tsquery('simple', asked) AND p.merged_into IS NULL
      AND (born_from IS NULL OR p.birth_date BETWEEN born_from AND born_to)
      AND (app_role() = 'agency' OR (app_role() = 'officer' AND p.territory IN (app_territory(), ''))
           OR (app_role() = '' AND session_user = current_user))
    LIMIT most
$$;
"""

ALIKE = """
CREATE FUNCTION registers_alike(asked text, most int)
RETURNS TABLE (name text) STABLE LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.4 AS $$
    SELECT w.word FROM registers_name_word w WHERE w.word % asked
    ORDER BY similarity(w.word, asked) DESC, w.word LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0008_find_who_is_registered_together")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="NameWord",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
            options={"db_table": "registers_name_word"},
        ),
        migrations.RunSQL(
            "CREATE INDEX person_by_words ON registers_person USING gin (to_tsvector('simple', sort_key))",
            "DROP INDEX person_by_words",
        ),
        migrations.RunSQL(
            "CREATE INDEX name_word_alike ON registers_name_word USING gin (word gin_trgm_ops)",
            "DROP INDEX name_word_alike",
        ),
        migrations.RunSQL(FIND, "DROP FUNCTION registers_find(text, date, date, int)"),
        migrations.RunSQL(ALIKE, "DROP FUNCTION registers_alike(text, int)"),
        protect("registers_name_word", citizen=None, officer="true", agency=True),
    ]
