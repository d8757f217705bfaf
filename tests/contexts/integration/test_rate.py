"""The monitor tells how many messages came in the last minute, to every role alike."""

import pytest
from django.utils import timezone
from tests.web.scenes import quarantined_document

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import IntakeDocument


@pytest.mark.django_db
def test_messages_of_the_last_minute_are_counted():
    quarantined_document()
    before = integration.counts().per_minute

    IntakeDocument.objects.update(received_at=timezone.now())

    assert (before, integration.counts().per_minute) == (0, 1)
