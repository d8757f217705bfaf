"""The personal file: in order, printable with an inventory, kept by its term."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from tests.contexts.cases.test_applications import PDF, TODAY, child, draft, file, fill, mother  # noqa: F401
from tests.factories.people import cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.plumbing import filestore
from kazna.plumbing.deliver import drain


@pytest.fixture
def withdrawn(draft):  # noqa: F811
    """An application with a file, taken back."""
    fill(draft)
    cases.applications.attach(
        application_id=draft.application_id, name="справка.pdf", content=PDF, channel="cabinet", on=TODAY
    )
    file(draft)
    drain()
    cases.applications.withdraw(application_id=draft.application_id, on=TODAY, cause=cause(TODAY))
    drain()
    return cases.applications.application(application_id=draft.application_id)


def test_everything_stands_in_order(withdrawn):
    papers = cases.personal_file(person_id=withdrawn.recipient_id)

    assert [paper.on for paper in papers] == sorted(paper.on for paper in papers)
    assert {"application", "attachment", "case"} <= {paper.kind for paper in papers}


def test_it_prints_with_an_inventory(withdrawn):
    papers = cases.personal_file(person_id=withdrawn.recipient_id)

    pdf = cases.printed_file(person_id=withdrawn.recipient_id, body="sfr-77", on=TODAY)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert "Опись документов" in pages[1]
    assert all(paper.title.split(":")[0] in "".join(pages) for paper in papers)
    assert len(pages) >= len(papers) + 2


def test_files_are_kept_by_their_term_and_then_forgotten(withdrawn):
    [kept] = withdrawn.attachments
    before, after = date(2031, 2, 16), date(2031, 2, 17)

    assert cases.purge_files(on=before, dry_run=False).applications == 0
    assert cases.purge_files(on=after, dry_run=True).files == 1
    assert filestore.get(kept.sha256) == PDF
    decisions = Decision.objects.count()
    assert cases.purge_files(on=after, dry_run=False).files == 1
    assert cases.purge_files(on=after, dry_run=False).files == 0
    assert cases.applications.application(application_id=withdrawn.application_id).answers == {}
    assert Decision.objects.count() == decisions
