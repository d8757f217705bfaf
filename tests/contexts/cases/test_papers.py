"""A decision as a sealed PDF: readable, machine-readable, verifiable by anybody."""

import io

import pytest
from pypdf import PdfReader
from tests.contexts.web_role import web_role

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.paper.decision import code_of
from kazna.plumbing import filestore
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(below, weigh, tmp_path, monkeypatch):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    weigh(below.right(subject=below.person("Миша"), recipient=below.person("#Анна *жирно* $x$")))
    return Decision.objects.get()


def test_people_and_machines_read_the_same(decision):
    pdf = cases.sealed(decision_id=decision.id)

    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\u00a0", " ")
    assert f"Решение № {decision.number}" in text
    assert "26 941,71 ₽" in text
    assert "#Анна *жирно* $x$" in text, "a name is never markup"
    assert cases.check_paper(pdf).document == decision.document
    assert cases.check_paper(pdf).sha256 == decision.sha256


def test_the_paper_is_made_once(decision):
    assert cases.sealed(decision_id=decision.id) == cases.sealed(decision_id=decision.id)


def test_the_seal_holds_until_a_byte_is_changed(decision):
    pdf = cases.sealed(decision_id=decision.id)
    forged = bytearray(pdf)
    forged[pdf.index(b"stream") + 20] ^= 1

    assert cases.check_paper(pdf).holds
    assert not cases.check_paper(bytes(forged)).holds
    assert not cases.check_paper(pdf + b"\n%added").holds


@pytest.mark.parametrize(
    "junk", [b"", b"%PDF-1.7\n", b"PK\x03\x04" + b"\0" * 100, b"<html>", b"%PDF-1.7\n" + b"[" * 5000]
)
def test_what_is_no_decision_is_told_so(junk):
    assert not cases.check_paper(junk).holds


def test_a_stranger_with_number_and_code_learns_that_it_is_true(decision):
    code = code_of(decision.sha256)
    with web_role(), acting_as(Viewer("", "")):
        assert Decision.objects.count() == 0
        known = cases.paper_known(decision.number, code)
        assert (known.number, known.is_replaced) == (decision.number, False)
        assert cases.paper_known(decision.number, "") is None
        assert cases.paper_known(decision.number, "0" * 12) is None
        assert cases.paper_known(decision.number, "%" * 12) is None


def test_a_file_changed_in_the_store_is_not_given_out(decision, tmp_path):
    cases.sealed(decision_id=decision.id)
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(b"forged")

    with pytest.raises(filestore.FileLost):
        cases.sealed(decision_id=decision.id)
