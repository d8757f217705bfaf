"""Grown-up wards: the body of guardianship tells who acts for whom, till when, and what is forbidden."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contexts.registers.exchange import accepted, answer, refused
from tests.contexts.registers.family import FATHER, MOTHER, ON, UNCLE, card
from tests.factories.people import cause, fact

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.contexts.registers.wards import _tie
from kazna.standins.documents.own_states import StateRecord, write_guardianship_message

pytestmark = pytest.mark.usefixtures("family")
SINCE = date(2026, 1, 5)


def told(ward=UNCLE, guardian=MOTHER, last=None, form="1", limits=(), number="77-5", version=1, annulled=False):
    day = date(2026, 1, 4 + version)
    record = StateRecord(number, SINCE, SINCE, last, {"Форма": form}, version, day, annulled)
    payload = write_guardianship_message(ward, guardian, record, ON, f"m-{number}-{version}", limits)
    return answer(payload, "opeka")


def wards(of=MOTHER, on=ON, act=""):
    return registers.wards_of(card(of).person_id, on, act=act)


def test_a_guardian_of_a_grown_up_represents_the_ward_until_the_last_day():
    accepted(told())
    assert wards() == [card(UNCLE).person_id]

    accepted(told(last=date(2026, 2, 9), version=2))

    assert [wards(on=day) == [card(UNCLE).person_id] for day in (date(2026, 2, 9), ON)] == [True, False]
    (known,) = registers.facts_of([card(UNCLE).person_id], kinds=["family.guardianship"])
    assert (known.source, known.value["form"], known.valid_to) == ("opeka", "guardianship", ON)


def test_an_annulled_act_and_a_late_older_version_leave_nobody():
    accepted(told(version=3, annulled=True))

    assert told(version=1).status != "quarantined"
    assert wards() == []


def test_a_trustee_does_not_act_in_the_wards_place():
    accepted(told(form="2"))

    assert wards() == []


def test_limits_of_the_act_forbid_what_they_name():
    accepted(told(limits=("2",)))

    ward = card(UNCLE).person_id
    assert (wards(), wards(act="applications"), wards(act="accounts")) == ([ward], [ward], [])
    registers.must_represent(card(MOTHER).person_id, ward, ON, act="applications")
    with pytest.raises(registers.RepresentationLimited):
        registers.must_represent(card(MOTHER).person_id, ward, ON, act="accounts")


def test_who_is_incapable_represents_nobody():
    accepted(told())
    accepted(told(ward=MOTHER, guardian=FATHER, number="77-6"))

    assert (wards(MOTHER), wards(FATHER)) == ([], [card(MOTHER).person_id])


def test_custody_lost_ends_it_on_the_same_day():
    accepted(told())
    lost = fact("family.custody_lost", card(UNCLE).person_id, ON, {}, about=card(MOTHER).person_id)
    registers.report([lost], source="opeka", on=ON, cause=cause(ON))

    assert wards(on=date(2026, 2, 9)) == [card(UNCLE).person_id]
    assert wards(on=ON) == []


@pytest.mark.parametrize(
    ("given_", "codes"),
    [
        ({"guardian": UNCLE}, ["snils_repeated"]),
        ({"form": "7"}, ["schema"]),
        ({"limits": ("9",)}, ["schema"]),
        ({"last": date(2025, 1, 1)}, ["period_reversed"]),
    ],
)
def test_what_cannot_be_is_quarantined(given_, codes):
    receipt = told(**given_)

    assert receipt.status == "quarantined"
    assert wards() == []
    assert codes == ["schema"] or refused(receipt) == codes


acts = st.lists(
    st.tuples(st.sampled_from(["guardianship", "trusteeship"]), st.sets(st.sampled_from(["applications", "accounts"]))),
    max_size=4,
)


@given(acts)
def test_no_act_widens_what_every_guardianship_forbids(told_acts):
    ward = card_of_nobody(date(1950, 1, 1))
    facts = [fact_of(ward, form, limits) for form, limits in told_acts]

    tie = _tie(ward, facts, ON)

    full = [limits for form, limits in told_acts if form == "guardianship"]
    assert (tie is not None) == bool(full)
    assert tie is None or tie.limits == frozenset(set.intersection(*full))


def card_of_nobody(born: date) -> PersonCard:
    return PersonCard(UUID(int=1), None, "А", "Б", None, born, "M", None, "77", "", None)


def fact_of(ward: PersonCard, form: str, limits: set[str]) -> Fact:
    value = {"form": form, "limits": sorted(limits)}
    return Fact(
        ward.person_id, 1, "family.guardianship", ward.person_id, ward.person_id, "", SINCE, None, value, "opeka",
        None, SINCE, None,
    )  # fmt: skip
