"""Commands run as a person at a terminal runs them, on the suite's own database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from tests.factories.people import enter_child, enter_person
from tests.kept_rows import entered_once

from kazna.cli.main import kazna
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain

TODAY = date(2026, 2, 16)


@dataclass(frozen=True)
class Run:
    """What a command left behind: its exit code, what it printed, what it complained of."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run() -> Callable[..., Run]:
    def run(*arguments: object) -> Run:
        result = CliRunner().invoke(kazna, [str(one) for one in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Run(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def platform(db: None) -> None:
    """The operating day is set, fact kinds and the law are loaded."""
    entered_once("platform", set_up)


@pytest.fixture
def born(db: None) -> None:
    """A child was born to a mother with СНИЛС 112-233-445 95, and all that follows has been decided."""
    entered_once("born", bear)


def set_up() -> None:
    clock.set_day(TODAY)
    registers.load_kinds()
    measures.store_release()


def bear() -> None:
    set_up()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=TODAY, job=True)
    enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=TODAY)
    drain()
