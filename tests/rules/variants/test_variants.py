"""Drawn variants are law like any other: they pass the checks and their own examples, the same for a seed."""

from collections import Counter
from pathlib import Path

import pytest

from kazna.kernel.places import LAW
from kazna.rules import Library, load_library, run_examples
from kazna.rules.check import check_library
from kazna.rules.variants import write_variants

COUNT = 178  # two for each region


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("variants") / "law"
    assert write_variants(LAW, out, count=COUNT, seed=7) == COUNT
    return out


@pytest.fixture(scope="module")
def library(folder) -> Library:
    return load_library(folder)


def test_the_checks_find_nothing(library):
    assert check_library(library) == []


def test_own_examples_hold(library):
    assert [
        (result.measure, result.name, result.differences) for result in run_examples(library) if not result.ok
    ] == []


def test_every_region_has_its_share(library):
    regions = Counter(editions[0].document["region"] for editions in library.measures.values())

    assert set(regions) == set(library.facts["person.region"].labels)
    assert set(regions.values()) == {2}


def test_all_seven_amount_rules_occur(library):
    assert len({editions[0].document["code"] for editions in library.measures.values()}) == 7


def test_municipal_variants_name_their_municipality(tmp_path):
    out = tmp_path / "law"
    write_variants(LAW, out, count=89 * 9, seed=7)
    municipal = sorted(path.name for path in (out / "measures").glob("m*"))

    assert len(municipal) == 89
    assert len({name.partition("-")[0] for name in municipal}) == 89


def test_the_same_seed_gives_the_same_bytes_and_another_others(folder, tmp_path):
    write_variants(LAW, tmp_path / "same", count=COUNT, seed=7)
    write_variants(LAW, tmp_path / "other", count=COUNT, seed=8)

    assert texts(tmp_path / "same") == texts(folder)
    assert texts(tmp_path / "other") != texts(folder)


def texts(law: Path) -> dict[str, str]:
    return {str(path.relative_to(law)): path.read_text("utf-8") for path in law.rglob("*.yaml")}


def test_a_folder_with_files_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("")

    with pytest.raises(FileExistsError):
        write_variants(LAW, tmp_path, count=1, seed=1)


def test_shared_conditions_are_shared(library):
    used = Counter(name for editions in library.measures.values() for name in editions[0].document.get("uses", ()))

    assert used["large_family_of_region"] > 10
