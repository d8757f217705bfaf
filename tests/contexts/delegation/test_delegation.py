"""Cases flow to other bodies under an agreement and go back after it; row security follows."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine
from tests.contexts.web_role import web_role
from tests.factories.people import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Award, Case, Decision
from kazna.contexts.delegation import public as delegation
from kazna.contexts.delegation.models import Agreement
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db

CONTRACT = "ru-social-contract-hardship"  # decided by the region's body, waits for an officer
KNOWN = {CONTRACT}
F = delegation.Function


@pytest.fixture
def spine():
    return Spine(date(2026, 2, 16))


def agreed(spine, functions=(F.DECIDE,), bodies=None, **named):
    new = delegation.NewAgreement(
        number=named.pop("number", "17-С"), signed_on=date(2026, 2, 1), origin_body="dszn-77", measures=(CONTRACT,),
        functions=frozenset(functions), bodies=bodies or {"sfr-63": 2, "sfr-16": 1},
        first_day=named.pop("first_day", date(2026, 2, 1)), **named,
    )  # fmt: skip
    return delegation.enter_agreement(new, known=KNOWN, by="methodologist")


def applied(spine, number=1):
    person = spine.person(f"Анна{number}", born=date(1990, 4, 1))
    spine.tell(
        "application", person, spine.day, {"measure": CONTRACT, "filed_on": spine.day.isoformat()}, source="epgu"
    )
    return person


def case_of(person):
    return Case.objects.get(measure=CONTRACT, recipient_id=person)


def seen_by(body, what):
    """What an officer of a body gets to see through the web."""
    with acting_as(Viewer("officer", "o", body=body, territory=body.partition("-")[2])), web_role():
        return what()


def test_without_an_agreement_the_region_decides(spine):
    assert case_of(applied(spine)).body == "dszn-77"


def test_cases_go_to_the_least_loaded_wherever_it_is(spine):
    agreed(spine)

    bodies = [case_of(applied(spine, number)).body for number in range(6)]

    assert sorted(bodies) == ["sfr-16"] * 2 + ["sfr-63"] * 4
    assert {case.territory for case in Case.objects.filter(measure=CONTRACT)} == {"77"}


def test_another_measure_and_a_day_before_are_not_given_away(spine):
    agreed(spine, first_day=date(2026, 3, 1))
    person = applied(spine)

    assert case_of(person).body == "dszn-77"
    assert not delegation.matters([case_of(person).id])


def test_officers_see_the_people_they_were_given_and_nobody_else(spine):
    agreed(spine, bodies={"sfr-63": 1})
    person, stranger = applied(spine), spine.person()
    ids = [person, stranger]

    assert set(seen_by("sfr-63", lambda: registers.cards(ids))) == {person}
    assert set(seen_by("sfr-16", lambda: registers.cards(ids))) == set()
    assert {f.subject_id for f in seen_by("sfr-63", lambda: registers.facts_of(ids))} == {person}
    assert seen_by("sfr-63", lambda: len(cases.queue(body="sfr-63"))) in (0, 1)
    for body, count in (("sfr-63", 1), ("dszn-77", 1), ("sfr-16", 0)):
        assert seen_by(body, lambda: Case.objects.filter(measure=CONTRACT).count()) == count, body


def test_after_the_last_day_cases_go_back_and_people_are_out_of_sight(spine):
    agreement = agreed(spine, bodies={"sfr-63": 1})
    person = applied(spine)
    delegation.end_agreement(agreement_id=agreement, on=spine.day, why="Регион отозвал функции.", by="methodologist")
    spine.until(date(2026, 2, 17))

    assert case_of(person).body == "dszn-77"
    assert seen_by("sfr-63", lambda: registers.cards([person])) == {}
    assert seen_by("sfr-63", lambda: Case.objects.filter(measure=CONTRACT).count()) == 0
    assert case_of(applied(spine, 2)).body == "dszn-77"


def decided(spine, person):
    case = case_of(person)
    Case.objects.filter(id=case.id).update(state="waiting_person")
    viewer = Viewer("officer", "first", body=case.body, territory="63")
    with acting_as(viewer), web_role():
        done = cases.decide(
            case_id=case.id, by="first", outcome=cases.Outcome.GRANTED, reason="Программа согласована.", on=spine.day,
            cause=cause(spine.day), amount_kopecks=1_900_000, first_day=spine.day,
        )  # fmt: skip
    if isinstance(done, cases.ProposalView):
        with acting_as(viewer), web_role():
            cases.confirm_proposal(proposal_id=done.proposal_id, by="second", on=spine.day, cause=cause(spine.day))
    spine.work()
    return Decision.objects.get(case_id=case.id)


@pytest.mark.parametrize(("functions", "payer"), [((F.DECIDE,), "dszn-77"), ((F.DECIDE, F.PAY), "sfr-63")])
def test_the_branch_decides_and_whoever_the_agreement_names_pays(spine, functions, payer):
    agreed(spine, functions, bodies={"sfr-63": 1})

    decision = decided(spine, applied(spine))

    assert decision.body == "sfr-63"
    assert Award.objects.get(decision_id=decision.id).body == payer
    assert not cases.replay_all().differences
    assert seen_by("dszn-77", lambda: Decision.objects.filter(id=decision.id).count()) == 1


@pytest.mark.parametrize(("functions", "hears"), [((F.DECIDE,), "dszn-77"), ((F.APPEALS,), "sfr-63")])
def test_complaints_are_heard_by_whom_the_agreement_names(spine, functions, hears):
    agreed(spine, functions, bodies={"sfr-63": 1})
    decision = decided(spine, applied(spine))

    filed = cases.appeals.file(decision_id=decision.id, text="", on=spine.day, cause=cause(spine.day))

    assert [one.appeal_id for one in cases.appeals.queue(body=hears)] == [filed.appeal_id]


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"number": " "}, "номер"),
        ({"bodies": {"sfr-63": 0}}, "от 1"),
        ({"bodies": {"dszn-63": 1}}, "не отделение"),
        ({"last_day": date(2026, 1, 1)}, "раньше первого"),
    ],
)
def test_a_wrong_agreement_is_refused_with_the_reason(spine, named, why):
    with pytest.raises(delegation.AgreementRefused, match=why):
        agreed(spine, **named)


def test_a_measure_is_given_away_once_at_a_time_and_the_same_paper_twice_is_one(spine):
    assert agreed(spine) == agreed(spine)

    with pytest.raises(delegation.AgreementRefused, match="17-С"):
        agreed(spine, number="18-С")


def test_only_a_methodologist_writes_agreements(spine):
    agreement = agreed(spine)

    changed = seen_by("sfr-63", lambda: Agreement.objects.filter(id=agreement).update(number="x"))

    assert changed == 0
