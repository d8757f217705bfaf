"""Awards of the former register are facts from the first day, in the shape that later awards have."""

from datetime import date

import pytest
from tests.contexts.registers.family import FATHER, MOTHER, UNCLE, card, facts, load_family, person

from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
ELDER = person("Берёзова", "Вера", "F", date(2020, 6, 1), 900000088)
CERTIFICATE = ("Б-1", MOTHER.snils, ELDER.snils, "ru-maternity-capital", 46_661_700, ELDER.birth_date, None)
PENSION = ("Б-2", UNCLE.snils, None, "ru-old-age-pension", 2_345_678, date(2020, 3, 1), date(2026, 3, 1))
CITY = ("Б-3", MOTHER.snils, ELDER.snils, "r77-large-family-cost-of-living", 178_200, date(2021, 1, 1), None)


def load(tmp_path, *awards):
    return load_family(tmp_path, people=(MOTHER, FATHER, UNCLE, ELDER), awards=awards)


def test_a_certificate_points_from_the_mother_at_the_child(tmp_path):
    load(tmp_path, CERTIFICATE)

    (fact,) = facts(MOTHER, "measure.assigned")
    assert (fact.object_id, fact.thing, fact.source) == (card(ELDER).person_id, "Б-1", "sfr")
    assert (fact.valid_from, fact.valid_to) == (ELDER.birth_date, None)
    assert fact.value == {
        "measure": "ru-maternity-capital", "amount_kopecks": 46_661_700, "decision": None,
        "period": "once", "level": "federal", "steps": {},
    }  # fmt: skip


def test_a_pension_is_of_one_person_and_ends_before_its_last_column(tmp_path):
    load(tmp_path, PENSION)

    (fact,) = facts(UNCLE, "measure.assigned")
    assert (fact.object_id, fact.valid_to, fact.value["period"]) == (None, date(2026, 3, 1), "month")
    assert fact.holds_on(date(2026, 2, 28)) and not fact.holds_on(date(2026, 3, 1))


def test_two_awards_of_one_person_are_two_facts(tmp_path):
    load(tmp_path, CERTIFICATE, CITY)

    assert [fact.value["level"] for fact in facts(MOTHER, "measure.assigned")] == ["federal", "region"]


def test_an_award_to_a_stranger_stops_the_load(tmp_path):
    with pytest.raises(registers.BaselineRefused, match="нет в таблице persons: 1"):
        load(tmp_path, ("Б-4", "00000000000", None, "ru-old-age-pension", 1, date(2020, 1, 1), None))


def test_ids_are_found_by_snils_at_once(tmp_path, django_assert_num_queries):
    load(tmp_path)

    with django_assert_num_queries(1):
        found = registers.ids_by_snils(iter([MOTHER.snils, UNCLE.snils, "", "00000000000"]))

    assert found == {one.snils: card(one).person_id for one in (MOTHER, UNCLE)}
