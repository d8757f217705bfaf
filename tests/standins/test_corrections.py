"""Corrections and repetitions: the same act, a newer version, the same bytes for the same version."""

from __future__ import annotations

import pytest
from lxml import etree
from tests.standins.schemas import assert_valid

from kazna.population import Region
from kazna.standins import naming
from kazna.standins.agencies import civil_registry
from kazna.standins.agencies.civil_registry import CivilRegistry
from kazna.standins.life import Life


@pytest.fixture
def registry(village: Region, monkeypatch: pytest.MonkeyPatch) -> CivilRegistry:
    """A registry that mends every act and repeats every act."""
    monkeypatch.setattr(naming, "CORRECTED_SHARE", 1)
    monkeypatch.setattr(civil_registry, "REPEATED_SHARE", 1)
    return CivilRegistry(Life(village))


def versions(registry: CivilRegistry, kind: str) -> list[etree._Element]:
    act = registry.life.of_kind[kind][0]
    corrected_on = naming.correction_day(registry.seed, act)
    documents = [registry.writers[kind](act, 1), *registry.corrections_of(corrected_on)]
    for document in documents:
        assert_valid(document.body)
    return [etree.fromstring(document.body) for document in documents]


def test_a_corrected_birth_keeps_the_act_and_mends_the_name(registry: CivilRegistry) -> None:
    first, second = versions(registry, "birth")

    numbers = [each[0].get("НомерЗапис") for each in (first, second)]
    names = [next(each.iter("{*}ФИОРожд")).findtext("{*}Имя") for each in (first, second)]
    assert numbers[0] == numbers[1]
    assert first.get("ИдСвед") != second.get("ИдСвед")
    assert names == ["Марния", "Мария"]
    assert [len(list(each.iter("{*}СведИспрАГС"))) for each in (first, second)] == [0, 1]


def test_a_corrected_death_has_a_new_version_and_the_right_day(registry: CivilRegistry) -> None:
    first, second = versions(registry, "death")

    assert [each[0].get("НомерВерс") for each in (first, second)] == ["1", "2"]
    assert [next(each.iter("{*}ДатаСмертКаленд")).text for each in (first, second)] == ["2025-02-28", "2025-03-01"]


def test_a_repetition_is_the_same_bytes(registry: CivilRegistry) -> None:
    death = registry.life.of_kind["death"][0]

    [again] = registry.repetitions_of(registry.repeats_on(death))

    assert again == registry.death(death, 1)
