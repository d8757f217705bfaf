"""What a determination would change is looked at, approved by another person and let out by the online way."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from tests.contexts.determination.conftest import FEW, NOW, ON
from tests.factories.people import cause, fact

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.determination import public as determination
from kazna.contexts.determination.models import Chunk, Line, Proposal
from kazna.contexts.determination.public import Limits
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain
from kazna.plumbing.models import Delivery

WIDE = Limits(awards=100, people=100)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposed(town, determine):
    Delivery.objects.all().delete()  # events of birth were lost: nobody was offered anything
    return determination.propose(report=determine(), limits=WIDE, made_on=ON, by="olga")


def release(proposal_id, on=ON):
    determination.release(proposal_id=proposal_id, by="petr", on=on, now=NOW, progress=lambda *_: None)


def test_new_rights_are_decided_as_always(town, proposed):
    mother, _ = town
    determination.approve(proposal_id=proposed, by="petr", on=ON)
    release(proposed)
    drain()

    found = determination.proposal(proposal_id=proposed)
    assert found.state == "released" and found.outcomes == {"decided": sum(found.lines.values())}
    measures = {award.measure for award in cases.awards_of(person_id=mother)}
    assert "ru-maternity-capital" in measures
    offered = {case.measure for case in cases.cases_of(person_id=mother) if case.state == "offered"}
    assert "ru-birth-grant" in measures | offered
    assert not cases.replay_all().differences


def test_what_is_under_way_is_not_proposed_again(town, proposed, determine):
    determination.approve(proposal_id=proposed, by="petr", on=ON)
    release(proposed)
    drain()

    with pytest.raises(determination.NothingToPropose):
        determination.propose(report=determine(), limits=WIDE, made_on=ON, by="olga")


def test_nobody_approves_their_own(proposed):
    with pytest.raises(determination.SamePerson, match="другой человек"):
        determination.approve(proposal_id=proposed, by="olga", on=ON)
    with pytest.raises(IntegrityError, match="proposal_another_person"), transaction.atomic():
        Proposal.objects.filter(id=proposed).update(state="approved", approved_by="olga", approved_on=ON)
    with pytest.raises(IntegrityError, match="proposal_approved_by_somebody"), transaction.atomic():
        Proposal.objects.filter(id=proposed).update(state="approved")


def test_nothing_is_decided_before_it_is_approved(proposed):
    with pytest.raises(determination.ProposalNotOpen, match="ждёт утверждения"):
        release(proposed)
    with pytest.raises(ProgrammingError, match="only an approved proposal"), transaction.atomic():
        Chunk.objects.filter(proposal_id=proposed).update(is_done=True)


def test_it_is_withdrawn_only_before_anything_was_decided(proposed):
    with pytest.raises(determination.ReasonMissing):
        determination.withdraw(proposal_id=proposed, by="petr", reason=" ", on=ON)
    determination.withdraw(proposal_id=proposed, by="petr", reason="не та редакция", on=ON)
    with pytest.raises(determination.ProposalNotOpen, match="отозвано"):
        determination.approve(proposal_id=proposed, by="petr", on=ON)
    with pytest.raises(ProgrammingError, match="does not go from withdrawn"), transaction.atomic():
        Proposal.objects.filter(id=proposed).update(state="proposed")
    with pytest.raises(ProgrammingError, match="not deleted"), transaction.atomic():
        Proposal.objects.filter(id=proposed)._raw_delete("default")


def test_a_release_cut_off_goes_on(town, proposed, monkeypatch):
    determination.approve(proposal_id=proposed, by="petr", on=ON)
    evaluate = "kazna.contexts.determination.actions.release.measures.evaluate"
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(evaluate, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        release(proposed)
    assert not Line.objects.exclude(outcome="").exists()

    release(proposed)
    with pytest.raises(determination.ProposalNotOpen, match="выпущено"):
        release(proposed)
    with pytest.raises(determination.ProposalNotOpen, match="выпущено"):
        determination.withdraw(proposal_id=proposed, by="petr", reason="поздно", on=ON)


def test_what_does_not_hold_any_more_is_left(town, proposed):
    mother, child = town
    lost = fact("family.custody_lost", child, date(2026, 2, 11), {}, about=mother)
    registers.report([lost], source="egisso", on=ON, cause=cause(ON))
    determination.approve(proposal_id=proposed, by="petr", on=ON)
    release(proposed)

    moved = {line.measure for line in determination.lines(proposal_id=proposed, limit=50) if line.outcome == "moved"}
    assert "ru-birth-grant" in moved


def test_an_old_one_or_another_law_is_refused(proposed, monkeypatch):
    determination.approve(proposal_id=proposed, by="petr", on=ON)
    with pytest.raises(determination.ProposalIsOld):
        release(proposed, on=date(2026, 2, 24))
    with monkeypatch.context() as law:
        law.setattr("kazna.contexts.determination.actions.release.measures.law_in_force", lambda: Law)
        with pytest.raises(determination.LawMoved):
            release(proposed)


class Law:
    digest = "another"


def test_limits_hold_a_rule_that_would_pay_everyone(town, determine):
    Delivery.objects.all().delete()
    held = determination.propose(report=determine(), limits=Limits(people=30), made_on=ON, by="olga")

    found = determination.proposal(proposal_id=held)
    assert found.state == "held" and "начнёт платить 1 из 3 человек (33,3 %)" in found.held_for[0]
    with pytest.raises(determination.ProposalHeld, match="предел 30 %"):
        determination.approve(proposal_id=held, by="petr", on=ON)


def test_a_negative_amount_is_refused_by_name(town, determine):
    import duckdb

    report = determine()
    for folder in report.parts.values():
        path = folder / "new.parquet"
        rows = duckdb.sql(f"SELECT * REPLACE (-100 AS amount_kopecks) FROM '{path}'").to_arrow_table()
        duckdb.sql("SELECT * FROM rows").write_parquet(str(path))
        assert rows.num_rows
    with pytest.raises(determination.NegativeAmount, match="отрицательную сумму"):
        determination.propose(report=report, limits=WIDE, made_on=ON, by="olga")
    assert not Proposal.objects.exists()


def test_what_people_did_is_journalled_and_the_sample_shown(proposed):
    determination.approve(proposal_id=proposed, by="petr", on=ON)

    acts = [(entry.act, entry.login) for entry in audit.entries()][:2]
    assert set(acts) == {("propose", "olga"), ("approve", "petr")}
    assert 0 < len(determination.sample(proposal_id=proposed)) <= 3 * len(FEW)


def test_a_report_is_a_page_that_stands_alone(town, determine):
    plain = determination.plain_report(determine(), {"ru-birth-grant": "=Пособие <b>при рождении</b>"})
    page, table = determination.report_page(plain), determination.report_csv(plain)

    assert "Пособие &lt;b&gt;" in page and "<b>" not in page and "http" not in page
    assert page.count("<svg") == page.count("</svg>") and 'role="img"' in page and "<desc" in page
    assert "\r\nru-birth-grant;'=Пособие" in table
    assert plain["families"]["single_parent"]["people"] == 2 and plain["families"]["alone"]["people"] == 1
    assert plain["families"]["single_parent"]["fresh"] == plain["by_territory"]["77"]["fresh"] > 0
    assert "Новые права по виду семьи" in page and "один родитель" in page and "Новые права по территориям" in page
    older = {name: told for name, told in plain.items() if name not in ("families", "by_territory")}
    assert "Люди по территориям" in determination.report_page(older)  # a proposal kept by a former release
