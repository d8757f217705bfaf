"""Rights of one batch with the very same answer keep it once; whoever reads a right finds all that was said."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError
from tests.contexts.web_role import web_role
from tests.factories.people import cause, enter_person

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.measures.models import FoundRight, SharedAnswer
from kazna.contexts.registers import public as registers
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
EDV, ON = "ru-disability-monthly", date(2025, 12, 15)
GROUPS = ("III", "III", "I")


@pytest.fixture
def people():
    registers.load_kinds()
    return [enter(number, group) for number, group in enumerate(GROUPS)]


def enter(number, group):
    person = enter_person(100_000_000 + number, "Смирнова", f"Анна{number}", "Ивановна", date(1990, 1, 9), "F", on=ON)
    told = {"group": group, "from_childhood": False, "cause": "general", "act": "акт"}
    fact = registers.NewFact("disability", person, None, "act", date(2025, 12, 1), date(2030, 1, 1), told)
    registers.report([fact], source="fri", on=ON, cause=cause(ON))
    return person


def ask(*people):
    return measures.evaluate([Ask(EDV, {"person": person}, "calendar", cause(ON)) for person in people], ON)


def test_the_same_answer_of_a_batch_is_kept_once_and_read_whole(people):
    alone = [measures.rights(ask(person)).popitem()[1] for person in people]
    together = measures.rights(ask(*people))

    shared = SharedAnswer.objects.get()
    keeps = {row.recipient_id: row.answer_id for row in FoundRight.objects.filter(id__in=together)}
    assert keeps == dict(zip(people, (shared.id, shared.id, None), strict=True))
    said = {right.recipient_id: (right.sentences, right.trace, right.conditions) for right in together.values()}
    assert said == {right.recipient_id: (right.sentences, right.trace, right.conditions) for right in alone}
    assert not any("Анна" in str(told) for told in SharedAnswer.objects.values_list("sentences", "trace"))


def test_a_shared_answer_is_replayed(people):
    ids = ask(*people)
    assert [one.differences for one in measures.replay(ids).values()] == [()] * 3
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE measures_answer DISABLE TRIGGER measures_answer_append_only")
        cursor.execute("""UPDATE measures_answer SET sentences = '["Иначе"]'""")
        cursor.execute("ALTER TABLE measures_answer ENABLE TRIGGER measures_answer_append_only")
    again = measures.replay(ids)
    assert [len(again[right].differences) for right in ids] == [1, 1, 0]


def test_a_person_reads_what_was_said(people):
    ids = ask(*people)
    with web_role(), acting_as(Viewer("citizen", "anna", person_ids=(people[0],))):
        read = measures.rights(ids)
    assert [(right.recipient_id, len(right.sentences) > 3) for right in read.values()] == [(people[0], True)]


def test_an_answer_is_only_added(people):
    ask(*people)
    for what in ("UPDATE measures_answer SET trace = '{}'", "DELETE FROM measures_answer"):
        with pytest.raises((InternalError, ProgrammingError), match="only added"), transaction.atomic():
            connection.cursor().execute(what)
