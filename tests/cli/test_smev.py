"""`kazna smev` as an operator uses it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import AgencyRequest
from kazna.plumbing import clock


@pytest.fixture
def dead(platform) -> AgencyRequest:
    today = clock.today()
    return AgencyRequest.objects.create(
        id=uuid4(), agency="fns", subject_id=uuid4(), about="2025", correlation="x", asked_on=today - timedelta(days=9),
        payload=b"<a/>", next_try_at=timezone.now(), status="failed", last_error="Нет доступа.",
    )  # fmt: skip


def test_dead_requests_are_listed_counted_and_asked_again(run, dead):
    listed = run("smev", "list", "failed", "--json")
    assert (listed.code, listed.json[0]["reason"]) == (0, "Нет доступа.")
    status = run("smev", "status", "--json")
    assert (status.code, status.json["questions"]) == (1, {"failed": 1})

    assert run("smev", "retry", "--all", "failed", "--json").json == {"repeated": 1, "refused": {}}

    dead.refresh_from_db()
    assert dead.status == "queued"
    assert run("smev", "status").code == 0


def test_what_cannot_be_asked_again_is_said_and_code_1(run, dead):
    AgencyRequest.objects.update(payload=b"")

    assert run("smev", "retry", str(dead.id)).code == 1
    assert run("smev", "retry", str(uuid4())).code == 1
    assert run("smev", "retry").code == 2


def test_an_exchange_without_settings_says_what_to_set(run, platform):
    with pytest.raises(integration.ChannelNotSet, match="KAZNA_SMEV_URL"):
        run("smev", "exchange")
