"""Statements of taking over a legacy register: staging, what is repeated, what goes in, what came out."""

STAGE = (
    "run_id", "number", "key", "digest", "verdict", "remarks", "people", "facts", "kopecks",
)  # fmt: skip
KNOWN = """
    SELECT p.id, p.snils, p.birth_date, p.surname, p.forename, p.merged_into FROM registers_person p
    WHERE p.snils = ANY(%(snils)s) OR p.id = ANY(%(ids)s)
"""
TOLD_BEFORE = "SELECT id FROM registers_fact WHERE id = ANY(%s)"
REPEATED = """
    UPDATE registers_legacy_row r SET verdict = 'duplicate_in_file',
        remarks = ARRAY['та же строка стоит выше: номер дела повторяется']
    FROM (
        SELECT id, row_number() OVER (PARTITION BY key ORDER BY number) AS place
        FROM registers_legacy_row WHERE run_id = %(run)s AND key <> ''
    ) told
    WHERE r.id = told.id AND told.place > 1 AND r.verdict IN ('accepted', 'in_base')
"""
TWO_BIRTHS = """
    WITH told AS (
        SELECT r.id, person->>'snils' AS snils, person->>'birth_date' AS born
        FROM registers_legacy_row r, jsonb_array_elements(r.people) AS person
        WHERE r.run_id = %(run)s AND r.verdict = 'accepted' AND person->>'snils' IS NOT NULL
    ), torn AS (SELECT snils FROM told WHERE born IS NOT NULL GROUP BY snils HAVING count(DISTINCT born) > 1)
    UPDATE registers_legacy_row SET verdict = 'conflict',
        remarks = ARRAY['в файле один СНИЛС с разными датами рождения']
    WHERE id IN (SELECT id FROM told JOIN torn USING (snils))
"""
TIES = """
    CREATE TEMP TABLE legacy_tie ON COMMIT DROP AS
        SELECT r.id AS row_id, f.subject_id AS child, f.object_id AS parent
        FROM registers_legacy_row r,
            jsonb_to_recordset(r.facts) AS f(kind text, subject_id uuid, object_id uuid, value jsonb)
        WHERE r.run_id = %(run)s AND r.verdict = 'accepted' AND NOT r.is_loaded
            AND f.kind = 'family.parent' AND f.value->>'role' = ANY(%(kin)s);
    CREATE INDEX ON legacy_tie (child);
    ANALYZE legacy_tie;
"""
# A circle needs somebody without a birth date: a parent known to be younger is refused row by row.
CIRCLES = """
    WITH RECURSIVE undated AS (
        SELECT p.person->>'id' AS id FROM registers_legacy_row r, jsonb_array_elements(r.people) AS p(person)
        WHERE r.run_id = %(run)s AND r.verdict = 'accepted' AND p.person->>'birth_date' IS NULL
    ), up AS (
        SELECT t.child AS start, t.parent AS here FROM legacy_tie t
        WHERE EXISTS (SELECT FROM undated u WHERE u.id::uuid IN (t.child, t.parent))
            OR EXISTS (SELECT FROM registers_person p WHERE p.id IN (t.child, t.parent) AND p.birth_date IS NULL)
        UNION
        SELECT up.start, further.parent FROM up CROSS JOIN LATERAL (
            SELECT t.parent FROM legacy_tie t WHERE t.child = up.here
            UNION ALL
            SELECT tie.object_id FROM (
                SELECT DISTINCT ON (f.source, f.thing) f.object_id, f.annulled, f.value FROM registers_fact f
                WHERE f.subject_id = up.here AND f.kind = 'family.parent' ORDER BY f.source, f.thing, f.seq DESC
            ) tie WHERE NOT tie.annulled AND tie.object_id IS NOT NULL AND tie.value->>'role' = ANY(%(kin)s)
        ) further
        WHERE up.here <> up.start
    )
    UPDATE registers_legacy_row SET verdict = 'conflict',
        remarks = ARRAY['родство по кругу: человек оказался бы собственным предком']
    WHERE id IN (
        SELECT t.row_id FROM legacy_tie t WHERE t.child IN (SELECT start FROM up WHERE here = start)
    )
"""
PAGE = """
    SELECT array_agg(id) FROM (
        SELECT id FROM registers_legacy_row
        WHERE run_id = %(run)s AND verdict = 'accepted' AND NOT is_loaded ORDER BY number LIMIT %(size)s
        FOR UPDATE
    ) page
"""
PEOPLE = """
    INSERT INTO registers_person
        (id, snils, surname, forename, patronymic, birth_date, sex, territory, address)
    SELECT DISTINCT ON (p.id) p.id, p.snils, p.surname, p.forename, p.patronymic, p.birth_date, coalesce(p.sex, ''),
        coalesce(p.region, ''), coalesce(p.address, '')
    FROM registers_legacy_row r, jsonb_to_recordset(r.people) AS p(id uuid, snils text, surname text, forename text,
        patronymic text, birth_date date, sex text, region text, address text)
    WHERE r.id = ANY(%(rows)s) ORDER BY p.id, r.number
    ON CONFLICT DO NOTHING RETURNING id
"""
NAMES = """
    INSERT INTO registers_known_name (person_id, sort_key, birth_date)
    SELECT id, sort_key, birth_date FROM registers_person WHERE id = ANY(%(people)s) AND birth_date IS NOT NULL
    ON CONFLICT DO NOTHING
"""
FACTS = """
    INSERT INTO registers_fact
        (id, kind, subject_id, object_id, thing, valid_from, valid_to, value, source, document_id, known_on, annulled)
    SELECT DISTINCT ON (f.id) f.id, f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, f.value,
        %(source)s, %(run)s, %(on)s, false
    FROM registers_legacy_row r, jsonb_to_recordset(r.facts) AS f(id uuid, kind text, subject_id uuid, object_id uuid,
        thing text, valid_from date, valid_to date, value jsonb)
    WHERE r.id = ANY(%(rows)s) ORDER BY f.id, r.number
    ON CONFLICT (id) DO NOTHING RETURNING id, subject_id, object_id, kind
"""
LOADED = "UPDATE registers_legacy_row SET is_loaded = true WHERE id = ANY(%(rows)s)"
TOTALS = """
    SELECT verdict, is_loaded, count(*), coalesce(sum(kopecks), 0), coalesce(sum(jsonb_array_length(facts)), 0)
    FROM registers_legacy_row WHERE run_id = %s GROUP BY verdict, is_loaded
"""
FOUND_AGAIN = """
    WITH told AS (
        SELECT f.id FROM registers_legacy_row r, jsonb_to_recordset(r.facts) AS f(id uuid)
        WHERE r.run_id = %s AND r.is_loaded
    )
    SELECT count(*), coalesce(sum((
        SELECT sum(item.value::bigint) FROM jsonb_each_text(f.value) AS item(key, value)
        WHERE item.key LIKE '%%\\_kopecks' AND item.value ~ '^-?[0-9]+$'
    )), 0)
    FROM (SELECT DISTINCT id FROM told) told JOIN registers_fact f ON f.id = told.id
"""
REPORT = """
    SELECT number, key, verdict, is_loaded, remarks, kopecks FROM registers_legacy_row
    WHERE run_id = %s AND number > %s ORDER BY number LIMIT 10000
"""
DISTINCT_FACTS = """
    SELECT count(DISTINCT f.id) FROM registers_legacy_row r, jsonb_to_recordset(r.facts) AS f(id uuid)
    WHERE r.run_id = %s AND r.is_loaded
"""
