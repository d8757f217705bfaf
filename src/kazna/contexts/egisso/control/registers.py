"""Checks of presence points, subsistence minima and members of categories against what is recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.control.people import check_person
from kazna.contexts.egisso.messages.shape import Plain


def check_point(point: Plain, known: Known, points: Collection[str], line: int) -> Iterator[Finding]:
    """A point of presence: its body is known, and so are the record it replaces and the body's main point.

    `points` are those recorded or told earlier in the package; a body whose card names a main point that the
    register does not know has to load that one first.
    """
    if known.bodies and point.get("body") not in known.bodies:
        yield finding("body", line=line, code=point.get("body", ""))
    for linked in (point.get("previous_id", "").lower(), known.bodies.get(point.get("body", ""), "")):
        if linked and linked not in points:
            yield finding("point", line=line, code=linked)
    if not known.classifiers.knows_oktmo(point.get("oktmo", "")):
        yield finding("oktmo", line=line, code=point.get("oktmo", ""))
    if known.measures and known.bodies:
        for measure_id in point.get("measures", ()):
            if measure_id.lower() not in known.measures:
                yield finding("measure", line=line, code=measure_id)


def check_minimum(
    minimum: Plain, minima: Mapping[tuple[str, str, str], str], known: Known, line: int
) -> Iterator[Finding]:
    """One value per place and quarter, unless the record says that it replaces the one recorded."""
    place = (minimum.get("oktmo", ""), minimum.get("year", ""), minimum.get("quarter", ""))
    recorded = minima.get(place)
    if recorded and recorded != minimum.get("previous_id", "").lower():
        yield finding("minimum_known", line=line, oktmo=place[0], year=place[1], quarter=place[2], known=recorded)
    if not known.classifiers.knows_oktmo(place[0]) and not known.classifiers.knows_oktmo(place[0][:8]):
        yield finding("oktmo", line=line, code=place[0])


def check_right(right: Plain, known: Known, line: int) -> Iterator[Finding]:
    """A person's membership of a category."""
    yield from check_person(right, known.on, line)
    lists = known.classifiers
    if right.get("msz") and right["msz"] not in lists.msz:
        yield finding("msz", line=line, code=right["msz"])
    if right.get("category", "") not in lists.categories:
        yield finding("category", line=line, code=right.get("category", ""))


def check_link(target: str, recorded: set[str], line: int) -> Iterator[Finding]:
    """A record that takes another one back must find it."""
    if target.lower() not in recorded:
        yield finding("right_unknown", line=line, code=target)
