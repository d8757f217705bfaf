"""The project's own server survives being killed."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from kazna.plumbing import postgres


@pytest.fixture
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("server")
    for part in (path, *path.parents[:2]):
        part.chmod(0o755)
    yield path
    postgres.stop(path, mode="immediate")


def test_a_killed_server_starts_again_with_what_was_committed(folder: Path):
    server = postgres.start(folder)
    with psycopg.connect(server.url(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(int((folder / "data" / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)

    again = postgres.start(folder)

    with psycopg.connect(again.url(database="postgres")) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_starting_a_running_server_changes_nothing(folder: Path):
    assert postgres.start(folder) == postgres.start(folder)
    assert postgres.is_running(folder)


def test_processes_that_note_the_server_at_once_do_not_trip(tmp_path):
    server, note = postgres.Server(5432, {"kazna": "слово"}), tmp_path / "server.json"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: postgres._write_note(note, server), range(400)))

    assert [path.name for path in tmp_path.iterdir()] == ["server.json"]
    assert postgres.read_note(tmp_path) == server
