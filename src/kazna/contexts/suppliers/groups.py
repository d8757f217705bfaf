"""Working groups of regions (source document 003, 2.5): members, plans, meetings, proposals, decisions, execution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from kazna.contexts.suppliers.models import GroupItem, GroupMember
from kazna.kernel.errors import DomainError

ROLES = ("head", "deputy", "secretary", "member")
ONE_ONLY = ("head", "secretary")
KINDS = ("plan", "meeting", "proposal", "decision")


class PlaceTaken(DomainError):
    sentence = "Такая роль в группе уже занята: сначала завершите полномочия прежнего участника."


class DecisionIncomplete(DomainError):
    sentence = "У решения должны быть ответственный и срок."


class MeetingUnknown(DomainError):
    sentence = "Такого заседания в этой группе нет: выберите его из списка."


@dataclass(frozen=True, slots=True)
class Group:
    """The working group of a region on a day; `overdue`: decisions whose term has passed."""

    region: str
    members: list[GroupMember]
    items: list[GroupItem]
    overdue: int


def group_of(region: str, *, on: date) -> Group:
    members = list(GroupMember.objects.filter(region=region, until__isnull=True))
    members.sort(key=lambda one: (ROLES.index(one.role), one.name))
    items = list(GroupItem.objects.filter(region=region).select_related("meeting").order_by("-day", "-id")[:200])
    overdue = sum(one.state == "open" and one.due_on is not None and one.due_on < on for one in items)
    return Group(region, members, items, overdue)


def add_group_member(*, region: str, name: str, post: str, role: str) -> None:
    """Raises PlaceTaken: there is one head and one secretary, up to two deputies."""
    held = GroupMember.objects.filter(region=region, role=role, until__isnull=True).count()
    if (role in ONE_ONLY and held) or (role == "deputy" and held >= 2):
        raise PlaceTaken()
    GroupMember.objects.create(region=region, name=name, post=post, role=role)


def end_group_member(member_id: int, *, region: str, on: date) -> None:
    """The person leaves the group after the day; a new one may take the place."""
    GroupMember.objects.filter(pk=member_id, region=region, until=None).update(until=on)


@dataclass(frozen=True, slots=True)
class Execution:
    """Decisions of the group of a region: done, open, and open past their term."""

    region: str
    done: int
    open: int
    overdue: int


def execution(*, on: date) -> list[Execution]:
    """By region, those the viewer sees. One query."""
    rows = GroupItem.objects.filter(kind="decision").values_list("region").order_by("region")
    counted = rows.annotate(
        done=Count("id", filter=Q(state="done")), left=Count("id", filter=Q(state="open")),
        overdue=Count("id", filter=Q(state="open", due_on__lt=on)),
    )  # fmt: skip
    return [Execution(*row) for row in counted]


def add_group_item(
    *, region: str, kind: str, title: str, day: date, answerable: str = "", due_on: date | None = None,
    meeting: int | None = None,
) -> None:  # fmt: skip
    """`meeting`: of this group, where it was proposed or decided.

    Raises DecisionIncomplete (a decision names who answers for it and by when), MeetingUnknown.
    """
    if kind == "decision" and not (answerable and due_on):
        raise DecisionIncomplete()
    if meeting is not None and not GroupItem.objects.filter(pk=meeting, region=region, kind="meeting").exists():
        raise MeetingUnknown()
    GroupItem.objects.create(
        region=region, kind=kind, title=title, day=day, answerable=answerable, due_on=due_on, meeting_id=meeting
    )


def close_group_item(item_id: int, *, result: str) -> None:
    """Done, with its result; what is closed already stays."""
    GroupItem.objects.filter(pk=item_id, state="open").update(state="done", result=result)
