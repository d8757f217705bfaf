"""Soundness on random expressions and families: a decided answer holds however the unknown turns out."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.rules.conftest import FACTS, MEASURE, PARAMETERS
from tests.rules.expressions import look, mistakes_of

from kazna.rules import Library, Situation, load_library
from kazna.rules.evaluate.spans import Span, is_unknown

SMALL_FACTS = FACTS.replace("range: [1, 12]", "range: [1, 3]").replace("range: [0, 5]", "range: [0, 2]")
DOMAINS = {
    "applicant.citizen": [True, False],
    "applicant.resident": [True, False],
    "applicant.group": ["I", "II", "none"],
    "applicant.share": [1, 2, 3],
}
MEMBER = {"student": [True, False], "grants": [0, 1, 2]}
ON = date(2025, 6, 10)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(pattern: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The pattern with each {} said by its part."""
    return st.tuples(*parts).map(lambda words: pattern.format(*words))


numbers = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["applicant.share", "0", "2", "3", "count(member)", "sum(member.grants)"]),
        st.just("lookup(applicant.group, share_by_group)"),
        said("count(member where {})", member_truths),
        said("sum(member.grants where {})", member_truths),
        said("max(member.grants where {} empty 1)", member_truths),
        said("min(member.grants where {} empty 4)", member_truths),
        said("({} {} {})", numbers, st.sampled_from(["+", "-", "*"]), numbers),
        said("({} / applicant.share)", numbers),
        said("{}({}, {})", st.sampled_from(["min", "max"]), numbers, numbers),
        said("(if {} then {} else {})", truths, numbers, numbers),
        said("count_true({}, {})", truths, truths),
        said("floor({})", numbers),
    )
)  # fmt: skip
member_truths = st.sampled_from(
    [
        "member.student",
        "not member.student",
        "member.grants > 1",
        "member.grants = 2 and member.student",
        "applicant.citizen or member.student",
    ]
)  # fmt: skip
truths = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["applicant.citizen", "applicant.resident", "applicant.group = 'I'"]),
        st.just("applicant.group in {'I', 'II'}"),
        said("({} {} {})", truths, st.sampled_from(["and", "or"]), truths),
        said("(not {})", truths),
        said("({} {} {})", numbers, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), numbers),
        said("{}(member where {})", st.sampled_from(["any", "all", "none"]), member_truths),
        said("(if {} then {} else {})", truths, truths, truths),
    )
)  # fmt: skip


def maybe(values: list) -> st.SearchStrategy:
    return st.sampled_from([None, *values])


facts = st.fixed_dictionaries({name: maybe(values) for name, values in DOMAINS.items()})
families = st.lists(
    st.fixed_dictionaries({name: maybe(values) for name, values in MEMBER.items()}), min_size=1, max_size=2
)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("law")
    for name, text in (("facts", SMALL_FACTS), ("parameters", PARAMETERS)):
        (folder / name).mkdir()
        (folder / name / "all.yaml").write_text(text, encoding="utf-8")
    return load_library(folder)


def readable(law: Library, text: str) -> bool:
    """Random nesting may grow past 64 bits or too deep; the language rightly refuses that."""
    return mistakes_of(law, text) == []


def completions(known: dict, family: list[dict]):
    """Every way of filling in the unknown facts."""
    places = [(None, name) for name, value in known.items() if value is None]
    places += [(index, name) for index, row in enumerate(family) for name, value in row.items() if value is None]
    for values in product(*(DOMAINS[name] if index is None else MEMBER[name] for index, name in places)):
        filled, people = dict(known), [dict(row) for row in family]
        for (index, name), value in zip(places, values, strict=True):
            (filled if index is None else people[index])[name] = value
        yield filled, people


def names(index: int | None, name: str) -> str:
    return name if index is None else f"member[{index}].{name}"


@QUIET
@given(text=st.one_of(truths, numbers), known=facts, family=families)
def test_a_decided_value_agrees_with_every_completion(law, text, known, family):
    assume(readable(law, text))
    value, _ = look(law, text, known, member=family)

    for filled, people in completions(known, family):
        full, _ = look(law, text, filled, member=people)
        assert not is_unknown(full)
        if type(value) is Span:
            assert value.lo <= full <= value.hi
        elif value is not None:
            assert full == value


@QUIET
@given(text=truths, known=facts, family=families)
def test_the_missing_facts_are_enough(law, text, known, family):
    assume(readable(law, text))
    value, missing = look(law, text, known, member=family)
    if value is not None:
        return

    for filled, people in completions(known, family):
        told = {name: filled[name] if name in missing else value for name, value in known.items()}
        rows = [
            {name: people[index][name] if names(index, name) in missing else value for name, value in row.items()}
            for index, row in enumerate(family)
        ]
        assert look(law, text, told, member=rows)[0] is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=truths, second=truths, known=facts, family=families)
def test_a_determination_is_exact_when_few_facts_are_missing(law, tmp_path_factory, first, second, known, family):
    """The state agrees with all completions, and each missing fact changes the answer in one of them."""
    assume(readable(law, first) and readable(law, second))
    ways = list(completions(known, family))
    assume(len(ways) <= 64)
    edition, parameters = measure_with(tmp_path_factory.mktemp("law"), first, second)

    def state(filled: dict, people: list[dict]):
        return edition.determine(Situation(filled, {"member": people}), on=ON, parameters=parameters)

    outcome = state(known, family)
    results = {}
    for filled, people in ways:
        flat = {**filled, **{names(i, n): v for i, row in enumerate(people) for n, v in row.items()}}
        results[tuple(sorted((name, str(value)) for name, value in flat.items()))] = state(filled, people).state
    if outcome.state != "unknown":
        assert set(results.values()) == {outcome.state}
        return
    assert len(set(results.values())) == 2
    for name in outcome.missing:
        lines: dict[tuple, set[str]] = {}
        for assignment, found in results.items():
            lines.setdefault(tuple(pair for pair in assignment if pair[0] != name), set()).add(found)
        assert any(len(line) > 1 for line in lines.values()), name


def measure_with(folder: Path, first: str, second: str):
    """The example measure with two conditions of ours and no dates of facts."""
    head, _, rest = MEASURE.partition("steps:")
    tail = rest.partition("amount:")[2].partition("term:")
    measure = (
        head.replace("governing_date: application.date", "governing_date: today")
        + f"conditions:\n  - {{id: first, title: Первое, when: \"{first}\", law: fz1}}\n"
        + f"  - {{id: second, title: Второе, when: \"{second}\", law: fz1}}\n"
        + "amount:" + tail[0]
        + "passport: {mode: application, decision_days: 10}\n"
    )  # fmt: skip
    for place, text in (("facts", SMALL_FACTS), ("parameters", PARAMETERS), ("measures/ru-example", measure)):
        (folder / place).mkdir(parents=True)
        name = "2024-01-01.yaml" if "measures" in place else "all.yaml"
        (folder / place / name).write_text(text, encoding="utf-8")
    library = load_library(folder)
    return library.edition("ru-example", ON), library.parameters
