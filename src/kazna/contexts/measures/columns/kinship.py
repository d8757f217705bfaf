"""Columns over ties: parents, children, spouses, who lives with whom.

Views of the store: parent (child, parent, role, seq), mother (child, mother), birth and death (person, day), parents
(child, parents in order), spouse is asked by day.
"""

from __future__ import annotations

from kazna.contexts.measures.columns.asking import (
    Wanted,
    about,
    column,
    holds,
    latest,
    literal,
    quoted,
    said,
    yes_or_sure,
)
from kazna.contexts.measures.columns.plain import with_absent

OWN_RESIDENCE_FROM_YEARS, GROWN_AT_YEARS = 14, 18


def full_years(born: str, on: str) -> str:
    """Whole years, a birthday of 29 February falling on 1 March in common years."""
    return f"(year({on}) - year({born}) - (strftime({on}, '%m%d') < strftime({born}, '%m%d'))::INT)"


@column("tie")
def tie(wanted: Wanted) -> str:
    child = wanted.roles[wanted.options["with"]]
    told = (
        f"SELECT w.key, arg_min({{'v': {said('f', wanted.path)}}}, f.seq).v AS value"
        f" FROM {about(wanted, person=child)} AND f.object = w.person GROUP BY w.key"
    )
    return with_absent(wanted, told)


@column("tie_is")
def tie_is(wanted: Wanted) -> str:
    return f"SELECT w.key, (w.tie = {literal(wanted.options['tie'])})::VARCHAR AS value FROM {wanted.who} w"


@column("child_order")
def child_order(wanted: Wanted) -> str:
    return f"SELECT w.key, o.n::VARCHAR AS value FROM {wanted.who} w JOIN child_order o ON o.child = w.person"


@column("elder_twin_order")
def elder_twin_order(wanted: Wanted) -> str:
    """Unknown where the order of the child or of a twin is; 0 without an elder twin."""
    return f"""
        SELECT w.key, (CASE WHEN m.mother IS NULL THEN 0 WHEN t.unclear THEN NULL
            ELSE coalesce(t.elder, 0) END)::VARCHAR AS value
        FROM {wanted.who} w JOIN birth b ON b.person = w.person LEFT JOIN mother m ON m.child = w.person
        LEFT JOIN (
            SELECT m1.child AS child, bool_or(o2.n IS NULL OR o1.n IS NULL) AS unclear,
                   min(o2.n) FILTER (WHERE o2.n < o1.n) AS elder
            FROM mother m1 JOIN parent p ON p.parent = m1.mother
            JOIN birth b1 ON b1.person = m1.child JOIN birth b2 ON b2.person = p.child AND b2.day = b1.day
            LEFT JOIN child_order o1 ON o1.child = m1.child LEFT JOIN child_order o2 ON o2.child = p.child
            GROUP BY m1.child
        ) t ON t.child = w.person
    """


def _a_parent_is_citizen(wanted: Wanted) -> str:
    """(key, value): whether a parent was a citizen on the day of birth; left out when not known."""
    return f"""
        SELECT key, CASE WHEN bool_or(coalesce(latest.v = '643', false)) THEN 'true'
                         WHEN bool_or(latest IS NULL) THEN NULL ELSE 'false' END AS value
        FROM (
            SELECT w.key, p.parent,
                   arg_max({{'v': coalesce({said("f", "oksm")}, '')}}, (f.valid_from, f.seq))
                       FILTER (WHERE f.seq IS NOT NULL) AS latest
            FROM {wanted.who} w JOIN birth b ON b.person = w.person
            JOIN (SELECT DISTINCT child, parent FROM parent) p ON p.child = w.person
            LEFT JOIN fact f ON f.subject = p.parent AND f.kind = 'person.citizenship' AND {holds("f", "b.day")}
            GROUP BY w.key, p.parent
        ) GROUP BY key
    """


@column("child_citizenship")
def child_citizenship(wanted: Wanted) -> str:
    own = latest(wanted, f"coalesce({said('f', 'oksm')} = '643', false)", "person.citizenship")
    return _own_or(wanted, f"SELECT key, found.v::VARCHAR AS value FROM ({own})", _a_parent_is_citizen(wanted))


@column("citizenship_by_birth")
def citizenship_by_birth(wanted: Wanted) -> str:
    own = latest(wanted, said("f", "by_birth"), "person.citizenship")
    own = f"SELECT key, found.v AS value FROM ({own}) WHERE found.v IS NOT NULL"
    return _own_or(wanted, own, _a_parent_is_citizen(wanted))


