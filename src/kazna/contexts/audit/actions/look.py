"""Journal a look at a person's data."""

from uuid import UUID

from kazna.contexts.audit.actions.record import record
from kazna.contexts.audit.contracts import NewEntry
from kazna.plumbing.access import Viewer


def look(*, viewer: Viewer, person_id: UUID, screen: str, purpose: str) -> None:
    """Write down who looked at whose data, where and what for."""
    record([entry_of_look(viewer=viewer, person_id=person_id, screen=screen, purpose=purpose)])


def entry_of_look(*, viewer: Viewer, person_id: UUID, screen: str, purpose: str) -> NewEntry:
    """The same as a row to be recorded with others."""
    return NewEntry(
        act="look",
        login=viewer.login,
        role=viewer.role,
        body=viewer.body,
        person_id=person_id,
        screen=screen,
        purpose=purpose,
    )
