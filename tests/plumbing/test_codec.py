"""An event is spelt as its plain copy would be, and read back as it was."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest

from kazna.events.cases import AwardCorrected, AwardGranted, MonthDifference
from kazna.events.cause import Cause
from kazna.events.measures import RightFound
from kazna.plumbing.codec import from_plain, spelt, to_plain

ON, ONE, OTHER = date(2025, 12, 15), UUID(int=1), UUID(int=2)


class Form(StrEnum):
    CASH = 'ca"sh'


CAUSES = [
    Cause(None, datetime(2025, 12, 15, 9, tzinfo=UTC)),
    Cause(ONE, datetime(2025, 12, 15, 9, 0, 0, 7, tzinfo=UTC)),
]
MONTHS = (MonthDifference(ON, 100, 200), MonthDifference(ON, 0, 2**40))


def events(cause):
    yield RightFound(ONE, 'm "\\\n\x01 ё', ONE, OTHER, "granted", "calendar", ON, cause)
    yield AwardGranted(ONE, None, "m", "b", ONE, OTHER, 5, Form.CASH, "once", ON, None, ON, cause)
    yield AwardCorrected(ONE, OTHER, "m", "b", ONE, ONE, "cash", MONTHS, "fact", "", ON, cause)


@pytest.mark.parametrize("cause", CAUSES, ids=["calendar", "document"])
def test_an_event_survives_the_trip(cause):
    for event in events(cause):
        text = spelt(event)
        assert text == json.dumps(to_plain(event), ensure_ascii=False)
        assert from_plain(type(event), json.loads(text)) == event


def test_what_is_read_once_for_many_is_told_apart():
    first, second = (from_plain(Cause, json.loads(spelt(cause))) for cause in CAUSES)
    assert (first, second) == tuple(CAUSES)
