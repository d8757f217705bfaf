"""New objects of a model into its table: a few by one statement, many by COPY."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

from kazna.plumbing.bulk import copy_rows

FEW = 100  # so many are written faster by INSERT


def insert_all(objects: Sequence[models.Model]) -> None:
    """Write objects of one model that are not there yet; keys that the database gives are not read back."""
    if not objects:
        return
    model: type[models.Model] = type(objects[0])
    fields = _told(objects)
    if len(objects) <= FEW or fields is None:
        model._default_manager.bulk_create(objects, batch_size=500)
        return
    rows = ([field.get_db_prep_save(field.pre_save(one, add=True), connection) for field in fields] for one in objects)
    copy_rows(model._meta.db_table, [field.column for field in fields], rows)
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


def _told(objects: Sequence[models.Model]) -> list[models.Field[Any, Any]] | None:
    """Fields that the objects say; None where some say what others leave to the database."""
    found = []
    for field in objects[0]._meta.local_concrete_fields:
        left = {_is_left(one, field) for one in objects}
        if left == {False}:
            found.append(field)
        elif len(left) > 1:
            return None
    return found


def _is_left(one: models.Model, field: models.Field[Any, Any]) -> bool:
    value = getattr(one, field.attname)
    return (
        field.generated or isinstance(value, DatabaseDefault) or (value is None and isinstance(field, models.AutoField))
    )
