"""`kazna doctor`: what is wrong with the set-up and how to mend it."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

import click

from kazna.cli.output import as_json, say
from kazna.kernel.places import FORMATS, LAW, VAR

ENOUGH_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, whether it is well, how to mend it when not."""

    check: str
    ok: bool
    detail: str
    mend: str = ""


@click.command()
@as_json
def doctor(as_json: bool) -> None:
    """Check Python, packages, disk, law, formats, database and its migrations. Exit code 0: all is well."""
    findings = [_careful(name, check) for name, check in CHECKS.items()]

    def human() -> None:
        for finding in findings:
            click.echo(f"{'✓' if finding.ok else '✗'} {finding.check}: {finding.detail}")
            if not finding.ok:
                click.echo(f"    Что сделать: {finding.mend}")

    say([{"check": f.check, "ok": f.ok, "detail": f.detail, "mend": f.mend} for f in findings], human, as_json)
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


def _careful(name: str, check: Callable[[], Finding]) -> Finding:
    """A check that breaks is itself a finding: the doctor must reach the end."""
    try:
        return check()
    except Exception as problem:
        return Finding(name, False, f"{type(problem).__name__}: {problem}", "make setup; если не помогло — make reset")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), version, "поставьте Python 3.11 или новее")


def _packages() -> Finding:
    missing = []
    for requirement in importlib.metadata.requires("kazna") or []:
        if "extra ==" in requirement:
            continue
        name = requirement.split(";")[0].split("[")[0].split(">")[0].split("<")[0].split("=")[0].strip()
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    return Finding("Пакеты", not missing, ", ".join(missing) or "все на месте", "make setup")


def _disk() -> Finding:
    VAR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(VAR).free
    return Finding("Место на диске", free > ENOUGH_BYTES, f"{free // 1024**2} МБ", "освободите не меньше 2 ГБ")


def _law() -> Finding:
    from kazna.rules import load_library
    from kazna.rules.check import check_library

    problems = [p for p in check_library(load_library(LAW)) if p.severity == "error"]
    return Finding("Правила", not problems, f"ошибок {len(problems)}", "kazna law check покажет место и причину")


def _formats() -> Finding:
    missing = [name for name in ("xsd/egisso", "xsd/smev_vs") if not (FORMATS / name).is_dir()]
    return Finding("Форматы", not missing, ", ".join(missing) or "схемы на месте", "верните папку formats/ из git")


def _database() -> Finding:
    from kazna.cli.database import open_database

    open_database()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    return Finding("База данных", True, f"PostgreSQL {version}", "")


def _migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding("Миграции", not plan, f"не применено {len(plan)}", "kazna serve применит их при запуске")


def _stuck() -> Finding:
    from kazna.plumbing.deliver import stuck

    count = stuck()
    return Finding("Очередь", not count, f"застрявших событий {count}", "откройте монитор: /monitor/ назовёт причину")


CHECKS: dict[str, Callable[[], Finding]] = {
    "Python": _python,
    "Пакеты": _packages,
    "Место на диске": _disk,
    "Правила": _law,
    "Форматы": _formats,
    "База данных": _database,
    "Миграции": _migrations,
    "Очередь": _stuck,
}
