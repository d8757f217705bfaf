"""A town of three people, and how everybody of it is determined."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest
from tests.factories.people import enter_child, enter_person

from kazna.contexts.determination import engines
from kazna.contexts.determination.actions.determine_everyone import determine_everyone
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock

ON, NOW = date(2026, 2, 16), datetime(2026, 2, 16, 12, tzinfo=UTC)
FEW = ["ru-birth-grant", "ru-maternity-capital", "ru-old-age-pension"]


@pytest.fixture
def town():
    clock.set_day(ON)
    registers.load_kinds()
    measures.store_release()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON, job=True)
    child = enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=ON)
    enter_person(334455667, "Орлов", "Пётр", "Ильич", date(1958, 3, 3), "M", on=ON)
    return mother, child


@pytest.fixture
def determine(tmp_path):
    """Everybody by a few measures, in this process; named arguments are those of the action."""
    run = partial(engines.here, processes=1)
    told = {"wanted": FEW, "on": ON, "now": NOW, "run": run, "engine": "duckdb", "folder": tmp_path}

    def determined(**asked):
        return determine_everyone(**told | {"progress": lambda *_: None} | asked)

    return determined
