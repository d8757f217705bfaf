"""Who is meant: from a life event or an application to the roles of an evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from kazna.contexts.measures.contracts import Ask
from kazna.contexts.registers.contracts import Fact
from kazna.events.cause import Cause
from kazna.events.life_events import LifeEventFound
from kazna.rules import Edition, Library

APPLIED = ("application", "consent")
_following: dict[str, dict[str, list[str]]] = {}


def asks_of_event(library: Library, event: LifeEventFound) -> list[Ask]:
    """Evaluations that a life event opens: measures whose passport names its code."""
    return [
        Ask(
            edition.id,
            roles,
            event.code,
            event.cause,
            as_of=event.happened_on if event.happened_on > event.on else None,
        )
        for edition in _launched(library)
        if event.code in edition.document["passport"].get("events", ()) and (roles := _roles_of_event(edition, event))
    ]


def _launched(library: Library) -> Iterable[Edition]:
    """The last edition of each measure that the bodies work by; others are computed only when asked for."""
    return (
        editions[-1]
        for editions in library.measures.values()
        if editions and editions[-1].document["passport"].get("launched")
    )


def _roles_of_event(edition: Edition, event: LifeEventFound) -> dict[str, UUID]:
    """Roles by what the measure is decided for; the applicants a passport lists stand as `applicant:<role>`.

    Whose receipt the event ends does not apply.
    """
    decided_for = edition.document["decided_for"]
    if decided_for == "person":
        return {"person": event.person_id}
    applicants = {
        f"applicant:{role}": event.related_ids[role]
        for role in edition.document["passport"].get("applicants", ())
        if role in event.related_ids and event.related_ids[role] != event.related_ids.get("recipient")
    }
    return {decided_for: event.person_id, **applicants} if applicants else {}


def asks_of_application(library: Library, fact: Fact, cause: Cause) -> list[Ask]:
    """The evaluation that an application or a consent opens."""
    editions = library.measures.get(fact.value.get("measure", ""))
    if not editions:
        return []
    decided_for = editions[-1].document["decided_for"]
    if decided_for == "person":
        roles = {"person": fact.subject_id}
    elif fact.object_id is None:
        return []
    else:
        roles = {decided_for: fact.object_id, "applicant": fact.subject_id}
    return [Ask(fact.value["measure"], roles, "application", cause)]


def asks_of_award(library: Library, fact: Fact, cause: Cause) -> list[Ask]:
    """Evaluations that follow an award to the same person: a supplement follows its pension."""
    followers = _followers(library).get(fact.value.get("measure", ""), ())
    return [Ask(measure, {"person": fact.subject_id}, "award", cause) for measure in followers]


def _followers(library: Library) -> dict[str, list[str]]:
    """Launched measures that follow an award, by the measure awarded; gathered once for each law."""
    if library.digest not in _following:
        _following.clear()
        found = _following[library.digest] = {}
        for edition in _launched(library):
            for awarded in edition.document["passport"].get("follows", ()):
                found.setdefault(awarded, []).append(edition.id)
    return _following[library.digest]


def attempts(roles: Mapping[str, UUID]) -> list[dict[str, UUID]]:
    """The roles with one applicant at a time, in the passport's order; the first not refused is kept."""
    named = [(name, person) for name, person in roles.items() if name.startswith("applicant:")]
    if not named:
        return [dict(roles)]
    rest = {name: person for name, person in roles.items() if not name.startswith("applicant:")}
    return [{**rest, "applicant": person} for _, person in named]


def subject_of(roles: Mapping[str, UUID]) -> UUID:
    """Whose right it is about: the child, the deceased or the person."""
    return roles.get("child") or roles.get("deceased") or roles["person"]


def recipient_of(roles: Mapping[str, UUID]) -> UUID:
    """Who receives: the applicant, else the person."""
    return roles.get("applicant") or roles["person"]