def _own_or(wanted: Wanted, own: str, other: str) -> str:
    return (
        f"WITH own AS ({own}), other AS ({other}) SELECT key, value FROM own"
        " UNION ALL SELECT key, value FROM other WHERE value IS NOT NULL AND key NOT IN (SELECT key FROM own)"
    )


@column("mother_exists")
def mother_exists(wanted: Wanted) -> str:
    """A fact in force about the mother; an act without a mother counts as her death."""
    kind = quoted(wanted.kind)
    lacking = ("false", "true")[wanted.kind == "person.death"]
    found = (
        f"SELECT w.key FROM {wanted.who} w JOIN mother m ON m.child = w.person AND m.mother IS NOT NULL"
        f" JOIN fact f ON f.kind = {kind} AND {holds('f', wanted.day)}"
        " AND f.subject = m.mother"
        f" UNION SELECT w.key FROM {wanted.who} w JOIN mother m ON m.child = w.person AND m.mother IS NOT NULL"
        f" JOIN fact f ON f.kind = {kind} AND {holds('f', wanted.day)}"
        " AND f.subject = w.person AND f.object = m.mother"
    )
    return f"""
        SELECT w.key, CASE WHEN m.mother IS NULL THEN '{lacking}' ELSE (w.key IN ({found}))::VARCHAR END AS value
        FROM {wanted.who} w LEFT JOIN mother m ON m.child = w.person WHERE {wanted.day} IS NOT NULL
    """


@column("any_parent")
def any_parent(wanted: Wanted) -> str:
    found = (
        f"SELECT w.key FROM {wanted.who} w JOIN parent p ON p.child = w.person"
        f" JOIN fact f ON f.subject = p.parent AND f.kind = {quoted(wanted.kind)} AND {holds('f', wanted.day)}"
    )
    return yes_or_sure(wanted, found)


def _living_parents(wanted: Wanted) -> str:
    """(key, child, parent): parents who had not died by the day."""
    return (
        f"SELECT DISTINCT w.key, p.child, p.parent, {wanted.day} AS day FROM {wanted.who} w"
        f" JOIN parent p ON p.child = w.person LEFT JOIN death d ON d.person = p.parent"
        f" WHERE d.day IS NULL OR d.day > {wanted.day}"
    )


@column("single_parent")
def single_parent(wanted: Wanted) -> str:
    living = f"SELECT key, count(*) AS n FROM ({_living_parents(wanted)}) GROUP BY key"
    return (
        f"SELECT w.key, (coalesce(l.n, 0) = 1)::VARCHAR AS value FROM {wanted.who} w"
        f" LEFT JOIN ({living}) l ON l.key = w.key"
    )


@column("parents_apart")
def parents_apart(wanted: Wanted) -> str:
    """Both parents live and the first is not married to the second (mother first, then as recorded)."""
    return f"""
        WITH living AS (
            SELECT l.key, l.day, array_agg(l.parent ORDER BY o.place) AS ps FROM ({_living_parents(wanted)}) l
            JOIN parent_order o ON o.child = l.child AND o.parent = l.parent GROUP BY l.key, l.day
        ), married AS (
            SELECT l.key, arg_max({{'v': f.object}}, (f.valid_from, f.seq)).v AS spouse FROM living l
            JOIN fact f ON f.subject = l.ps[1] AND f.kind = 'family.marriage' AND {holds("f", "l.day")} GROUP BY l.key
        )
        SELECT w.key, (coalesce(len(l.ps) = 2 AND m.spouse IS DISTINCT FROM l.ps[2], false))::VARCHAR AS value
        FROM {wanted.who} w LEFT JOIN living l ON l.key = w.key LEFT JOIN married m ON m.key = w.key
    """


