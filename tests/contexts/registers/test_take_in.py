"""What agencies send becomes facts, and what could not have been is put aside with a reason."""

from datetime import UTC, date, datetime

import pytest

from kazna.contexts.registers import public as registers
from kazna.kernel.places import FORMATS

pytestmark = pytest.mark.django_db
ON = date(2026, 2, 10)
NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
SAMPLE = (FORMATS / "samples" / "birth-rogd-4.0.5.sample.xml").read_bytes()


def take(payload, agency="zags", on=ON):
    return registers.take_in(
        payload=payload, agency=agency, file_name="file", content_type="", on=on, received_at=NOW
    )


def test_the_official_birth_sample_goes_in_and_can_be_seen():
    (receipt,) = take(SAMPLE)

    assert receipt.status == "accepted", receipt.remarks
    child = registers.person_by_snils("08336732477")
    assert child.full_name == "Иванов Петр Антонович"
    assert {fact.kind for fact in registers.facts_of([child.person_id])} >= {"person.birth", "family.parent"}
