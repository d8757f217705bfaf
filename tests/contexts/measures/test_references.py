"""What a right, a standing and a step name exists, though it is looked up once a statement."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.people import cause, enter_person

from kazna.contexts.cases.models import CaseStep
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.measures.models import FoundRight, Release, Standing
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 15)


@pytest.fixture
def right():
    registers.load_kinds()
    person = enter_person(100_000_000, "Смирнова", "Анна", "Ивановна", date(1990, 1, 9), "F", on=ON)
    (right_id,) = measures.evaluate([Ask("ru-disability-monthly", {"person": person}, "calendar", cause(ON))], ON)
    return FoundRight.objects.get(id=right_id)


@pytest.mark.parametrize("unknown", ["release_id", "answer_id"])
def test_a_right_names_a_release_and_an_answer_that_exist(right, unknown):
    right.pk = uuid4()
    setattr(right, unknown, "none" if unknown == "release_id" else uuid4())
    if unknown == "answer_id":
        right.own_sentences = right.own_trace = None

    with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
        right.save(force_insert=True)


def test_a_standing_names_a_right_that_exists_whether_new_or_changed(right):
    standing = Standing.objects.get(right=right)

    with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
        Standing.objects.filter(id=standing.id).update(right_id=uuid4())
    standing.pk, standing.recipient_id, standing.right_id = None, uuid4(), uuid4()
    with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
        standing.save(force_insert=True)


def test_a_step_names_a_case_that_exists():
    step = CaseStep(case_id=uuid4(), recipient_id=uuid4(), body="b", state="received", on=ON)

    with pytest.raises(IntegrityError, match="names no row"), transaction.atomic():
        step.save()


def test_a_release_that_rights_name_is_not_deleted(right):
    with pytest.raises(IntegrityError, match="is named by"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM measures_release WHERE digest = %s", [right.release_id])
    assert Release.objects.exists()
