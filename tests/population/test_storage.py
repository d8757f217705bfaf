import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kazna.population import (
    ImpossibleRegion,
    NotARegion,
    generate_region,
    load_region,
    save_region,
)
from kazna.population.addresses import UnknownRegion
from kazna.population.people import COLUMNS


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_one_seed_gives_the_same_bytes_in_another_process(tmp_path):
    save_region(generate_region(people=800, seed=3, end=date(2025, 4, 30)), tmp_path / "here")
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from kazna.population import generate_region, save_region\n"
        "save_region(generate_region(people=800, seed=3, end=date(2025, 4, 30)), Path(sys.argv[1]))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "77"}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "there")], check=True, env=environment)

    assert digests(tmp_path / "here") == digests(tmp_path / "there")


def test_another_seed_gives_other_people():
    one, two = (generate_region(people=200, seed=seed, end=date(2024, 12, 31)) for seed in (1, 2))

    assert one.people.snils.tolist() != two.people.snils.tolist()


def test_a_saved_region_comes_back_as_it_was(region, tmp_path):
    save_region(region, tmp_path)
    loaded = load_region(tmp_path)

    assert loaded.happenings == region.happenings
    assert loaded.employers == region.employers
    assert (loaded.code, loaded.name, loaded.seed) == (region.code, region.name, region.seed)
    assert (loaded.start, loaded.end) == (region.start, region.end)
    for name in COLUMNS:
        one, two = getattr(loaded.people, name), getattr(region.people, name)
        assert one.dtype == two.dtype
        assert np.array_equal(one, two, equal_nan=one.dtype.kind == "M"), name
    assert loaded.person(7) == region.person(7)


def test_happenings_are_plain_json(region):
    for happening in region.happenings:
        assert json.loads(json.dumps(happening.details)) == happening.details
        assert type(happening.person) is int
        assert happening.other is None or type(happening.other) is int


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(NotARegion):
        load_region(tmp_path)


def test_impossible_wishes_are_refused():
    with pytest.raises(ImpossibleRegion):
        generate_region(people=5)
    with pytest.raises(ImpossibleRegion):
        generate_region(people=500, start=date(2025, 1, 1), end=date(2025, 1, 5))
    with pytest.raises(UnknownRegion):
        generate_region(people=500, region_code="00")


def test_progress_is_told_to_the_end():
    told = []

    generate_region(people=150, end=date(2024, 12, 31), progress=lambda *step: told.append(step))

    assert told[-1] == ("life", 2, 2)
    assert {stage for stage, _, _ in told} > {"pyramid", "kinship", "life"}
