"""Cases tried on plain data."""

import pytest
from tests.contexts.cases.below import Below, cause

from kazna.contexts.cases.actions.spread_decisions import spread_decisions
from kazna.contexts.cases.actions.weigh_rights import weigh_rights
from kazna.contexts.cases.models import Decision
from kazna.contexts.payments import public as payments
from kazna.events.cases import DecisionMade


@pytest.fixture(autouse=True)
def books_agree(request):
    """Whatever cases decide, all records of money agree after it."""
    yield
    if request.node.get_closest_marker("django_db") and "spoils_the_books" not in request.keywords:
        assert payments.verify() == []


@pytest.fixture
def below() -> Below:
    return Below()


@pytest.fixture
def weigh(below):
    """Weigh rights in one batch, as the handler does."""

    def weigh(*rights):
        weigh_rights([(right.id, cause()) for right in rights], below)

    return weigh


@pytest.fixture
def spread(below):
    """Tell of all decisions made so far, as the next handler does."""

    def spread():
        events = [
            DecisionMade(row.id, row.recipient_id, row.on, cause()) for row in Decision.objects.order_by("number")
        ]
        spread_decisions(events, below)

    return spread
