"""Applicants are tried in the measure's order, some of them by columns and some one by one: one answer a question."""

from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np
import pyarrow as pa

from kazna.contexts.measures.columns.everybody import GRANTED, REFUSED, Found, gathered, scalar_only
from kazna.contexts.measures.columns.store import store_of
from kazna.contexts.registers.contracts import Fact
from kazna.kernel.places import LAW
from kazna.rules import load_library

ON, DEDUCTION = date(2026, 3, 1), "ru-child-tax-deduction"
CHILDREN = ("mother alone is read one by one", "mother is granted", "mother is refused", "father is granted")


def seats(parent):
    ids = [f"{parent} of: {child}" for child in CHILDREN]
    return pa.table({"subject": range(4), "recipient": [10] * 4, "subject_id": list(CHILDREN), "recipient_id": ids})


def found(states, strange):
    numbers = [np.full(4, ON.toordinal()) for _ in range(4)]
    return Found(np.array(states, dtype=np.int8), *numbers, np.array(strange))


def test_once_an_applicant_is_asked_alone_so_are_those_tried_after():
    edition = load_library(LAW).edition(DEDUCTION, ON)
    answers = {
        (DEDUCTION, "mother"): found([REFUSED, GRANTED, REFUSED, REFUSED], [True, False, False, False]),
        (DEDUCTION, "father"): found([GRANTED, GRANTED, GRANTED, GRANTED], [False, True, True, False]),
    }
    apart = np.array([], dtype=np.int64)
    both = {parent: seats(parent) for parent in ("mother", "father")}

    told = gathered(store_of([]), edition, ("mother", "father"), answers, both, apart)

    assert {row["subject_id"]: row["recipient_id"] for row in told.rights.to_pylist()} == {
        "mother is granted": "mother of: mother is granted",
        "father is granted": "father of: father is granted",
    }
    alone = CHILDREN[0]
    assert dict(told.one_by_one) == {
        alone: (f"mother of: {alone}", f"father of: {alone}"),
        "mother is refused": ("father of: mother is refused",),
    }
    assert (told.asked, told.refused) == (4, 0)


def applied(seq, who, about, measure="ru-child-benefit"):
    day, told = date(2025, 8, 18), {"measure": measure}
    return Fact(
        UUID(int=100 + seq), seq, "application", who, about, f"a{seq}", day, None, told, "epgu", None, day,
        datetime(2025, 8, 18, tzinfo=UTC),
    )  # fmt: skip


def test_who_applied_for_a_child_or_for_nobody_by_name_is_asked_alone():
    child, other, mother, father = (UUID(int=number) for number in range(1, 5))
    measures = ("ru-child-benefit", "ru-birth-grant")
    about = [applied(1, mother, None), applied(2, father, other), applied(3, father, child, measures[1])]
    database = store_of(about)
    number = dict(database.execute("SELECT id, n FROM person").fetchall())
    asked = [(child, mother), (other, father), (child, father), (other, mother)]
    seat = pa.table({
        "subject": [number[str(one)] for one, _ in asked], "recipient": [number[str(who)] for _, who in asked],
    })  # fmt: skip

    none = np.zeros(4, dtype=bool)
    alone = {measure: scalar_only(database, measure, seat, none, none[:0]).tolist() for measure in measures}

    assert alone == {measures[0]: [True, True, False, True], measures[1]: [True, False, True, False]}
