"""Who is looking: the acting role, body, territory and person, told to PostgreSQL for row-level security.

Policies on tables with personal data compare these settings; with none set, no row is visible to
the web role. The owner and the worker are not bound by the policies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Viewer:
    """Role is citizen, officer, methodologist, administrator or agency; `person_ids` are the citizen and the wards.

    `duties` are what an account does besides its role: «supervise», «payments», «journal»…
    """

    role: str
    login: str
    body: str = ""
    territory: str = ""
    person_ids: tuple[UUID, ...] = ()
    duties: tuple[str, ...] = ()


TOLD = (
    "SELECT set_config('app.role', %s, true), set_config('app.body', %s, true),"
    " set_config('app.territory', %s, true), set_config('app.persons', %s, true),"
    " set_config('app.login', %s, true)"
)


@contextmanager
def acting_as(viewer: Viewer) -> Iterator[None]:
    """One transaction in which the database knows the viewer; the settings vanish with it."""
    with transaction.atomic():
        tell(viewer)
        yield


def tell(viewer: Viewer) -> None:
    """From here to the end of the transaction, which must be open, the viewer is this one."""
    persons = "{" + ",".join(map(str, viewer.person_ids)) + "}"
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [viewer.role, viewer.body, viewer.territory, persons, viewer.login])
