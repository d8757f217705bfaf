"""What a screen adds to the journal; the middleware writes it at the end of the request."""

from uuid import UUID

from django.http import HttpRequest

from kazna.contexts.audit import public as audit


def note_look(request: HttpRequest, person_id: UUID, purpose: str) -> None:
    """The viewer has been shown a person's data. `purpose` is a Russian sentence the person will read."""
    request.journal.append(
        audit.entry_of_look(viewer=request.viewer, person_id=person_id, screen=request.path, purpose=purpose)
    )


def note_act(
    request: HttpRequest, act: str, *, person_id: UUID | None = None, thing: object = "", purpose: str = ""
) -> None:
    """The viewer has searched, decided or settled something."""
    viewer = request.viewer
    request.journal.append(
        audit.NewEntry(
            act=act,
            login=viewer.login,
            role=viewer.role,
            body=viewer.body,
            person_id=person_id,
            screen=request.path,
            purpose=_as_representative(request, person_id, purpose),
            thing=str(thing),
        )
    )


def _as_representative(request: HttpRequest, person_id: UUID | None, purpose: str) -> str:
    """What is done for a ward says so: the ward reads it one day."""
    own = request.viewer.person_ids[:1]
    if request.viewer.role == "citizen" and person_id and person_id not in own:
        return f"{purpose} (действует законный представитель)".strip()
    return purpose
