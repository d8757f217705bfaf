"""The one base of every foreseen refusal."""

from typing import Any


class DomainError(Exception):
    """A refusal the domain foresees: facts as fields, one human sentence in Russian.

    Subclasses set `sentence`; `{field}` in it is filled from the facts given.
    Anything that is not a DomainError is a bug and is left to crash.
    """

    sentence = "Действие невозможно."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None
