"""Plans that a session of the database keeps: a statement asked again is executed, not planned."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg import Error
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

from kazna.plumbing.session.literals import Literal, literal_of

MOST = 400  # a session; the one not asked longest goes
FEW_VALUES = 60  # a plan for any list is one for ten: so long a list may be with it
BY_KEY, FEW = 1, 2  # what is planned once: statements by a key, or all that are about few
MOST_VALUES = 600
LASTS_SECONDS = 600.0  # then all are made anew: a plan knows its tables as they were
KINDS = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b")
PLACES = re.compile(r"%(?:\((\w+)\))?([s%])")
NEVER = ""  # the name of a statement that cannot be prepared
_numbers = count(1)


class Plans:
    """Of one session. A statement with literals and its plan mean the same: types are those the literals have."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.ahead: list[bytes] = []  # commands of the transaction that go with the next statement
        self._names: OrderedDict[tuple[str, str], str | None] = OrderedDict()
        self.transformer = Transformer.from_context(session)
        self._since = time.monotonic()

    def executed(self, statement: str, values: Any, *, at_once: bool) -> bytes | None:
        """The text that executes its plan; None where there is none: a list is long, it is asked for the first time.

        `at_once`: it is planned when it is asked for the first time already.
        """
        form = _form(statement, values is not None)
        told = form.in_order(values)
        return self._executed(form, told, self._literals(told), at_once)

    def spelt(self, statement: str, values: Any, *, planned: bool) -> bytes:
        """The text to send: the execution of its plan or else the statement with its values."""
        form = _form(statement, values is not None)
        told = form.in_order(values)
        literals = self._literals(told)
        found = self._executed(form, told, literals, at_once=False) if planned else None
        if found is not None:
            return found
        return form.template if values is None else form.template % tuple([text for text, _ in literals])

    def _literals(self, values: Sequence[object]) -> list[Literal]:
        by_driver = self.transformer.as_literal
        return [literal_of(one, by_driver) for one in values]

    def _executed(self, form: Form, values: Sequence[object], literals: list[Literal], at_once: bool) -> bytes | None:
        if form.numbered is None or len(values) > MOST_VALUES or _is_long(values):
            return None
        types = [kind for _, kind in literals]
        if None in types:
            return None
        name = self._name(form.numbered, ", ".join(types), at_once)  # type: ignore[arg-type]
        if not name:
            return None
        if not literals:
            return b"EXECUTE " + name.encode()
        return b"EXECUTE %s(%s)" % (name.encode(), b", ".join([text for text, _ in literals]))

    def _name(self, statement: str, types: str, at_once: bool) -> str | None:
        if time.monotonic() - self._since > LASTS_SECONDS:
            self._forget()
        key, names = (statement, types), self._names
        is_known = key in names
        name = names.setdefault(key, None)
        if name is None and (is_known or at_once):
            name = names[key] = self._prepared(statement, types)
        names.move_to_end(key)
        if len(names) > MOST and (oldest := names.popitem(last=False)[1]):
            self._session.execute(f"DEALLOCATE {oldest}")
        return name

    def _prepared(self, statement: str, types: str) -> str | None:
        """A statement that cannot be prepared (`interval %s`) is one with literals for ever and breaks nothing."""
        status = self._session.pgconn.transaction_status
        if status == TransactionStatus.INERROR:
            return None
        name = f"kazna_plan_{next(_numbers)}"
        prepare = f"PREPARE {name}{f' ({types})' if types else ''} AS {statement}"
        is_inside = status == TransactionStatus.INTRANS or not self._session.autocommit
        if is_inside:
            self._session.execute("SAVEPOINT kazna_plan")
            prepare = f"{prepare}; RELEASE SAVEPOINT kazna_plan"
        try:
            self._session.execute(prepare.encode())
        except Error:
            if is_inside:
                self._session.execute("ROLLBACK TO SAVEPOINT kazna_plan; RELEASE SAVEPOINT kazna_plan")
            return NEVER
        return name

    def _forget(self) -> None:
        for name in filter(None, self._names.values()):
            self._session.execute(f"DEALLOCATE {name}")
        self._names.clear()
        self._since = time.monotonic()


def plans_of(session: Any) -> Plans:
    """Those of a session of the driver; they end with it."""
    found: Plans | None = session.__dict__.get("kazna_plans")
    if found is None:
        found = session.__dict__["kazna_plans"] = Plans(session)
    return found


@dataclass(frozen=True, slots=True)
class Form:
    """A statement with places for values: of literals, and (None: it is never prepared) of numbers of their own."""

    template: bytes
    numbered: str | None
    names: tuple[str | None, ...] = ()

    def in_order(self, values: Any) -> Sequence[object]:
        """As the places stand."""
        if not self.names:
            return ()
        return [values[name] for name in self.names] if any(self.names) else values


@lru_cache(maxsize=2 * MOST)
def _form(statement: str, has_values: bool) -> Form:
    is_prepared = ";" not in statement and KINDS.match(statement)
    if not has_values:
        return Form(statement.encode(), statement if is_prepared else None)
    names: list[str | None] = []

    def numbered(found: re.Match[str]) -> str:
        if found[2] == "%":
            return "%"
        names.append(found[1])
        return f"${len(names)}"

    text = PLACES.sub(numbered, statement)
    template = PLACES.sub(r"%\2", statement).encode()
    return Form(template, text if is_prepared else None, tuple(names))


def _is_long(values: Sequence[object]) -> bool:
    return any(type(one) in (list, tuple) and len(one) > FEW_VALUES for one in values)  # type: ignore[arg-type]
