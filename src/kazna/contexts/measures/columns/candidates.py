"""Candidates of a relation for everybody: the same people in the same order as for one.

Parts by place in the relation: applicant 0, spouse 1, children 2, parents 4, registered 5, certificates 6.
"""

from __future__ import annotations

from kazna.contexts.measures.columns.asking import holds, quoted, said
from kazna.contexts.measures.columns.batches import Casting
from kazna.contexts.measures.columns.kinship import full_years
from kazna.rules.documents.relations import RelationDefinition

ADULT = 18


def candidates(casting: Casting, relation: RelationDefinition, measure: str) -> str:
    """SQL of a table of candidates: key, row, tie, person, day, case_day and the roles (`me` for person).

    Where the casting hides facts from its questions, `hidden` too.
    """
    ties = dict.fromkeys(part.tie for part in relation.parts)
    roles = casting.columns
    me = roles.get("applicant") or roles["person"]
    spouse = (
        "SELECT w.key, arg_max({'v': f.object}, (f.valid_from, f.seq)).v AS spouse FROM asked w JOIN fact f"
        f" ON f.kind = 'family.marriage' AND f.subject = {me} AND {holds('f', 'w.day')} GROUP BY w.key"
    )
    parts = []
    if "applicant" in ties:
        parts.append(f"SELECT w.key AS row, 0 AS part, 0 AS place, 'applicant' AS tie, {me} AS candidate FROM asked w")
    if "spouse" in ties:
        parts.append("SELECT s.key, 1, 0, 'spouse', s.spouse FROM spouse s WHERE s.spouse IS NOT NULL")
    alive = " UNION ALL ".join(parts)
    found = []
    if alive:
        found.append(
            f"SELECT a.* FROM ({alive}) a JOIN asked w ON w.key = a.row LEFT JOIN death d ON d.person = a.candidate"
            " WHERE d.day IS NULL OR d.day > w.day"
        )
    if "child" in ties:
        parents = f"SELECT w.key, {me} AS parent FROM asked w"
        living = "true"
        if "applicant" in ties:  # a family is of the living; a list of one's children keeps those who died
            living = "(d.day IS NULL OR d.day > w.day)"
            parents += " UNION SELECT key, spouse FROM spouse WHERE spouse IS NOT NULL"
        found.append(f"""
            SELECT c.key, 2,
                row_number() OVER (PARTITION BY c.key ORDER BY coalesce(b.day, DATE '9999-12-31'), c.child),
                'child', c.child
            FROM (
                SELECT DISTINCT p.key, c.child FROM ({parents}) p JOIN asked w ON w.key = p.key
                JOIN parent c ON c.parent = p.parent AND (c.until IS NULL OR c.until > w.day)
                LEFT JOIN death d ON d.person = c.child WHERE {living}
            ) c LEFT JOIN birth b ON b.person = c.child
        """)
    if "issued" in ties:
        child = f"AND f.object IS DISTINCT FROM {roles['child']}" if "child" in roles else ""
        found.append(
            f"SELECT w.key, 6, f.seq, 'issued', f.object FROM asked w JOIN fact f ON f.kind = 'measure.assigned'"
            f" AND f.subject = {me} AND f.object IS NOT NULL AND {said('f', 'measure')} = {quoted(measure)} {child}"
            f"{' AND NOT list_contains(w.hidden, f.seq)' if casting.hides else ''}"
        )
    if "parent" in ties:  # of a minor, while the tie holds, the mother first
        found.append(f"""
            SELECT p.key, 4, row_number() OVER (PARTITION BY p.key ORDER BY p.first), 'parent', p.parent FROM (
                SELECT w.key, c.parent, any_value(w.day) AS day, min((c.role IS DISTINCT FROM 'mother', c.seq)) AS first
                FROM asked w JOIN birth b ON b.person = {me} JOIN parent c ON c.child = {me}
                WHERE (c.until IS NULL OR c.until > w.day) AND {full_years("b.day", "w.day")} < {ADULT}
                GROUP BY w.key, c.parent
            ) p LEFT JOIN death d ON d.person = p.parent WHERE d.day IS NULL OR d.day > p.day
        """)
    if "registered" in ties:  # everybody else registered in the same place
        before = " UNION ALL ".join(
            f"SELECT row, candidate FROM ({one}) b(row, part, place, tie, candidate)" for one in found
        )
        found.append(f"""
            SELECT n.key, 5,
                row_number() OVER (PARTITION BY n.key ORDER BY coalesce(b.day, DATE '9999-12-31'), n.person),
                'registered', n.person
            FROM ({_neighbours(me)}) n LEFT JOIN birth b ON b.person = n.person LEFT JOIN death d ON d.person = n.person
            WHERE (d.day IS NULL OR d.day > n.day)
                AND NOT EXISTS (SELECT 1 FROM ({before}) k WHERE k.row = n.key AND k.candidate = n.person)
        """)
    people = " UNION ALL ".join(found) or (
        "SELECT 0::BIGINT AS row, 0 AS part, 0 AS place, '' AS tie, 0 AS candidate WHERE false"
    )
    others = "".join(f", w.{role} AS {'me' if role == 'person' else role}" for role in roles)
    others += ", w.hidden" if casting.hides else ""
    return (
        f"WITH spouse AS ({spouse}), found (row, part, place, tie, candidate) AS ({people})"
        " SELECT row_number() OVER (ORDER BY p.row, p.part, p.place) - 1 AS key, p.row, p.tie, p.candidate AS person,"
        f" w.day, w.case_day{others} FROM found p JOIN asked w ON w.key = p.row ORDER BY p.row, p.part, p.place"
    )


def homes(person: str, asked: str = "asked w") -> str:
    """SQL of (key, day, region, address): where the person of each row is registered on its day, if anywhere."""
    return f"""
        SELECT key, day, home.region AS region, home.address AS address FROM (
            SELECT w.key, any_value(w.day) AS day,
                arg_max({{'region': r.region, 'address': r.address}}, (r.valid_from, r.seq)) AS home
            FROM {asked} JOIN residence r ON r.person = {person} AND {holds("r", "w.day")} GROUP BY w.key
        ) WHERE home.address <> ''
    """


def _neighbours(me: str) -> str:
    """SQL of (key, day, person): others registered in the same place on the same day, by the newest record of each."""
    return f"""
        WITH home AS ({homes(me)}), possible AS (
            SELECT DISTINCT h.key, h.day, h.region, h.address, r.person
            FROM home h JOIN residence r USING (region, address) JOIN asked w ON w.key = h.key WHERE r.person <> {me}
        )
        SELECT p.key, p.day, p.person FROM possible p JOIN residence r ON r.person = p.person AND {holds("r", "p.day")}
        GROUP BY p.key, p.day, p.person, p.region, p.address
        HAVING arg_max({{'region': r.region, 'address': r.address}}, (r.valid_from, r.seq))
            = {{'region': p.region, 'address': p.address}}
    """
