"""Change the catalogue of fact kinds by data: one person proposes, another approves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import yaml
from django.db import transaction

from kazna.contexts.registers import kinds
from kazna.contexts.registers.contracts import KindChangeNotOpen, KindChangeView, KindsRefused
from kazna.contexts.registers.models import FactKind, KindChange

LARGEST = 1_000_000  # bytes
MOST_REMARKS = 20


class _WithoutAliases(yaml.SafeLoader):
    """A reference inside a file may stand for more text than memory holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def read_kinds(path: Path) -> dict[str, dict[str, Any]]:
    """Entries of a YAML file with a `kinds` section. Raises KindsRefused with every mistake found."""
    with path.open("rb") as file:
        return read_kinds_text(file.read(LARGEST + 1), path.name)


def read_kinds_text(content: bytes, name: str) -> dict[str, dict[str, Any]]:
    """The `kinds` section of a YAML file, checked. Raises KindsRefused with every mistake found."""
    if len(content) > LARGEST:
        raise KindsRefused(name=name, remarks=f"больше {LARGEST // 1000} КБ: это не каталог.")
    try:
        told = yaml.load(content.decode("utf-8-sig"), _WithoutAliases)
    except UnicodeDecodeError as error:
        raise KindsRefused(name=name, remarks=f"не UTF-8 (байт {error.start}).") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        place = getattr(error, "problem_mark", None)
        where = f"строка {place.line + 1}" if place else "начало файла"
        raise KindsRefused(name=name, remarks=f"{where}: это не YAML.") from None
    entries = told.get("kinds") if isinstance(told, Mapping) else None
    if not isinstance(entries, Mapping) or not entries:
        raise KindsRefused(name=name, remarks="нет раздела kinds: «kinds: {код: {title: …}}».")
    checked(entries, name)
    return {code: kinds.plain(one) for code, one in entries.items()}


def checked(entries: Mapping[str, Any], name: str) -> None:
    """Raises KindsRefused."""
    remarks = [one for code, told in entries.items() for one in kinds.remarks_on(code, told)]
    if remarks:
        more = f"; и ещё {len(remarks) - MOST_REMARKS}" if len(remarks) > MOST_REMARKS else ""
        raise KindsRefused(name=name, remarks="; ".join(remarks[:MOST_REMARKS]) + more + ".")


@transaction.atomic
def propose_kinds(entries: Mapping[str, Mapping[str, Any]], *, reason: str, by: str) -> list[KindChangeView]:
    """Ask for a change of the catalogue, one per kind that would differ; another person settles it.

    Raises KindsRefused with every mistake found.
    A newer proposal about a kind takes the place of the one that waits.
    """
    checked(entries, "предложение")
    different = kinds.differences(entries)
    known = {row.code: row for row in FactKind.objects.filter(code__in=list(different))}
    KindChange.objects.filter(code__in=list(different), settled_at=None).delete()
    rows = [
        KindChange(
            id=uuid4(),
            code=code,
            before={name: getattr(known[code], name) for name in kinds.FIELDS} if code in known else {},
            after=kinds.plain(entries[code]),
            reason=reason,
            proposed_by=by,
        )
        for code in different
    ]
    KindChange.objects.bulk_create(rows)
    return [kinds.change_view(row) for row in KindChange.objects.filter(id__in=[row.id for row in rows])]


@transaction.atomic
def settle_kind_change(*, change_id: UUID, approve: bool, by: str, now: datetime) -> KindChangeView:
    """Approve or reject a change; an approved kind is in force at once. Raises KindChangeNotOpen."""
    row = KindChange.objects.select_for_update().filter(id=change_id, settled_at=None).first()
    if row is None:
        raise KindChangeNotOpen(why="не найдено или уже разобрано")
    if row.proposed_by == by:
        raise KindChangeNotOpen(why="предложено вами, решает второй человек")
    if approve:
        known = FactKind.objects.filter(code=row.code).first()
        if row.before and known and row.before != {name: getattr(known, name) for name in kinds.FIELDS}:
            raise KindChangeNotOpen(why="каталог с тех пор изменился, предложите заново")
        FactKind.objects.update_or_create(code=row.code, defaults={**row.after, "origin": "change"})
    row.settled_by, row.settled_at, row.is_approved = by, now, approve
    row.save(update_fields=["settled_by", "settled_at", "is_approved"])
    return kinds.change_view(row)
