"""A figure that came late finds the awards it touches by itself."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.models_indexation import LawLook
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.models import PublishedFile
from kazna.kernel.places import LAW

pytestmark = pytest.mark.django_db

EDV, FIGURES = "ru-disability-monthly", "parameters/monthly_cash.yaml"
WAS = "      - {from: 2026-02-01, value: 3520.01,"
NOW = '      - {from: 2027-02-01, value: 3700.00, law: "181-ФЗ, статья 28.1", source: тест, verified: false}\n'


@pytest.fixture(autouse=True)
def law_as_in_the_checkout():
    measures.look_again()
    yield
    measures.look_again()


def test_a_figure_published_late_is_paid_back_to_its_first_day():
    spine = Spine(date(2026, 2, 10))
    person = spine.person()
    spine.disabled(person, "III", date(2026, 2, 5), date(2028, 3, 1))
    spine.until(date(2027, 3, 15), daily_work=False)
    assert [(look.measures, look.decisions) for look in LawLook.objects.all()] == [([], 0)]
    text = (LAW / FIGURES).read_text("utf-8")
    PublishedFile.objects.create(
        path=FIGURES, text=text.replace(WAS, NOW + WAS.replace("value", "to: 2027-01-31, value")), published_by="x"
    )
    measures.look_again()

    spine.until(date(2027, 3, 16))

    look = LawLook.objects.latest("number")
    assert (EDV in look.measures, look.decisions) == (True, 1)
    last = Decision.objects.filter(measure=EDV).latest("number")
    assert (last.kind, last.ground["why"], last.amount_kopecks) == ("change", "law", 187_475)
    assert [one["month"] for one in last.ground["differences"]] == ["2027-02-01", "2027-03-01"]
    assert not cases.replay_all().differences

    spine.until(date(2027, 3, 17))
    assert Decision.objects.filter(measure=EDV).latest("number") == last
