"""What crosses the door of employers; no Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kazna.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class EmployerRecord:
    """One record of an extract. `branches`: {"kpp", "name", "address"}; the first of `okveds` is the main one."""

    ogrn: str
    inn: str
    kpp: str
    is_entrepreneur: bool
    name: str
    short_name: str
    region: str
    address: str
    okveds: tuple[str, ...]
    branches: tuple[dict[str, str], ...]
    registered_on: date
    removed_on: date | None
    removed_why: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer as an extract told. `as_of`: the day of the extract."""

    record: EmployerRecord

    def is_registered_on(self, day: date) -> bool:
        return self.record.registered_on <= day and (self.record.removed_on is None or day < self.record.removed_on)


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One line of a list."""

    ogrn: str
    inn: str
    name: str
    sort_key: str
    region: str
    okved: str
    registered_on: date
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A record left out: its number in the file, what is wrong and what to do."""

    number: int
    ogrn: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """`new`: employers met for the first time; `changed`: a newer edition; `older`: the past filled in;
    `same`: told before."""

    records: int
    new: int
    changed: int
    older: int
    same: int
    wrong: tuple[Wrong, ...]

    def plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("records", "new", "changed", "older", "same")}


class EmployersRefused(DomainError):
    sentence = "Файл «{name}» не принят: {why}. Исправьте файл и загрузите снова; принятое до этого места сохранено."


class EmployerUnknown(DomainError):
    sentence = "Работодателя с номером {number} в реестре нет. Проверьте ОГРН или ИНН."
