"""Against the rule, two officers decide; the database itself does not take less."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.contexts.cases.below import PROPERTY, cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.decide_case import decide_or_propose
from kazna.contexts.cases.actions.propose_act import propose_act
from kazna.contexts.cases.actions.replay_decisions import replay_decisions
from kazna.contexts.cases.actions.settle_proposal import confirm_proposal, return_proposal
from kazna.contexts.cases.models import Award, AwardStop, Case, Decision, Proposal

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 6)


@pytest.fixture
def granted_by_rule(below, weigh):
    """The rule says yes, but the regulation leaves the word to an officer."""
    person = below.person("Анна")
    passport = {"decision_days": 5, "ends_on": [], "texts": {}, "decides": "officer", "second_look": "against_rule"}
    weigh(below.right(subject=person, applied_on=date(2025, 3, 3), passport=passport))
    return Case.objects.get()


@pytest.fixture
def pension(below, weigh):
    weigh(below.monthly(subject=below.person("Пётр")))
    return Award.objects.get()


def decide(below, case, outcome, **given):
    return decide_or_propose(
        case_id=case.id, by="ivanova", outcome=outcome, reason="Справка недействительна.", on=ON, cause=cause(),
        sources=below, **given,
    )  # fmt: skip


def confirm(below, proposal, by="petrova"):
    return confirm_proposal(proposal_id=proposal.id, by=by, on=ON, cause=cause(), sources=below)


def act(award, what, **given):
    return propose_act(award_id=award.id, act=what, by="ivanova", reason="Проверка счёта.", on=ON, **{
        "first_day": None, "amount_kopecks": None, **given,
    })  # fmt: skip


def test_as_the_rule_says_one_officer_decides(below, granted_by_rule):
    done = decide(below, granted_by_rule, cases.Outcome.GRANTED)

    assert (done.kind, done.against_rule, done.confirmed_by) == ("grant", False, "")


def test_against_the_rule_it_waits_for_another(below, granted_by_rule):
    proposal = decide(below, granted_by_rule, cases.Outcome.REFUSED)

    assert isinstance(proposal, Proposal)
    assert Decision.objects.count() == 0
    decision = confirm(below, proposal)
    assert (decision.kind, decision.decided_by, decision.confirmed_by) == ("refuse", "ivanova", "petrova")
    assert "Подтвердил второй сотрудник: petrova." in decision.document["lines"]


def test_nobody_confirms_his_own_draft(below, granted_by_rule):
    proposal = decide(below, granted_by_rule, cases.Outcome.REFUSED)

    with pytest.raises(cases.SamePerson):
        confirm(below, proposal, by="ivanova")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(id=proposal.id).update(state="confirmed", second_by="ivanova")


def test_the_database_takes_no_lonely_decision_against_the_rule(below, granted_by_rule):
    decide(below, granted_by_rule, cases.Outcome.GRANTED)
    [known] = Decision.objects.values()

    for lonely in ("", "ivanova"):
        row = {**known, "id": known["case_id"], "number": "77-2025-999999", "against_rule": True}
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**{**row, "confirmed_by": lonely})


def test_a_draft_is_confirmed_once(below, granted_by_rule):
    proposal = decide(below, granted_by_rule, cases.Outcome.REFUSED)
    with pytest.raises(cases.ProposalOpen):
        decide(below, granted_by_rule, cases.Outcome.REFUSED)
    confirm(below, proposal)

    with pytest.raises(cases.ProposalNotOpen):
        confirm(below, proposal, by="sidorova")


def test_a_draft_given_back_leaves_the_case_waiting(below, granted_by_rule):
    proposal = decide(below, granted_by_rule, cases.Outcome.REFUSED)
    return_proposal(proposal_id=proposal.id, by="petrova", reason="Справка есть в деле.", on=ON)

    assert Case.objects.get().state == "waiting_person"
    assert decide(below, granted_by_rule, cases.Outcome.GRANTED).kind == "grant"


def test_what_the_rule_does_not_know_one_officer_may_fill_in(below, weigh):
    weigh(below.unknown(PROPERTY, subject=below.person(), applied_on=date(2025, 3, 3)))

    done = decide(below, Case.objects.get(), cases.Outcome.REFUSED)

    assert done.kind == "refuse"


def test_an_award_is_suspended_and_resumed_without_a_day_lost(below, pension, weigh, spread):
    confirm(below, act(pension, cases.AwardAct.SUSPEND))
    assert AwardStop.objects.get().stops_on == date(2025, 4, 1)
    weigh(below.monthly(subject=pension.subject_id, id=pension.id))
    assert Award.objects.count() == 1, "the rules do not grant again what officers suspended"

    decision = confirm(below, act(pension, cases.AwardAct.RESUME))
    spread()

    resumed = Award.objects.get(decision_id=decision.id)
    assert (resumed.first_day, resumed.amount_kopecks) == (date(2025, 4, 1), pension.amount_kopecks)
    assert decision.kind == "resume"
    assert replay_decisions(Decision.objects.all(), below).differences == ()


def test_a_recipient_who_does_not_want_it_any_more_is_told_so_to_the_register(below, pension):
    decision = confirm(below, act(pension, cases.AwardAct.WAIVE))

    assert (decision.kind, decision.ground["event"]) == ("stop", "WAIVED")
    (ended,) = cases.assignment_changes()
    assert (ended.award_id, ended.cause, ended.is_end) == (pension.id, cases.ChangeCause.WAIVED, True)


def test_the_sum_is_changed_from_a_month_to_come(below, pension, spread):
    decision = confirm(below, act(pension, cases.AwardAct.CHANGE, amount_kopecks=1_600_000))
    spread()

    assert AwardStop.objects.get().stops_on == date(2025, 4, 1)
    assert Award.objects.get(decision_id=decision.id).amount_kopecks == 1_600_000


def test_an_error_is_corrected_back_to_the_first_month(below, pension):
    decision = confirm(
        below, act(pension, cases.AwardAct.CORRECT, amount_kopecks=1_400_000, first_day=date(2025, 3, 1))
    )

    [difference] = decision.ground["differences"]
    assert (difference["month"], difference["due_kopecks"]) == ("2025-03-01", 1_400_000)
    assert Award.objects.get(decision_id=decision.id).first_day == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("resume", {}),
        ("change", {"amount_kopecks": 1_500_000}),
        ("change", {"amount_kopecks": 0}),
        ("stop", {"first_day": date(2025, 2, 1)}),
        ("suspend", {"first_day": date(2030, 1, 1)}),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(below, pension, what, given):
    with pytest.raises(cases.NotPossible):
        act(pension, cases.AwardAct(what), **given)
