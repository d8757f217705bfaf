"""The sign-in service knows the personas of a world as its own register would."""

import json
from pathlib import Path

from tests.standins.village import END, START

from kazna.standins.esia.people import of_world
from kazna.standins.world import generate_world


def test_personas_of_a_world_have_accounts(tmp_path: Path):
    generate_world(tmp_path, people=400, seed=1, start=START, end=END)

    people = json.loads(json.dumps(of_world(tmp_path)))

    assert people
    assert all(one["birthDate"][2] == one["birthDate"][5] == "." for one in people)
    assert [one["trusted"] for one in people].count(False) == 1
