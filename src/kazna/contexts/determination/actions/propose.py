"""Keep what a determination would change as a proposal: lines by COPY, chunks, limits."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction

from kazna.contexts.audit import public as audit
from kazna.contexts.audit.contracts import NewEntry
from kazna.contexts.cases import public as cases
from kazna.contexts.determination.contracts import Limits, NothingToPropose, Report
from kazna.contexts.determination.models import Line, Proposal
from kazna.contexts.determination.policies import is_let_out, too_much
from kazna.contexts.determination.proposing import counted, new_pairs, ordered, read_lines, without
from kazna.contexts.determination.telling import plain_report
from kazna.contexts.measures import public as measures
from kazna.plumbing.bulk import copy_rows

CHUNK, AT_ONCE = 1000, 10_000
COLUMNS = (
    "proposal_id", "place", "kind", "measure", "territory", "subject_id", "recipient_id", "number", "amount_kopecks",
    "due_kopecks", "sample", "outcome",
)  # fmt: skip
CUT = f"""
    INSERT INTO determination_chunk (proposal_id, first, last, is_new, is_done)
    SELECT %(id)s, min(place), max(place), is_new, false FROM (
        SELECT place, kind = 'new' AS is_new FROM determination_line WHERE proposal_id = %(id)s
    ) l GROUP BY is_new, place / {CHUNK}
"""


@transaction.atomic
def propose(*, report: Report, limits: Limits, made_on: date, by: str) -> UUID:
    """Keep the proposal of a report; its id. Raises NegativeAmount, NothingToPropose.

    Only measures that bodies work by and rules decide are proposed; matters under way are left where they are.
    """
    titles, let_out = {}, set()
    for card in measures.measures_list():
        titles[card.measure] = card.short_title
        if any(is_let_out(edition.document) for edition in card.editions[:1]):
            let_out.add(card.measure)
    database = read_lines(report.parts, let_out)
    for pairs in list(new_pairs(database, AT_ONCE)):
        without(database, cases.under_way([(measure, UUID(subject)) for measure, subject in pairs]))
    if not counted(database):
        raise NothingToPropose()
    held_for = list(too_much(report, limits, titles))
    number = Proposal.objects.count()
    proposal = Proposal.objects.create(
        id=uuid5(NAMESPACE_URL, f"kazna/determination/{report.on}/{report.law}/{made_on}/{number}"),
        on=report.on,
        made_on=made_on,
        made_by=by,
        engine=report.engine,
        law=report.law,
        territories=sorted(report.parts),
        limits={"awards": limits.awards, "people": limits.people},
        held_for=held_for,
        report=plain_report(report, titles),
        state=Proposal.State.HELD if held_for else Proposal.State.PROPOSED,
    )
    copy_rows(Line._meta.db_table, COLUMNS, ((proposal.id, *row, "") for row in ordered(database, str(proposal.id))))
    with connection.cursor() as cursor:
        cursor.execute(CUT, {"id": proposal.id})
    note(proposal, "propose", by)
    return proposal.id


def note(proposal: Proposal, act: str, by: str, purpose: str = "") -> None:
    """Journal what somebody did with a proposal."""
    purpose = purpose or f"предложение решений на {proposal.on:%d.%m.%Y}: {Proposal.State(proposal.state).value}"
    audit.record([NewEntry(act, by, "officer", purpose=purpose, thing=str(proposal.id))])