@column("children_apart")
def children_apart(wanted: Wanted) -> str:
    """Minor children whose other parent is alive and not the person's spouse."""
    day = wanted.day
    spouse = latest(wanted, "f.object", "family.marriage")
    return f"""
        WITH spouse AS ({spouse}), apart AS (
            SELECT w.key, c.child FROM {wanted.who} w
            JOIN (SELECT DISTINCT child, parent FROM parent) c ON c.parent = w.person
            JOIN birth b ON b.person = c.child AND {full_years("b.day", day)} < {GROWN_AT_YEARS}
            JOIN (SELECT DISTINCT child, parent FROM parent) o ON o.child = c.child AND o.parent <> w.person
            LEFT JOIN death d ON d.person = o.parent LEFT JOIN spouse s ON s.key = w.key
            WHERE d.day IS NULL OR d.day > {day}
            GROUP BY w.key, c.child, s.found HAVING NOT bool_or(coalesce(o.parent = s.found.v, false))
        )
        SELECT w.key, count(a.child)::VARCHAR AS value FROM {wanted.who} w LEFT JOIN apart a ON a.key = w.key
        GROUP BY w.key
    """


@column("residence")
def residence(wanted: Wanted) -> str:
    """The own residence; a child under 14 without a record lives where the mother, else the father, does."""
    path = wanted.path
    own = latest(wanted, said("f", path))
    theirs = f"""
        SELECT key, arg_min({{'v': v}}, place) AS found FROM (
            SELECT w.key, o.place, arg_max({{'v': {said("f", path)}}}, (f.valid_from, f.seq)).v AS v
            FROM {_under_fourteen(wanted)}
            JOIN parent_order o ON o.child = w.person
            JOIN fact f ON f.subject = o.parent AND f.kind = {quoted(wanted.kind)} AND {holds("f", wanted.day)}
            GROUP BY w.key, o.place
        ) GROUP BY key
    """
    both = _own_or(wanted, f"SELECT key, coalesce(found.v, '') AS value FROM ({own})",
                   f"SELECT key, coalesce(found.v, '') AS value FROM ({theirs})")  # fmt: skip
    return f"SELECT key, value FROM ({both}) WHERE value <> ''"


def _under_fourteen(wanted: Wanted) -> str:
    """Questions about children who live where their parents live."""
    years = full_years("born.day", wanted.day)
    return f"{wanted.who} w JOIN birth born ON born.person = w.person AND {years} < {OWN_RESIDENCE_FROM_YEARS}"


@column("lives_with")
def lives_with(wanted: Wanted) -> str:
    """Same address as the applicant; a child under 14 without a record lives with the parents."""
    own = latest(wanted, f"coalesce({said('f', 'address')}, '')", "person.residence")
    other = latest(wanted, f"coalesce({said('f', 'address')}, '')", "person.residence", wanted.applicant)
    small = (
        f"SELECT w.key FROM {_under_fourteen(wanted)} JOIN parent p ON p.child = w.person"
        f" AND p.parent = {wanted.applicant}"
    )
    return f"""
        WITH own AS ({own}), other AS ({other})
        SELECT own.key, (own.found.v = other.found.v)::VARCHAR AS value FROM own JOIN other ON other.key = own.key
        UNION ALL SELECT DISTINCT key, 'true' FROM ({small}) WHERE key NOT IN (SELECT key FROM own)
    """


def lost_custody(wanted: Wanted) -> str:
    """Keys where custody between the person and a person of the roles is lost on the day."""
    roles = sorted(set(wanted.roles.values()))
    others = ", ".join(["w.person", *roles])
    return f"""
        SELECT DISTINCT w.key FROM {wanted.who} w JOIN fact f ON f.kind = 'family.custody_lost'
            AND f.subject = w.person AND {holds("f", wanted.day)} AND f.object IN ({others})
        UNION SELECT DISTINCT w.key FROM {wanted.who} w JOIN fact f ON f.kind = 'family.custody_lost'
            AND f.object = w.person AND {holds("f", wanted.day)} AND f.subject IN ({others})
    """


@column("custody_lost")
def custody_lost(wanted: Wanted) -> str:
    return f"""
        SELECT w.key, (w.key IN ({lost_custody(wanted)}))::VARCHAR AS value FROM {wanted.who} w
        WHERE {wanted.day} IS NOT NULL
    """


@column("raised_to")
def raised_to(wanted: Wanted) -> str:
    reached = f"(b.day + to_months({12 * int(wanted.options['years'])}))::DATE"
    return f"""
        SELECT w.key, ({reached} <= {wanted.day} AND (d.day IS NULL OR d.day >= {reached})
            AND w.key NOT IN ({lost_custody(wanted)}))::VARCHAR AS value
        FROM {wanted.who} w JOIN birth b ON b.person = w.person LEFT JOIN death d ON d.person = w.person
    """
