"""Conditions of variants. Each tells facts with which it just holds and facts with which it alone fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

ON = date(2025, 6, 16)  # the day of every example
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Criterion:
    """`uses`: shared definitions named in `when`. `given`, `broken`: see above; `broken` replaces `given`."""

    id: str
    title: str
    when: str
    given: Facts
    broken: Facts
    uses: tuple[str, ...] = ()
    counted: str = ""  # a definition that counts the children concerned
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Children of an age. `inside`, `outside`: birth dates of one who counts and one who does not, both minors."""

    id: str
    title: str
    definition: str
    inside: date
    outside: date


BANDS = (
    Band("infant", "Есть ребёнок до полутора лет", "variant_infants", date(2023, 12, 17), date(2023, 12, 16)),
    Band("toddler", "Есть ребёнок до трёх лет", "variant_toddlers", date(2022, 6, 17), date(2022, 6, 16)),
    Band("preschool", "Есть ребёнок от трёх до семи лет", "variant_preschool", date(2018, 6, 17), date(2018, 6, 16)),
    Band("pupil", "Есть ребёнок от семи до 18 лет", "variant_pupils", date(2018, 6, 16), date(2018, 6, 17)),
)
COUNTS = {2: "двое", 3: "трое", 4: "четверо", 5: "пятеро"}


def of_children(band: Band | None, count: int) -> list[Criterion]:
    """At least one child of the band, or at least `count` children; both when both are asked for.

    Three children and more is the large family of the region's own rule.
    """
    filler = band.outside if band else date(2014, 3, 1)
    first = band.inside if band else filler
    given = {"own_child": [_child(first), *[_child(filler)] * (count - 1)]}
    found = []
    if band is not None:
        broken = {"own_child": [_child(band.outside)] * count}
        found.append(Criterion(band.id, band.title, f"{band.definition} >= 1", given, broken, (band.definition,),
                               counted=band.definition))  # fmt: skip
    if count > 1:
        fewer = {"own_child": given["own_child"][: count - 1]}
        large = count == 3
        definition = "large_family_of_region" if large else "variant_minors"
        when = definition if large else f"variant_minors >= {count}"
        title = "Семья многодетная" if large else f"В семье {COUNTS[count]} и больше детей"
        found.append(Criterion("children", title, when, given, fewer, (definition,), counted="variant_minors"))
    return found


def _child(born: date) -> dict[str, Any]:
    return {"tie": "child", "birth_date": born, "alive": True, "custody_lost": False, "full_state_support": False,
            "full_time_student": False}  # fmt: skip


AGES = (
    Criterion("age", "Достигнут прежний пенсионный возраст: 55 лет женщинам, 60 мужчинам", "variant_pensioner",
              {"person.sex": "M", "person.birth_date": date(1965, 6, 16)},
              {"person.sex": "M", "person.birth_date": date(1965, 6, 17)}, ("variant_pensioner",)),
    Criterion("age", "Исполнилось 70 лет", "age(person.birth_date, application.date) >= 70",
              {"person.birth_date": date(1955, 6, 16)}, {"person.birth_date": date(1955, 6, 17)}),
    Criterion("age", "Исполнилось 80 лет", "age(person.birth_date, application.date) >= 80",
              {"person.birth_date": date(1945, 6, 16)}, {"person.birth_date": date(1945, 6, 17)}),
    Criterion("age", "Возраст от 18 до 35 лет", "age(person.birth_date, application.date) between 18 and 35",
              {"person.birth_date": date(1989, 6, 17)}, {"person.birth_date": date(1989, 6, 16)}),
)  # fmt: skip
STATUSES = (
    Criterion("status", "Ветеран труда", "labour_veteran.status",
              {"labour_veteran.status": True}, {"labour_veteran.status": False}),
    Criterion("status", "Ветеран боевых действий", "person.edv_other_ground = 'combat_veteran'",
              {"person.edv_other_ground": "combat_veteran"}, {"person.edv_other_ground": "none"}),
    Criterion("status", "Участник специальной военной операции", "gas.svo_participant",
              {"gas.svo_participant": True}, {"gas.svo_participant": False}),
    Criterion("status", "Семья признана малоимущей", "family.low_income_recognised",
              {"family.low_income_recognised": True}, {"family.low_income_recognised": False}),
    Criterion("status", "Ухаживает за ребёнком-инвалидом", "gas.cares_for_disabled_child",
              {"gas.cares_for_disabled_child": True}, {"gas.cares_for_disabled_child": False}),
)  # fmt: skip
DISABILITIES = (
    Criterion("disability", "Инвалид первой группы", "person.disability_group = 'I'",
              {"person.disability_group": "I"}, {"person.disability_group": "II"}),
    Criterion("disability", "Инвалид первой или второй группы", "person.disability_group in {'I', 'II'}",
              {"person.disability_group": "II"}, {"person.disability_group": "III"}),
    Criterion("disability", "Установлена инвалидность", "variant_disabled",
              {"person.disability_group": "III"}, {"person.disability_group": "none"}, ("variant_disabled",)),
)  # fmt: skip
INCOMES = {  # definition → how many minimums, in words
    "variant_poor_10": (Decimal("1"), "прожиточного минимума"),
    "variant_poor_15": (Decimal("1.5"), "полутора минимумов"),
    "variant_poor_20": (Decimal("2"), "двух минимумов"),
}


def of_income(definition: str, minimum: int) -> Criterion:
    """The income of a year per head is not above the minimum taken so many times; kopecks a month."""
    times, words = INCOMES[definition]
    limit = Decimal(minimum) * 12 * times / 100
    return Criterion(
        "income", f"Доход на человека не выше {words}", definition,
        family(limit), family(limit + Decimal("0.01")), (definition,),
        refusal=f"Доход на человека в семье выше {words}.",
    )  # fmt: skip


def family(income: Decimal) -> dict[str, Any]:
    """A family of one with this income of a year, roubles."""
    return {
        "member": [{"tie": "applicant", "birth_date": date(1990, 1, 1), "mobilised": False, "income_12m": income}],
    }


def of_residence(months: int) -> Criterion:
    """Has lived in the region so many months."""
    year, month = divmod(ON.year * 12 + ON.month - 1 - months, 12)
    since = date(year, month + 1, ON.day)
    later = since.replace(day=since.day + 1)
    return Criterion(
        "settled", f"Живёт в регионе не меньше {months} месяцев",
        f"add_months(variant.resident_since, {months}) <= application.date",
        {"variant.resident_since": since}, {"variant.resident_since": later},
        refusal="В регионе прожито меньше, чем требует закон региона.",
    )  # fmt: skip


def of_place(region: str, municipality: str = "", *, other: str = "") -> Criterion:
    """Lives in the region, or in the municipality of it; `other`: a municipality that does not count."""
    here = {"person.region": region, "person.residence_permanent": True}
    if not municipality:
        elsewhere = {**here, "person.residence_permanent": False}
        when = f"person.region = '{region}' and person.residence_permanent"
        return Criterion("place", "Постоянно живёт в регионе", when, here, elsewhere)
    given, broken = {**here, "variant.municipality": municipality}, {**here, "variant.municipality": other}
    return Criterion(
        "place", "Живёт в муниципальном образовании", f"variant.municipality = '{municipality}'", given, broken
    )
