"""The machine entrance: keys, sizes, answers, quarantine."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kazna.kernel.places import FORMATS
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
SAMPLE = (FORMATS / "samples" / "birth-rogd-4.0.5.sample.xml").read_bytes()


@pytest.fixture
def post(settings):
    clock.set_day(date(2026, 2, 10))

    def send(body, agency="zags", key=None, **headers):
        key = settings.KAZNA_AGENCY_KEYS.get(agency, "") if key is None else key
        return Client().post(
            "/intake/",
            data=body,
            content_type="application/xml",
            headers={"X-Agency": agency, "X-Agency-Key": key, **headers},
        )

    return send


def test_a_document_is_answered_with_its_status(post):
    answer = post(SAMPLE, **{"X-File-Name": "%D1%80.xml"})

    assert answer.status_code == 200
    (document,) = answer.json()["documents"]
    assert (document["status"], document["kind"], document["file"]) == ("accepted", "birth", "р.xml")


@pytest.mark.parametrize(
    ("agency", "key"), [("zags", "wrong"), ("zags", ""), ("nobody", ""), ("", ""), ("zags", "ключ")]
)
def test_a_wrong_key_is_refused(post, agency, key):
    answer = post(SAMPLE, agency=agency, key=key.encode().decode("latin-1"))

    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "key_wrong"


def test_a_body_too_large_is_refused(post, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    assert post(SAMPLE).status_code == 413


def test_only_posts_are_taken():
    assert Client().get("/intake/").status_code == 405


def test_an_agency_sees_its_own_quarantine(post, settings):
    post(b"<broken")
    post(b"<broken too", agency="fri")

    keys = settings.KAZNA_AGENCY_KEYS
    answer = Client().get("/intake/quarantine", headers={"X-Agency": "zags", "X-Agency-Key": keys["zags"]})

    (waiting,) = answer.json()["documents"]
    assert waiting["remarks"][0]["code"] == "xml_broken"
    assert {"where", "what", "why", "what_to_do"} <= set(waiting["remarks"][0])
    assert answer.json()["next"] is None


def test_the_quarantine_needs_a_key():
    assert Client().get("/intake/quarantine").status_code == 401


LATER = {"Prefer": "respond-async"}


@pytest.fixture
def protocol(settings):
    def read(answer, agency="zags"):
        keys = {"X-Agency": agency, "X-Agency-Key": settings.KAZNA_AGENCY_KEYS[agency]}
        return Client().get(answer["Location"], headers=keys)

    return read


def test_a_sender_in_a_hurry_reads_later_what_an_answer_at_once_would_say(post, protocol):
    kept = post(SAMPLE, **LATER)

    assert (kept.status_code, kept["Preference-Applied"]) == (202, "respond-async")
    assert protocol(kept).json() == {"delivery": kept.json()["delivery"], "state": "waiting", "documents": []}
    drain()
    (read,) = protocol(kept).json()["documents"]
    (again,) = post(SAMPLE).json()["documents"]
    assert (read["status"], again["status"], read["digest"]) == ("accepted", "duplicate", again["digest"])


def test_deliveries_are_read_together_and_a_broken_one_harms_none(post, protocol):
    bodies = [SAMPLE, b"<broken", SAMPLE, SAMPLE.replace(b"/4.0.5", b"/9.9.9"), b"", b"PK\x03\x04nonsense"]

    kept = [post(body, **LATER) for body in bodies]
    with CaptureQueriesContext(connection) as few:
        drain()

    said = [[one["status"] for one in protocol(answer).json()["documents"]] for answer in kept]
    assert said == [["accepted"], ["quarantined"], ["duplicate"], ["quarantined"], ["quarantined"], ["quarantined"]]
    assert sum("integration_delivery" in one["sql"] for one in few.captured_queries) <= 3


def test_a_protocol_is_for_its_sender_only(post, protocol):
    kept = post(SAMPLE, **LATER)

    assert protocol(kept, agency="fri").status_code == 404
    assert Client().get(kept["Location"]).status_code == 401
