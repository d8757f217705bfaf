"""Applicants are tried in the measure's order, some of them by columns and some one by one: one answer a question."""

from datetime import date

import numpy as np
import pyarrow as pa

from kazna.contexts.measures.columns.everybody import GRANTED, REFUSED, Found, gathered
from kazna.contexts.measures.columns.store import store_of
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
