"""What a rule would read of people who have been awarded something, out of a store: no names, no numbers, no ids."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from kazna.contexts.measures.book import NotKnown
from kazna.contexts.measures.columns.lives import Around, roles_of
from kazna.contexts.measures.columns.part import Part
from kazna.contexts.measures.derivations.awards import ASSIGNED
from kazna.contexts.measures.situation import set_scene
from kazna.rules import Edition, Library, Situation

AT_ONCE = 200
# One of each couple, spread over the territory by a hash of the pair, the same for the same snapshot.
AWARDED = f"""
WITH awarded AS (
    SELECT s.id AS subject, r.id AS recipient, least(f.subject, coalesce(m.spouse, f.subject)) AS family FROM fact f
    JOIN own w ON w.n = f.subject JOIN person r ON r.n = f.subject JOIN person s ON s.n = coalesce(f.object, f.subject)
    LEFT JOIN (SELECT subject, min(object) AS spouse FROM fact WHERE kind = 'family.marriage' GROUP BY subject) m
        ON m.subject = f.subject
    WHERE f.kind = '{ASSIGNED}' AND f.valid_from <= ? AND ? = (f.object IS NULL OR f.object = f.subject)
)
SELECT subject, recipient FROM awarded
QUALIFY row_number() OVER (PARTITION BY family ORDER BY hash(subject || recipient), subject, recipient) = 1
ORDER BY hash(subject || recipient), subject, recipient LIMIT ?
"""


def scenes_of_awards(
    database: duckdb.DuckDBPyConnection, library: Library, edition: Edition, part: Part, most: int
) -> Iterator[Situation]:
    """The situations of this edition in those for whom something was decided by the day: a person, or a child with
    the parent who receives. Where sources disagree there is none.
    """
    alone = edition.document["decided_for"] == "person"
    pairs = database.execute(AWARDED, [part.on, alone, most]).fetchall()
    around = Around(database, part.on, part.shelf_lives)
    for start in range(0, len(pairs), AT_ONCE):
        chunk = pairs[start : start + AT_ONCE]
        book = around.book(frozenset(person for pair in chunk for person in pair))
        for subject, recipient in chunk:
            roles = roles_of(edition, subject, recipient)
            try:
                yield set_scene(library, edition, roles, book, part.on, part.on).situation
            except NotKnown:
                continue
