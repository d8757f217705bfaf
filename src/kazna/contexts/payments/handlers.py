"""What payments do when awards are granted or stopped, people change and the bank answers."""

from __future__ import annotations

from collections.abc import Sequence

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments.actions.claim_back import claim_back
from kazna.contexts.payments.actions.close_certificates import close_of_the_dead, stop_certificates
from kazna.contexts.payments.actions.correct_months import correct_months
from kazna.contexts.payments.actions.index_obligations import index_obligations
from kazna.contexts.payments.actions.issue_certificates import issue_certificates
from kazna.contexts.payments.actions.pay_heirs import HeirsRefused, pay_heirs
from kazna.contexts.payments.actions.reissue_payments import follow_people
from kazna.contexts.payments.actions.stop_obligations import stop_obligations
from kazna.contexts.payments.actions.take_on_awards import take_on_awards
from kazna.contexts.payments.actions.take_statement import take_statement
from kazna.contexts.payments.certificate_letters import issued_letter
from kazna.contexts.payments.letters import overpayment_letter
from kazna.contexts.payments.sources import Doors
from kazna.contexts.payments.writ_letters import writ_letter
from kazna.events.cases import AwardCorrected, AwardGranted, AwardsIndexed, AwardStopped
from kazna.events.integration import StatementReceived
from kazna.events.payments import CertificateIssued, HeirsNamed, OverpaymentDecided, WritChanged
from kazna.events.programmes import ProgrammeBroken
from kazna.events.registers import FactsChanged
from kazna.plumbing.outbox import consumes
from kazna.plumbing.register import note

OF_PAYEES = frozenset(
    {
        "person.account",
        "person.delivery",
        "person.name",
        "person.death",
        "person.contact",
        "family.parent",
        "family.custody_lost",
        "family.guardianship",
    }
)


@consumes(AwardGranted, name="payments.on_award_granted", stage=4)
def on_award_granted(events: Sequence[AwardGranted]) -> None:
    """Cash awards become obligations."""
    take_on_awards(events, Doors())
    issue_certificates(events)


@consumes(AwardStopped, name="payments.on_award_stopped", stage=4)
def on_award_stopped(events: Sequence[AwardStopped]) -> None:
    """Nothing is due any more."""
    stop_obligations(events)
    stop_certificates(events)


@consumes(AwardCorrected, name="payments.on_correction", stage=4)
def on_award_corrected(events: Sequence[AwardCorrected]) -> None:
    """Months behind are worth another sum."""
    correct_months(events)


@consumes(AwardsIndexed, name="payments.on_awards_indexed", stage=4)
def on_awards_indexed(events: Sequence[AwardsIndexed]) -> None:
    """New sums of a whole chunk."""
    for event in events:
        index_obligations(event)


@consumes(StatementReceived, name="payments.on_statement", stage=4)
def on_statement(events: Sequence[StatementReceived]) -> None:
    """Paid or owed again."""
    for event in events:
        take_statement(event, Doors())


@consumes(OverpaymentDecided, name="payments.on_overpayment", stage=4)
def on_overpayment_decided(events: Sequence[OverpaymentDecided]) -> None:
    """The person is told."""
    notifications.notify([overpayment_letter(event) for event in events])


@consumes(CertificateIssued, name="payments.on_certificate", stage=4)
def on_certificate_issued(events: Sequence[CertificateIssued]) -> None:
    """The holder is told."""
    notifications.notify([issued_letter(event) for event in events])


@consumes(HeirsNamed, name="payments.on_heirs", stage=4)
def on_heirs_named(events: Sequence[HeirsNamed]) -> None:
    """What waits goes to them; what two officers named at once went to those named first."""
    for event in events:
        shares = dict(zip(event.heirs, event.shares, strict=True))
        try:
            pay_heirs(
                recipient_id=event.recipient_id, shares=shares, by_inheritance=event.by_inheritance, body=event.body,
                on=event.on, sources=Doors(),
            )  # fmt: skip
        except HeirsRefused:
            note("HeirsNotPaid", body=event.body)


@consumes(WritChanged, name="payments.on_writ", stage=4)
def on_writ_changed(events: Sequence[WritChanged]) -> None:
    """The debtor is told."""
    notifications.notify([writ_letter(event) for event in events])


@consumes(FactsChanged, name="payments.on_facts", stage=4, wants=lambda event: not OF_PAYEES.isdisjoint(event.kinds))
def on_facts(events: Sequence[FactsChanged]) -> None:
    """Accounts, names, deaths and ties of payees."""
    told = [event for event in events if OF_PAYEES & set(event.kinds)]
    for on in sorted({event.on for event in told}):
        changes = {person: event.cause for event in told if event.on == on for person in event.person_ids}
        follow_people(changes, on, Doors())
        close_of_the_dead(
            {
                person
                for event in told
                if event.on == on and "person.death" in event.kinds
                for person in event.person_ids
            },
            on,
            Doors(),
        )


@consumes(ProgrammeBroken, name="payments.on_programme_broken", stage=4)
def on_programme_broken(events: Sequence[ProgrammeBroken]) -> None:
    """What is asked back becomes an overpayment to be decided."""
    claim_back(events)
