"""Thousands of ids told to the server as one array instead of thousands of parameters.

`id__any_of=[…]`: one of them; `people__meets=[…]`: an array of ids that has one of them.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Lookup, UUIDField


class AnyOf(Lookup):  # type: ignore[type-arg]
    """Like `in`, for ids that are at hand; the order of what is found does not follow theirs."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, told = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*told, list(self.rhs)]


class Meets(Lookup):  # type: ignore[type-arg]
    """Like `overlap`, for ids that are at hand."""

    lookup_name = "meets"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, told = self.process_lhs(compiler, connection)
        return f"{column} && %s::uuid[]", [*told, list(self.rhs)]


def register() -> None:
    """Called when the app is ready."""
    UUIDField.register_lookup(AnyOf)
    ArrayField.register_lookup(Meets)
