"""What crosses the door of the journal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One act to be journalled.

    `act` is a stable code (look, search, decide, settle, sign_in…); `person_id` whose data were touched,
    None when nobody's; `screen` the address; `purpose` a sentence the person will read; `thing` the id of
    the case, conflict or document acted upon.
    """

    act: str
    login: str
    role: str
    body: str = ""
    person_id: UUID | None = None
    screen: str = ""
    purpose: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as journalled; `seq` counts from 1 without gaps."""

    seq: int
    recorded_at: datetime
    act: str
    login: str
    role: str
    body: str
    person_id: UUID | None
    screen: str
    purpose: str
    thing: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Result of a walk over the whole journal: `broken_at` is the first row that does not fit, None when all do.

    `last_hash` (hex) can be written down elsewhere and compared later.
    """

    rows: int
    broken_at: int | None
    last_hash: str
