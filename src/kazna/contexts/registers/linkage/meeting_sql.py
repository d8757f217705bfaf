"""In PostgreSQL what `records` and `model.MEETINGS` do in DuckDB: comparable names and keys to meet by.

Keys are hashes and compared for equality only, so row security does not keep the index from being used.
"""

FUNCTIONS = r"""
CREATE FUNCTION registers_plain_name(name text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT nullif(regexp_replace(
        regexp_replace(translate(lower(name), 'abekmhopctxyuё', 'авекмнорстхууе'), '[^а-я]', '', 'g'),
        '([лнсмктрпжвбдзф])\1', '\1', 'g'), '')
$$;
CREATE FUNCTION registers_sound(plain text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT regexp_replace(regexp_replace(
        translate(regexp_replace(plain, '[оыюуэеия]', 'а', 'g'), 'бвгджзйщ', 'пфктшсаш'), '[ьъ]', '', 'g'), 'а+$', '')
$$;
CREATE FUNCTION registers_meeting_keys(
    snils text, surname text, forename text, patronymic text, born text, address text, papers text[]
) RETURNS SETOF bigint IMMUTABLE LANGUAGE sql AS $$
    WITH n AS (
        SELECT registers_plain_name(surname) AS s, registers_plain_name(forename) AS f,
            registers_plain_name(patronymic) AS p, substr(born, 1, 4) AS y, substr(born, 6) AS md
    ), k AS (
        SELECT *, registers_sound(s) AS ss, registers_sound(f) AS fs FROM n
    )
    SELECT DISTINCT hashtextextended(told, 0) FROM (
        SELECT 'snils/' || nullif(snils, '') AS told
        UNION ALL SELECT 'paper/' || paper FROM unnest(papers) AS paper
        UNION ALL SELECT 'sound/' || ss || '/' || born FROM k
        UNION ALL SELECT 'given/' || fs || '/' || p || '/' || born FROM k
        UNION ALL SELECT 'year/' || ss || '/' || fs || '/' || p || '/' || y FROM k
        UNION ALL SELECT 'day/' || s || '/' || f || '/' || p || '/' || md FROM k
        UNION ALL SELECT 'home/' || nullif(address, '') || '/' || fs || '/' || y FROM k
    ) keys WHERE told IS NOT NULL
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION registers_meeting_keys(text, text, text, text, text, text, text[]);
DROP FUNCTION registers_sound(text);
DROP FUNCTION registers_plain_name(text);
"""

_KEYS = """
    INSERT INTO registers_meeting_key (key, person_id)
    SELECT DISTINCT k.key, p.id FROM registers_person p
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT (f.value->>'code') || ':' ||
            upper(regexp_replace(f.value->>'series_number', '[ №-]', '', 'g'))) AS papers
        FROM registers_fact f WHERE f.subject_id = p.id AND f.kind = 'person.document' AND NOT f.annulled
    ) d ON true
    CROSS JOIN LATERAL (
        SELECT p.surname, p.forename, coalesce(p.patronymic, '') AS patronymic
        UNION SELECT split_part(n.sort_key, ' ', 1), split_part(n.sort_key, ' ', 2), split_part(n.sort_key, ' ', 3)
        FROM registers_known_name n WHERE n.person_id = p.id
    ) called
    CROSS JOIN LATERAL registers_meeting_keys(
        p.snils, called.surname, called.forename, called.patronymic, to_char(p.birth_date, 'YYYY-MM-DD'),
        p.address, d.papers) AS k(key)
    WHERE p.merged_into IS NULL AND p.surname <> ''
"""
REFRESH_ALL = f"DELETE FROM registers_meeting_key; {_KEYS}"
FORGET = "DELETE FROM registers_meeting_key WHERE person_id = ANY(%(ids)s)"
REFRESH = f"{_KEYS} AND p.id = ANY(%(ids)s)"
