"""How a batch is looked for in the outbox."""

# Ordered and compared by consumer too, one of a list of one: only the index of what waits has that order, so that the
# planner never reads all that was handled by the key. What is older than the oldest is handled.
# `known`: consumers, their stages and whether they are shared.
NEXT = """
    WITH waiting AS MATERIALIZED (
        SELECT name, stage, shared, id FROM (VALUES {known}) AS known(name, stage, shared)
        CROSS JOIN LATERAL (
            SELECT id FROM plumbing_delivery WHERE consumer = ANY(ARRAY[name]) AND handled_at IS NULL
              AND not_before <= statement_timestamp() AND attempts < %(most)s ORDER BY consumer, id LIMIT 1
        ) oldest
        ORDER BY stage DESC, id
    ), chosen AS MATERIALIZED (
        SELECT name, stage, id FROM waiting WHERE name <> ALL(%(passed)s::text[])
          AND (shared OR pg_try_advisory_xact_lock(hashtext(name), 1)) LIMIT 1
    )
    SELECT found.any, chosen.name, chosen.id, EXISTS (SELECT 1 FROM waiting WHERE waiting.stage > chosen.stage),
           CASE WHEN chosen.name IS NOT NULL THEN pg_advisory_xact_lock_shared(%(at_work)s)::text END,
           set_config('synchronous_commit', 'off', true)
    FROM (SELECT count(*) > 0 AS any FROM waiting) found LEFT JOIN chosen ON true
"""
TAKE = """
    SELECT id, payload, persons::text, {oldest} FROM plumbing_delivery d
    WHERE consumer = ANY(ARRAY[%(consumer)s]) AND (consumer, id) >= (%(consumer)s, %(oldest)s)
      AND handled_at IS NULL AND not_before <= statement_timestamp() AND attempts < %(most)s
      AND NOT EXISTS (
          SELECT 1 FROM plumbing_delivery f
          WHERE f.consumer = d.consumer AND f.handled_at IS NULL AND f.attempts > 0 AND f.attempts < %(most)s
            AND f.id < d.id AND f.persons && d.persons
      )
    ORDER BY consumer, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""
OLDEST = """(
        SELECT ARRAY[count(*), max(id)] FROM (
            SELECT id FROM plumbing_delivery
            WHERE consumer = ANY(ARRAY[%(consumer)s]) AND handled_at IS NULL AND attempts < %(most)s
            ORDER BY consumer, id LIMIT %(batch)s
        ) oldest
    )"""
NOBODY = "00000000-0000-0000-0000-000000000000"  # events about no person keep their order among themselves
BEFORE = f"""
    WITH mine AS (SELECT unnest(%(persons)s::uuid[]) AS person),
    earlier AS (  -- two ranges of one index: an OR of them would read all that waits of all consumers
        SELECT id, persons FROM plumbing_delivery
        WHERE consumer = %(consumer)s AND (consumer, id) < (%(consumer)s, %(last)s)
          AND handled_at IS NULL AND attempts < %(most)s AND id <> ALL(%(ids)s)
        UNION ALL
        SELECT 0, persons FROM plumbing_delivery
        WHERE consumer = ANY(%(above)s::text[]) AND handled_at IS NULL AND attempts < %(most)s
          AND not_before <= statement_timestamp()
    )
    SELECT person::text, min(id) FROM earlier
    CROSS JOIN LATERAL unnest(CASE WHEN persons = '{{}}' THEN ARRAY['{NOBODY}'::uuid] ELSE persons END) AS of(person)
    JOIN mine USING (person)
    GROUP BY person
"""
HELD_BACK = """
    SELECT NOT EXISTS (
        SELECT 1 FROM (
            SELECT persons[1:3] AS persons FROM plumbing_delivery
            WHERE consumer = ANY(ARRAY[%(consumer)s]) AND (consumer, id) >= (%(consumer)s, %(oldest)s)
              AND handled_at IS NULL AND not_before <= statement_timestamp() AND attempts < %(most)s
            ORDER BY consumer, id LIMIT 4
        ) first
        WHERE NOT EXISTS (
            SELECT 1 FROM plumbing_delivery d
            WHERE d.consumer = ANY(%(above)s::text[]) AND d.handled_at IS NULL AND d.attempts < %(most)s
              AND d.not_before <= statement_timestamp() AND d.persons && first.persons
        )
    )
"""
# For the transaction, until the batch is in hand.
BY_INDEX = b"SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan TO DEFAULT; "
IN_ORDER = b"SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; "  # bitmaps: all that waits is sorted
SMALL = b"SET LOCAL enable_bitmapscan TO DEFAULT"
AS_USUAL = b"SET LOCAL enable_bitmapscan TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT"
