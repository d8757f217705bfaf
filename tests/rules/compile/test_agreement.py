"""Random rules and families: generated Python and the planes answer as the interpreter, unknowns included."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.rules.compile import law

from kazna.rules import Library, Situation, load_library
from kazna.rules.compile.agreement import BACKENDS, asked, compare
from kazna.rules.compile.situations import frame_of

QUIET = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
ROWS = st.lists(st.tuples(law.FACT_VALUES, law.FAMILY), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return law.shared(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("law")


@QUIET
@given(
    first=law.truths,
    second=law.truths,
    step=law.whole,
    amount=law.rounded,
    day=law.days,
    governing=st.sampled_from(["application.date", "today", "applicant.since"]),
    rows=ROWS,
)
def test_back_ends_agree_with_the_interpreter(names, folder, first, second, step, amount, day, governing, rows):
    assume("size" not in step)
    parts = {"first": first, "second": second, "step": step, "amount": amount, "day": day, "governing": governing}
    steps = {"size": law.typed_type(names, step)}
    assume(steps["size"] is not None and law.readable(names, f"({step}) < 4"))
    assume(all(law.readable(names, text, steps) for text in (first, second, amount, day)))
    library = load_library(law.write(folder, **parts))
    edition = library.edition("ru-example", law.ON)
    frame = frame_of([Situation(facts, {"member": people}) for facts, people in rows], edition.facts, edition.relations)

    found = compare(asked(edition, frame, law.ON, library.parameters), BACKENDS)

    assert found.differences == [], (parts, str(found.differences[0]))
