"""What a derivation gets and gives; the closed list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.measures.book import Book, NotKnown

__all__ = ["SAYS_NO", "Asked", "Derivation", "NotKnown", "derivation", "derivations", "sure_of_absence"]

SAYS_NO = {"full", "claimed"}  # a complete register, or a fact that counts only when claimed: no row means no


@dataclass(slots=True)
class Asked:
    """The question: one vocabulary fact of one person in one evaluation.

    `on` is the day the fact is wanted for; `case_date` the day of application (of evaluation when nobody
    applied); `roles` the people of the situation; `completeness` that of the fact's kind in the catalogue.
    """

    book: Book
    person_id: UUID
    roles: Mapping[str, UUID]
    spec: Mapping[str, Any]
    options: Mapping[str, Any]
    on: date
    case_date: date
    completeness: str
    tie: str = ""
    measure: str = ""
    dates: Mapping[str, date] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.spec["kind"]

    @property
    def applicant(self) -> UUID:
        """Who asks: where a measure is decided for the person, the person."""
        return self.roles.get("applicant") or self.roles["person"]

    @property
    def day(self) -> date:
        """The day named by the option `at`, else the day of the evaluation."""
        name = self.options.get("at")
        if name is None:
            return self.on
        if name not in self.dates:
            raise NotKnown
        return self.dates[name]

    def absent(self) -> Any:
        """The stated value for «no such row»; only where no row means no."""
        if "absent" in self.options and self.completeness in SAYS_NO:
            return self.options["absent"]
        raise NotKnown


Derivation = Callable[[Asked], Any]
derivations: dict[str, Derivation] = {}


def derivation(name: str) -> Callable[[Derivation], Derivation]:
    """Enter a function into the closed list under the name that vocabulary documents use."""

    def enter(derive: Derivation) -> Derivation:
        derivations[name] = derive
        return derive

    return enter


def sure_of_absence(asked: Asked) -> bool:
    """Does an empty register mean «no»? Yes for complete kinds, and where the holder has answered."""
    answer_kind = asked.options.get("answered_by")
    if answer_kind:
        return bool(asked.book.about(answer_kind, asked.person_id))
    return asked.completeness in SAYS_NO
