"""What one officer wants and another confirms: the columns, the rule of the database and the one way to settle it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kazna.kernel.errors import DomainError


class Proposed(models.Model):
    """An act with its terms that waits for the second person, was confirmed by one or given back with a remark."""

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        RETURNED = "returned"

    nothing_waits: ClassVar[str]

    body = models.CharField(max_length=40)
    terms = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.CharField(max_length=150)
    proposed_on = models.DateField()
    settled_by = models.CharField(max_length=150, default="")
    settled_on = models.DateField(null=True)
    remark = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    @classmethod
    def to_settle(cls, refuse: Callable[..., DomainError], *, agrees: bool, remark: str, by: str, **of: object) -> Self:
        """The open proposal, if `by` may settle it so. Raises what `refuse(reason=…)` makes."""
        found = cls._default_manager.filter(state=cls.State.OPEN, **of).first()
        if found is None:
            raise refuse(reason=cls.nothing_waits)
        if by == found.proposed_by:
            raise refuse(reason="подтвердить должен другой сотрудник")
        if not agrees and not remark.strip():
            raise refuse(reason="напишите, почему не согласны")
        return found

    def settle(self, *, agrees: bool, remark: str, by: str, on: date) -> None:
        """Write who settled it and how; what was wanted is done by the caller."""
        self.state = self.State.CONFIRMED if agrees else self.State.RETURNED
        self.settled_by, self.settled_on, self.remark = by, on, remark.strip()
        self.save()


def by_two(name: str) -> models.CheckConstraint:
    """The database's own refusal of one person doing both."""
    settled = ~Q(state="open") & ~Q(settled_by="") & ~Q(settled_by=F("proposed_by"))
    return models.CheckConstraint(condition=Q(state="open", settled_by="") | settled, name=name)
