"""Candidates of a relation for everybody: the same people in the same order as for one."""

from __future__ import annotations

from kazna.contexts.measures.columns.asking import holds, quoted, said
from kazna.contexts.measures.columns.batches import Casting
from kazna.rules.documents.relations import RelationDefinition


def candidates(casting: Casting, relation: RelationDefinition, measure: str) -> str:
    """SQL of a table of candidates: key, row, tie, person, day, case_day and the roles (`me` for person)."""
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
            f"SELECT w.key, 3, f.seq, 'issued', f.object FROM asked w JOIN fact f ON f.kind = 'measure.assigned'"
            f" AND f.subject = {me} AND f.object IS NOT NULL AND {said('f', 'measure')} = {quoted(measure)} {child}"
        )
    people = " UNION ALL ".join(found) or (
        "SELECT 0::BIGINT AS row, 0 AS part, 0 AS place, '' AS tie, 0 AS candidate WHERE false"
    )
    others = "".join(f", w.{role} AS {'me' if role == 'person' else role}" for role in roles)
    return (
        f"WITH spouse AS ({spouse}), found (row, part, place, tie, candidate) AS ({people})"
        " SELECT row_number() OVER (ORDER BY p.row, p.part, p.place) - 1 AS key, p.row, p.tie, p.candidate AS person,"
        f" w.day, w.case_day{others} FROM found p JOIN asked w ON w.key = p.row ORDER BY p.row, p.part, p.place"
    )
