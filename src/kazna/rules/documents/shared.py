"""What every measure of a release may use beside the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kazna.rules.documents.definitions import Definition
from kazna.rules.documents.tables import Table
from kazna.rules.evaluate.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Shared:
    """Tables, definitions and the calendar of working days."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
