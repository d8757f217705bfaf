"""New objects of a model into its table: a few by one statement, many by COPY."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault
from django.db.models.fields import NOT_PROVIDED

from kazna.plumbing.bulk import copy_rows, plain_json

M = TypeVar("M", bound=models.Model)
FEW = 100  # so many are written faster by INSERT
AS_THEY_ARE = {
    models.BigIntegerField,
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.EmailField,
    models.ForeignKey,
    models.IntegerField,
    models.OneToOneField,
    models.PositiveSmallIntegerField,
    models.SmallIntegerField,
    models.TextField,
    models.UUIDField,
}


def fresh(model: type[M], **values: Any) -> M:
    """A new object with these values and else the defaults, as `model(**values)` makes it, without asking each field.

    `values` by the names of columns' attributes (`case_id`, not `case`); a batch makes thousands.
    """
    given, called = _defaults(model)
    if not values.keys() <= given.keys() | called.keys():
        raise TypeError(f"{model.__name__} has no {sorted(values.keys() - given.keys() - called.keys())}")
    made = model.__new__(model)
    for name, default in called.items():
        if name not in values:
            values[name] = default()
    made.__dict__.update(given | values)
    made._state = ModelState()
    return made


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """What stands in a field that is not said, by attribute: the same for all, or made for each."""
    given, called = {}, {}
    for field in model._meta.local_concrete_fields:
        if callable(field.default):
            called[field.attname] = field.get_default
        else:
            given[field.attname] = field.get_default()
    return given, called


def insert_all(objects: Sequence[models.Model], *, unless: Sequence[str] = (), renewing: Sequence[str] = ()) -> None:
    """Write objects of one model; keys that the database gives are not read back.

    Without `unless` none of them is there yet. With it (names of unique fields) one that is there stays as it is, or
    takes the fields `renewing` from the new one; no two of the objects may then be the same.
    """
    if not objects:
        return
    model: type[models.Model] = type(objects[0])
    fields = _told(objects)
    if len(objects) <= FEW or fields is None:
        model._default_manager.bulk_create(
            objects,
            batch_size=500,
            ignore_conflicts=bool(unless and not renewing),
            update_conflicts=bool(renewing),
            unique_fields=unless if renewing else None,
            update_fields=renewing or None,
        )
        return
    values = [_value(field) for field in fields]
    rows = ([value(one) for value in values] for one in objects)
    clause = _on_conflict(model, unless, renewing)
    copy_rows(model._meta.db_table, [field.column for field in fields], rows, on_conflict=clause)
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


def _on_conflict(model: type[models.Model], unless: Sequence[str], renewing: Sequence[str]) -> str:
    """The clause for a row that is there; where nothing is renewed any unique key counts, as in the few."""
    if not renewing:
        return "ON CONFLICT DO NOTHING" if unless else ""
    keys, told = ([f'"{_column(model, name)}"' for name in names] for names in (unless, renewing))
    return f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {', '.join(f'{one} = EXCLUDED.{one}' for one in told)}"


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def _told(objects: Sequence[models.Model]) -> list[models.Field[Any, Any]] | None:
    """Fields that the objects say; None where some say what others leave to the database."""
    found = []
    for field in objects[0]._meta.local_concrete_fields:
        if not _may_be_left(field):
            found.append(field)
            continue
        left = {_is_left(one, field) for one in objects}
        if left == {False}:
            found.append(field)
        elif len(left) > 1:
            return None
    return found


def _may_be_left(field: models.Field[Any, Any]) -> bool:
    return field.generated or field.db_default is not NOT_PROVIDED or isinstance(field, models.AutoField)


def _is_left(one: models.Model, field: models.Field[Any, Any]) -> bool:
    value = getattr(one, field.attname)
    return (
        field.generated or isinstance(value, DatabaseDefault) or (value is None and isinstance(field, models.AutoField))
    )


def _value(field: models.Field[Any, Any]) -> Callable[[models.Model], Any]:
    """What a field of an object is in its row; what needs no preparing is taken as it is, by far the quickest."""
    inner = field.base_field if type(field) is ArrayField else field
    is_given = type(inner) is models.DateTimeField and not (inner.auto_now or inner.auto_now_add)
    if type(inner) in AS_THEY_ARE or is_given:
        return attrgetter(field.attname)
    if type(field) is models.JSONField and field.encoder is None:
        told = attrgetter(field.attname)
        return lambda one: None if (value := told(one)) is None else plain_json(value)
    return lambda one: field.get_db_prep_save(field.pre_save(one, add=True), connection)
