"""What becomes of an own decision is told with its ground; each word of the album is used for what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree
from tests.factories.egisso import CATEGORY, MEASURE, ON, fact, facts_package, ident, known

from kazna.contexts.cases.contracts import AssignmentChange, ChangeCause
from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.control.known import KnownMeasure
from kazna.contexts.egisso.facts.changed import record_own
from kazna.contexts.egisso.facts.export import export_facts
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.models import Assignment, Change
from kazna.contexts.egisso.state import RecordedInTables
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers

GONE = KnownMeasure("2026-01-01", "2026-02-28", "01", {CATEGORY: frozenset()})
LATE, IN_TIME = date(2026, 3, 1), date(2026, 2, 10)  # days of the decision about an end on 28 February
TOLD = [
    (ChangeCause.RECOUNTED, IN_TIME, "terminationBasedOnRecalculation"),
    (ChangeCause.GAVE_WAY, IN_TIME, "terminationBasedOnIneligibility"),
    (ChangeCause.RIGHT_ENDED, IN_TIME, "terminationBasedOnEndOfRight"),
    (ChangeCause.SUSPENDED, IN_TIME, "terminationBasedOnEndOfRight"),
    (ChangeCause.WAIVED, IN_TIME, "terminationBasedOnRecipientRefusal"),
    (ChangeCause.DIED, IN_TIME, "terminationBasedOnEndOfRight"),
    (ChangeCause.DIED, LATE, "alterationBasedOnDeathOrMovingRecalculation"),
    (ChangeCause.MOVED, LATE, "alterationBasedOnDeathOrMovingRecalculation"),
    (ChangeCause.MISTAKE, IN_TIME, "errorsInvalidation"),
]


@pytest.fixture
def recorded(db):
    """As many facts as there are causes."""
    registers.load_kinds()
    measures.store_release()
    state = known(recorded=RecordedInTables(ON, whenever=True))
    payload = facts_package(*(fact(n) for n in range(20)))
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert egisso.take_package(payload, known=state, provider="", on=ON, received_at=now).accepted == 20


def end(n: int, cause: ChangeCause, on: date) -> AssignmentChange:
    return AssignmentChange(UUID(ident(n)), UUID(ident(f"decision {n}")), on, cause, True, date(2026, 2, 28), None)


def summed(n: int, cause: ChangeCause) -> AssignmentChange:
    return AssignmentChange(UUID(ident(n)), UUID(ident(f"decision {n}")), LATE, cause, False, None, 70050)


def exported(folder: Path) -> dict[str, str]:
    """Element of each change by the fact it changes; every file is valid."""
    found = {}
    for path in export_facts(folder, []):
        root = etree.parse(path).getroot()
        schema("10.06.S-1.1.0.xsd").assertValid(root)
        for target in root.iter("{*}assignmentFactUuid"):
            found[target.text] = etree.QName(target.getparent()).localname
    return found


def test_every_end_is_told_by_its_ground(recorded, tmp_path):
    changes = [end(n, cause, on) for n, (cause, on, _) in enumerate(TOLD)]

    record_own(changes, {}, ON)
    record_own(changes, {}, ON)

    assert exported(tmp_path) == {ident(n): element for n, (_, _, element) in enumerate(TOLD)}
    assert Change.objects.count() == len(TOLD)
    states = dict(Assignment.objects.values_list("id", "state"))
    assert [states[UUID(ident(n))] for n in (0, 6, 8)] == ["ended", "active", "invalidated"]
    assert Assignment.objects.get(pk=ident(6)).last_day == date(2026, 2, 28)


def test_an_exported_end_of_ones_own_passes_ones_own_check(recorded, tmp_path):
    Assignment.objects.update(is_own=True)
    record_own([end(0, ChangeCause.RIGHT_ENDED, IN_TIME)], {}, ON)
    state = known(recorded=RecordedInTables(ON))

    for path in export_facts(tmp_path, []):
        assert all(one["accepted"] for one in egisso.check_upload(path.name, path, known=state, provider=""))


def test_the_end_of_a_measure_is_not_the_end_of_a_right(recorded, tmp_path):
    record_own([end(0, ChangeCause.RIGHT_ENDED, IN_TIME)], {MEASURE: GONE}, ON)

    assert exported(tmp_path) == {ident(0): "terminationBasedOnEndOfValidityPeriod"}


def test_a_sum_of_the_past_is_recounted_or_was_an_error(recorded, tmp_path):
    record_own([summed(0, ChangeCause.RECOUNTED), summed(1, ChangeCause.MISTAKE)], {}, ON)

    assert exported(tmp_path) == {
        ident(0): "alterationBasedOnRecalculation", ident(1): "alterationBasedOnPreviousErrors",
    }  # fmt: skip
    assert set(Assignment.objects.filter(pk__in=[ident(0), ident(1)]).values_list("amount_kopecks", flat=True)) == {
        70050
    }


def test_a_fact_that_was_never_sent_is_not_changed(db):
    record_own([end(0, ChangeCause.DIED, LATE)], {}, ON)

    assert not Change.objects.exists()
