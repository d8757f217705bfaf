"""Acts of outside registers: what identifies one, and which edition of it a message carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ActKey:
    """An act is known by its register, office, number and day of record; corrections keep all four.

    `register` is birth, death, name_change, marriage, divorce or disability.
    """

    register: str
    office: str
    number: str
    registered_on: date

    def __str__(self) -> str:
        """«birth/R7700001/1234/2025-03-14»: the form used as identity of facts."""
        return f"{self.register}/{self.office}/{self.number}/{self.registered_on}"


@dataclass(frozen=True, slots=True)
class ActEdition:
    """One edition of an act. Of two editions of one act the greater `version` holds.

    `version` is comparable only inside one act. `is_annulled`: the act has been struck out and not restored.
    `is_corrected`: the record carries at least one correction.
    """

    key: ActKey
    version: int
    dated_on: date
    is_annulled: bool = False
    is_corrected: bool = False
