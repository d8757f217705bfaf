"""A Spark cluster of two workers, one of them killed while it works, decides what this process decides."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pyarrow.parquet as pq
import pytest
from tests.contexts.determination.slowly import begun, decide_slowly
from tests.contexts.measures.lives import Lives

from kazna.contexts.determination import engines
from kazna.contexts.measures.columns.part import law_of
from kazna.contexts.measures.columns.store import table_of
from kazna.contexts.measures.public import Decided, Part, decide_part
from kazna.kernel.places import LAW

needs_java = pytest.mark.skipif(
    shutil.which("java") is None,
    reason="Java не найдена: проверка на Spark пропущена (поставьте default-jre-headless).",
)
ON, FEW, PARTS = date(2026, 3, 1), ("ru-birth-grant", "ru-old-age-pension"), ("53", "77")
ROOT = Path(__file__).parents[3]
PATH = f"{ROOT / 'src'}{os.pathsep}{ROOT}"


def parts(folder: Path, out: Path) -> list[Part]:
    found, library = [], law_of(LAW)
    for seed, code in enumerate(PARTS):
        facts, people = folder / f"{code}-facts.parquet", folder / f"{code}-people.parquet"
        if not facts.exists():
            lives = Lives(library, seed, 4, ON)
            pq.write_table(table_of(lives.facts), facts)
            duckdb.sql(f"SELECT DISTINCT subject_id AS id FROM '{facts}'").write_parquet(str(people))
        out.mkdir(exist_ok=True)
        found.append(Part(code, (facts,), (people,), ON, LAW, out / code, {}, FEW, threads=1))
    return found


@pytest.fixture
def cluster(tmp_path):
    """A standalone master and two workers of one core each; each worker a process group of its own."""
    sparks = Path(pytest.importorskip("pyspark").__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "SPARK_HOME": str(sparks),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONPATH": PATH,
        "PYSPARK_PYTHON": sys.executable,
    }
    running = []

    def start(name: str, *words: str) -> subprocess.Popen[bytes]:
        command = [str(sparks / "bin/spark-class"), f"org.apache.spark.deploy.{name}", *words]
        log = (tmp_path / f"{name}-{len(running)}.log").open("wb")
        told = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        log.close()
        running.append(told)
        return told

    master = f"spark://127.0.0.1:{port}"
    start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    works = ["--cores", "1", "--memory", "1g", "--host", "127.0.0.1", "--webui-port", "0", "--work-dir"]
    workers = [start("worker.Worker", *works, str(tmp_path / f"work-{n}"), master) for n in range(2)]
    yield SimpleNamespace(master=master, workers=workers)
    for one in running:
        kill(one)


def kill(process: subprocess.Popen[bytes]) -> None:
    """The worker with its executors, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.executorEnv.PYTHONPATH": PATH,
    "spark.executorEnv.DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", ""),
    "spark.pyspark.python": sys.executable,
}


@needs_java
def test_a_killed_worker_changes_nothing(tmp_path, cluster):
    mine = by_code(engines.here(decide_part, parts(tmp_path, tmp_path / "here"), 1))
    there = parts(tmp_path, tmp_path / "there")

    def kill_one() -> None:
        while begun(tmp_path / "there") < 2:
            time.sleep(0.1)
        kill(cluster.workers[0])
        (tmp_path / "there" / "go").touch()

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    found = by_code(engines.on_spark(decide_slowly, there, cluster.master, SETTINGS))

    assert begun(tmp_path / "there") > len(PARTS)  # what the killed worker had begun was begun again
    assert found == mine
    for code in PARTS:
        for name in ("rights.parquet", "awards.parquet", "new.parquet"):
            assert rows(tmp_path / "there" / code / name) == rows(tmp_path / "here" / code / name)


def by_code(done: Iterable[tuple[Part, Decided]]) -> dict[str, Decided]:
    return {part.code: told for part, told in done}


def rows(path: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"SELECT * FROM '{path}' ORDER BY ALL").fetchall()


def test_without_pyspark_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(engines.SparkNotInstalled, match="Spark не установлен"):
        list(engines.on_spark(len, ["x"], "local", {}))
