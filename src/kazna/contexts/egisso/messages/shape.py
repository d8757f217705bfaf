"""Between the words of the album and ours, by the mappings of `catalogue.py`; both ways from one table.

A path is names with slashes; "a[]/b" means "b of every a". A pair (path, mapping) is a block inside, a mapping in
a list is a repeated block. What is absent is left out, so that a record written back has the same content.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from kazna.contexts.egisso.messages.catalogue import BY_KEY, Mapping

Plain = dict[str, Any]
MALE = {"Male": "M", "Female": "F"}
SEXES_BY_NAME = {"M": "Male", "F": "Female"}


def to_ours(plain: Plain, mapping: Mapping) -> Plain:
    """A record in our words."""
    found: Plain = {}
    for name, path, steps, inner, of_each in _rules(mapping):
        if path:
            value = plain.get(path)
        else:
            value = plain
            for step in steps:
                value = value.get(step)
                if value is None:
                    break
        if value is None:
            continue
        if of_each:
            value = [_get(one, of_each) for one in value]
        elif inner is not None:
            value = [to_ours(one, inner[0]) for one in value] if isinstance(inner, list) else to_ours(value, inner)
        found[name] = MALE.get(value, value) if name == "sex" else value
    return found


Rule = tuple[str, str, tuple[str, ...], Any, str]
_compiled: dict[int, list[Rule]] = {}


def _rules(mapping: Mapping) -> list[Rule]:
    """The mapping ready to be walked: our name, the one step or all steps, the block inside, the path in each."""
    found = _compiled.get(id(mapping))
    if found is None:
        found = _compiled[id(mapping)] = [_rule(name, rule) for name, rule in mapping.items()]
        _kept.append(mapping)  # its id must stay its own
    return found


_kept: list[Mapping] = []


def _rule(name: str, rule: Any) -> Rule:
    path, inner = rule if isinstance(rule, tuple) else (rule, None)
    before, many, after = path.partition("[]/")
    steps = _steps(before if many else path)
    return name, steps[0] if len(steps) == 1 else "", steps, inner, after if many else ""


def to_theirs(ours: Plain, mapping: Mapping) -> Plain:
    """A record in the words of the album; names the mapping does not know are left out."""
    plain: Plain = {}
    for name, rule in mapping.items():
        if name not in ours or rule == "-":
            continue
        value = ours[name]
        path, inner = rule if isinstance(rule, tuple) else (rule, None)
        if isinstance(inner, list):
            value = [to_theirs(one, inner[0]) for one in value]
        elif inner is not None:
            value = to_theirs(value, inner)
        elif name == "sex" and path.endswith("Gender"):
            value = SEXES_BY_NAME.get(value, value)
        _put(plain, path, value)
    return plain


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _get(plain: Plain, path: str) -> Any:
    value: Any = plain
    for step in _steps(path):
        value = value.get(step)
        if value is None:
            return None
    return value


def _put(plain: Plain, path: str, value: Any) -> None:
    *before, last = _steps(path)
    for place, step in enumerate(before):
        if step.endswith("[]"):
            rest = "/".join(_steps(path)[place + 1 :])
            rows: list[Plain] = [{} for _ in value]
            for row, one in zip(rows, value, strict=True):
                _put(row, rest, one)
            plain[step[:-2]] = rows
            return
        plain = plain.setdefault(step, {})
    plain[last] = value


def reader_of(key: str, element: str) -> Callable[[Plain], Plain]:
    """How a record of this message is put into our words."""
    mapping = BY_KEY[key].kinds[element].mapping
    return lambda plain: to_ours(plain, mapping)
