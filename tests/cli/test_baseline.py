"""`kazna ingest baseline.zip`: the former register becomes facts and awards, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.standins.village import HUSBAND_OF_WIDOW, MOTHER, SECOND_CHILD, build_village

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain
from kazna.standins.baseline import write_baseline
from kazna.standins.life import Life

pytestmark = pytest.mark.usefixtures("platform")
DISABLED_UNTIL = date(2027, 5, 1)


@pytest.fixture
def village() -> Life:
    region = build_village()
    region.people.disability_until[HUSBAND_OF_WIDOW] = np.datetime64(DISABLED_UNTIL)
    return Life(region)


@pytest.fixture
def baseline(village: Life, tmp_path: Path) -> Path:
    path = tmp_path / "baseline.zip"
    write_baseline(village, path)
    return path


def awards_of(village: Life, person: int) -> dict[str, cases.AwardView]:
    card = registers.person_by_snils(village.people.snils[person])
    return {award.measure: award for award in cases.awards_of(person_id=card.person_id)}


def test_awards_come_in_with_people(run, village, baseline):
    result = run("ingest", baseline, "--json")

    assert (result.code, result.json[0]["status"]) == (0, "accepted")
    certificate = awards_of(village, MOTHER)["ru-maternity-capital"]
    assert certificate.form == "certificate"
    assert certificate.subject_id == registers.person_by_snils(village.people.snils[SECOND_CHILD]).person_id


def test_the_last_day_of_an_award_is_the_day_before_the_column(run, village, baseline):
    run("ingest", baseline)

    award = awards_of(village, HUSBAND_OF_WIDOW)["ru-disability-monthly"]
    (fact,) = registers.facts_of([award.recipient_id], kinds=["measure.assigned"])
    assert award.last_day == date(2027, 4, 30)
    assert fact.valid_to == DISABLED_UNTIL


def test_a_second_load_changes_nothing(run, baseline):
    run("ingest", baseline)
    before = registers.counts(), cases.counts()

    result = run("ingest", baseline, "--json")

    assert (result.code, result.json[0]["status"]) == (0, "duplicate")
    assert (registers.counts(), cases.counts()) == before


def test_sums_agree_after_the_load(run, baseline):
    run("ingest", baseline)
    drain()

    assert run("payments", "verify").code == 0
