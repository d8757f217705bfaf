"""The database itself limits what the web role sees, and lets intake work."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from tests.contexts.registers.family import CHILD_SNILS, FATHER, MOTHER, UNCLE, birth, card, newborn_snils, take

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Fact
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def web_role(family):
    """A role without the owner's rights, as the web process has."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE visitor NOLOGIN")
        cursor.execute("GRANT USAGE ON SCHEMA public TO visitor")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO visitor")
        cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO visitor")

    @contextmanager
    def seen_by(viewer):
        with acting_as(viewer), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE visitor")
            yield
            cursor.execute("RESET ROLE")

    return seen_by


def test_a_citizen_sees_only_their_own(web_role):
    mine, others = card(MOTHER).person_id, card(UNCLE).person_id

    with web_role(Viewer("citizen", "olga", person_ids=(mine,))):
        assert set(registers.cards([mine, others])) == {mine}
        assert {fact.subject_id for fact in registers.facts_of([mine, others])} == {mine}


@pytest.mark.parametrize(("territory", "seen"), [("77", True), ("69", False)])
def test_an_officer_sees_the_territory(web_role, territory, seen):
    with web_role(Viewer("officer", "petrova", "sfr-77", territory)):
        assert (registers.person_by_snils(FATHER.snils) is not None) == seen
        assert bool(registers.search("Берёзов")) == seen


def test_nobody_in_particular_sees_nobody_but_the_figures(web_role):
    with web_role(Viewer("", "")):
        assert registers.search("Берёзов") == []
        assert registers.matters_open() == {"conflicts": 0, "suspects": 0}
        assert registers.counts()["people"] > 0


def test_intake_works_under_the_agency_role(web_role):
    with web_role(Viewer("agency", "zags")):
        assert take(birth()).status == "accepted"
    with web_role(Viewer("agency", "sfr")):
        assert take(newborn_snils(), agency="sfr").status == "accepted"

    assert card(CHILD_SNILS).forename == "Пётр"


def test_a_fact_cannot_be_edited_even_by_the_owner(family):
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        Fact.objects.update(kind="another")
