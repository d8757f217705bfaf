"""Facts of a legacy register against what other sources told: `Precedence.differ` of the catalogue, for a whole page.

The two are kept alike by `tests/contexts/registers/test_legacy_precedence.py`.
"""


def _told(fact: str) -> str:
    """What a fact tells under a key, as text; NULL: it does not tell it."""
    return f"""CASE key WHEN '@object' THEN {fact}.object_id::text
        WHEN '@to' THEN coalesce(CASE WHEN {fact}.value ? 'stated_to' THEN {fact}.value->>'stated_to'
            ELSE {fact}.valid_to::text END, 'open')
        ELSE translate(lower(nullif({fact}.value->key, 'null'::jsonb)::text), 'ё', 'е') END"""


# rules: (kind, compared, about, reason, mine: rank of the legacy source, ranks by source, other: rank of the rest)
_DIFFERENCES = f"""
    rule AS (
        SELECT * FROM jsonb_to_recordset(%(rules)s::jsonb) AS r(kind text, compared text[], about text[], reason text,
            succeeds bool, mine int, ranks jsonb, other int)
    ), told AS (
        SELECT line.id AS row_id, line.number, f.* FROM registers_legacy_row line, jsonb_to_recordset(line.facts)
            AS f(id uuid, kind text, subject_id uuid, object_id uuid, thing text, valid_from date, valid_to date,
                value jsonb)
        WHERE {{rows}}
    ), differing AS (
        SELECT told.*, known.id AS known_id, known.source AS known_source, rule.reason, rule.mine,
            coalesce((rule.ranks->>known.source)::int, rule.other) AS theirs
        FROM told JOIN rule USING (kind) CROSS JOIN LATERAL (
            SELECT DISTINCT ON (f.source, f.thing) f.* FROM registers_fact f
            WHERE f.subject_id = told.subject_id AND f.kind = told.kind AND f.source <> %(source)s
            ORDER BY f.source, f.thing, f.seq DESC
        ) known
        WHERE NOT known.annulled
            AND (known.valid_from = told.valid_from OR NOT rule.succeeds
                AND (known.valid_to IS NULL OR told.valid_from < known.valid_to)
                AND (told.valid_to IS NULL OR known.valid_from < told.valid_to))
            AND NOT EXISTS (SELECT FROM unnest(rule.about) AS key
                WHERE ({_told("told")} = {_told("known")}) IS NOT TRUE)
            AND EXISTS (SELECT FROM unnest(rule.compared) AS key WHERE {_told("told")} <> {_told("known")})
    )
"""
REMARKS = f"""
    WITH {_DIFFERENCES.format(rows="line.run_id = %(run)s AND line.verdict = 'accepted'")},
    said AS (
        SELECT row_id, array_agg(DISTINCT format('«%%s»: %%s говорит иное; %%s', kind.title, known_source, CASE
            WHEN mine = theirs THEN 'решит специалист, до того сведение не используется'
            WHEN mine < theirs THEN 'верим этой строке: ' || reason ELSE 'верим ему: ' || reason END)) AS remarks
        FROM differing JOIN registers_fact_kind kind ON kind.code = differing.kind GROUP BY row_id
    )
    UPDATE registers_legacy_row r SET remarks = r.remarks || said.remarks FROM said WHERE r.id = said.row_id
"""
CONFLICTS = f"""
    WITH {_DIFFERENCES.format(rows="line.id = ANY(%(rows)s)")}
    INSERT INTO registers_conflict (id, person_id, kind, known_fact_id, claim_fact_id, claim, source, document_id,
        found_on, settled_on, settled_by, reason)
    SELECT DISTINCT ON (known_id, id) md5('legacy/' || known_id || '/' || id)::uuid, subject_id, kind, known_id, id,
        jsonb_build_object('kind', kind, 'subject_id', subject_id, 'object_id', object_id, 'thing', thing,
            'valid_from', valid_from, 'valid_to', valid_to, 'value', value, 'source', %(source)s::text),
        %(source)s, NULL, %(on)s, CASE WHEN mine <> theirs THEN %(on)s::date END,
        CASE WHEN mine <> theirs THEN %(by)s ELSE '' END, CASE WHEN mine <> theirs THEN reason ELSE '' END
    FROM differing WHERE id = ANY(%(facts)s) ORDER BY known_id, id, number
    ON CONFLICT (id) DO NOTHING RETURNING id, person_id, kind, settled_on IS NULL
"""
# Dispute of a kind about a person: said once while it stands.
DISPUTES = """
    INSERT INTO registers_fact
        (id, kind, subject_id, object_id, thing, valid_from, valid_to, value, source, document_id, known_on, annulled)
    SELECT md5('dispute/' || c.id)::uuid, %(disputed)s, c.person_id, NULL, c.kind, %(on)s, NULL,
        jsonb_build_object('kind', c.kind), %(ourselves)s, NULL, %(on)s, false
    FROM (SELECT DISTINCT ON (person_id, kind) * FROM registers_conflict WHERE id = ANY(%(conflicts)s)
        ORDER BY person_id, kind, id) c
    WHERE NOT coalesce((
        SELECT NOT f.annulled FROM registers_fact f WHERE f.subject_id = c.person_id AND f.kind = %(disputed)s
            AND f.source = %(ourselves)s AND f.thing = c.kind ORDER BY f.seq DESC LIMIT 1), false)
    RETURNING id, subject_id, thing
"""
# People of whom several statements of a state are known: its ends have to be worked out anew.
SUCCEEDED = """
    SELECT DISTINCT new.subject_id, new.kind FROM registers_fact new
    WHERE new.id = ANY(%(facts)s) AND new.kind = ANY(%(kinds)s) AND EXISTS (
        SELECT FROM registers_fact f WHERE f.subject_id = new.subject_id AND f.kind = new.kind AND f.id <> new.id)
"""
