"""SQL of the working store: versions of facts, who belongs with whom, what holds."""

RAW = """
CREATE TABLE IF NOT EXISTS version (
    seq BIGINT, kind VARCHAR, subject_id UUID, object_id UUID, source VARCHAR, thing VARCHAR, valid_from DATE,
    valid_to DATE, value VARCHAR, known_on DATE, annulled BOOLEAN
);
CREATE TABLE IF NOT EXISTS person (id UUID, territory VARCHAR);
"""
ADD = """
INSERT INTO version SELECT seq, kind, subject_id, object_id, source, thing, valid_from, valid_to, value::VARCHAR,
    known_on, annulled FROM batch
"""
# Families as `facts.AROUND` finds them: parents, children, spouses ever; then parents and children of those.
MEMBERS = """
CREATE OR REPLACE TEMP TABLE tie AS
    SELECT subject_id AS one, object_id AS other, kind FROM version
    WHERE kind IN ('family.parent', 'family.marriage') AND object_id IS NOT NULL
    UNION SELECT object_id, subject_id, kind FROM version
    WHERE kind IN ('family.parent', 'family.marriage') AND object_id IS NOT NULL;
CREATE OR REPLACE TEMP TABLE near AS
    SELECT territory, id AS person FROM person
    UNION SELECT p.territory, t.other FROM person p JOIN tie t ON t.one = p.id;
CREATE OR REPLACE TEMP TABLE member AS
    SELECT territory, person FROM near
    UNION SELECT n.territory, t.other FROM near n JOIN tie t ON t.one = n.person AND t.kind = 'family.parent';
"""
TOUCHED = """
SELECT DISTINCT m.territory FROM member m WHERE m.person IN (
    SELECT subject_id FROM version WHERE seq > ? UNION SELECT object_id FROM version WHERE seq > ?
    UNION SELECT coalesce(n.id, o.id) FROM person n FULL JOIN person_before o ON o.id = n.id
    WHERE n.territory IS DISTINCT FROM o.territory
) UNION SELECT o.territory FROM person_before o LEFT JOIN person n ON n.id = o.id
WHERE n.territory IS DISTINCT FROM o.territory
"""
# What holds is everything but the superseded and the withdrawn, which are few. Statements told once are known by a
# number made of the statement: one that no other has; only the others are compared word by word.
STALE = """
CREATE OR REPLACE TEMP TABLE asked_about AS
    SELECT DISTINCT person FROM member WHERE territory IN (SELECT territory FROM wanted);
CREATE OR REPLACE TEMP TABLE told_again AS
    SELECT hash(subject_id, kind, source, thing) AS statement FROM version
    WHERE subject_id IN (SELECT person FROM asked_about) GROUP BY ALL HAVING count(*) > 1;
CREATE OR REPLACE TEMP TABLE repeated AS
    SELECT seq, subject_id, kind, source, thing FROM version
    WHERE hash(subject_id, kind, source, thing) IN (SELECT statement FROM told_again);
CREATE OR REPLACE TEMP TABLE stale AS
    SELECT seq FROM version WHERE annulled UNION ALL
    SELECT r.seq FROM repeated r ANTI JOIN (
        SELECT max(seq) AS seq FROM repeated GROUP BY subject_id, kind, source, thing
    ) newest ON newest.seq = r.seq;
CREATE OR REPLACE TEMP VIEW current_fact AS
    SELECT v.* EXCLUDE (annulled) FROM version v SEMI JOIN asked_about a ON a.person = v.subject_id
    ANTI JOIN stale s ON s.seq = v.seq;
"""
SEVERAL = """
SELECT f.* FROM current_fact f JOIN (
    SELECT kind, subject_id FROM current_fact WHERE kind IN (SELECT kind FROM compared)
    GROUP BY kind, subject_id HAVING min(source) < max(source)
) s ON s.kind = f.kind AND s.subject_id = f.subject_id ORDER BY f.seq
"""
WRITE = """
COPY (
    SELECT m.territory, f.seq, f.kind, f.subject_id::VARCHAR AS subject_id, f.object_id::VARCHAR AS object_id,
        f.valid_from, f.valid_to, f.value, f.known_on, f.source, f.thing
    FROM version f JOIN member m ON m.person = f.subject_id AND m.territory IN (SELECT territory FROM wanted)
    ANTI JOIN stale s ON s.seq = f.seq
) TO '{folder}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARTITION_BY (territory))
"""
PEOPLE = """
COPY (SELECT territory, id::VARCHAR AS id FROM person WHERE territory IN (SELECT territory FROM wanted))
TO '{folder}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (territory))
"""
COUNTS = """
SELECT w.territory, count(p.id) FROM wanted w LEFT JOIN person p ON p.territory = w.territory GROUP BY 1 ORDER BY 1
"""
