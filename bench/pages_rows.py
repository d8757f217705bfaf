"""What each page of each role makes the database read: rows and blocks by statement, by the plans it really used.

KAZNA_VAR=var .venv/bin/python bench/pages_rows.py [--only WORD] [--rows 400] [--blocks 1500] [--each 2]

Needs a database filled by bench/country_of_pages.py; twenty thousand people are enough, for a page may read a page of
rows or a kept sum, never rows in proportion to a table. Pages are asked in this process with the powers of the web's
role; every SELECT is run once more under EXPLAIN (ANALYZE, BUFFERS). Prints statements above the bounds, the worst
first, with the scan that read most; and pages that did not answer 200. Load does not change what it finds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pages import _addresses
from pages_of_roles import LOGINS, PAGES, ids, ids_of

from kazna.cli.database import open_database

READS = re.compile(r"^\s*\(?\s*(SELECT|WITH)\b", re.IGNORECASE)
WRITES = re.compile(r"set_config|audit_append|nextval|pg_notify|\b(INSERT|UPDATE|DELETE)\b")


@dataclass(frozen=True, slots=True)
class Read:
    """One statement of one page: rows its scans touched, blocks, the scan that touched most."""

    page: str
    statement: str
    rows: int
    blocks: int
    worst: str


class Watch:
    """Wraps the connection's statements; what each reads is noted under the page that is being asked."""

    def __init__(self) -> None:
        self.page, self.reads, self._explains = "", [], False  # type: ignore[var-annotated]

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        told = execute(sql, params, many, context)
        text = str(sql)
        if self.page and not (self._explains or many) and READS.match(text) and not WRITES.search(text):
            self._explains = True
            try:
                with context["connection"].cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}", params)
                    plan = cursor.fetchone()[0]
            finally:
                self._explains = False
            plan = json.loads(plan) if isinstance(plan, str) else plan
            self.reads.append(_read(self.page, text, plan[0]["Plan"]))
        return told


def _read(page: str, text: str, plan: dict[str, Any]) -> Read:
    scans = sorted((_touched(one), _named(one)) for one in _nodes(plan) if _is_scan(one))
    blocks = plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)
    return Read(
        page,
        re.sub(r"\s+", " ", text).strip(),
        sum(rows for rows, _ in scans),
        blocks,
        f"{scans[-1][1]}: {scans[-1][0]}" if scans else "",
    )


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for one in plan.get("Plans", []):
        yield from _nodes(one)


def _is_scan(node: dict[str, Any]) -> bool:
    return "Scan" in node["Node Type"] and node["Node Type"] not in ("Subquery Scan", "CTE Scan", "Bitmap Index Scan")


def _touched(node: dict[str, Any]) -> int:
    each = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(each * node["Actual Loops"])


def _named(node: dict[str, Any]) -> str:
    told = node.get("Index Name", "") or node.get("Function Name", "")
    return f"{node['Node Type']} {node.get('Relation Name', '')} {told}".strip()


def _as_web() -> None:
    """From here on the web's role asks, as row security has it."""
    from urllib.parse import urlparse

    from django.db import connection

    from kazna.config.database import FOLDER
    from kazna.plumbing import postgres
    from kazna.plumbing.rowsecurity import WEB_ROLE

    url = urlparse(postgres.read_note(FOLDER).url(WEB_ROLE))
    connection.close()
    connection.settings_dict |= {"USER": url.username, "PASSWORD": url.password}


def watched(only: str, each: int, password: str) -> tuple[list[Read], list[str]]:
    """Ask so many addresses of every page by two accounts of a role; what was read, what did not answer."""
    from django.db import connection
    from django.test import Client

    known = ids()
    logins = {role: LOGINS.get(role, [role])[:2] for role in PAGES}
    own = {login: ids_of(login) for found in logins.values() for login in found}
    _as_web()
    watch, wrong = Watch(), []
    with connection.execute_wrapper(watch):
        for role, pages in PAGES.items():
            for login in logins[role]:
                client = Client(SERVER_NAME="127.0.0.1")
                if login and client.post("/login/", {"login": login, "password": password}).status_code != 302:
                    print(f"no account {login}")
                    continue
                told = {**known, **own[login]}
                for page in (one for one in pages if only in one):
                    names = re.findall(r"{(\w+)}", page)
                    if not all(told.get(name) for name in names):
                        print(f"{login or 'open'} {page}: nothing of the kind")
                        continue
                    for address in islice(_addresses(page, names, told), each):
                        watch.page = f"{role or 'open'} {page}"
                        status = client.get(address).status_code
                        watch.page = ""
                        if status not in (200, 302):
                            wrong.append(f"{role or 'open'} {address}: {status}")
    return watch.reads, wrong


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="")
    options.add_argument("--rows", type=int, default=400)
    options.add_argument("--blocks", type=int, default=1500)
    options.add_argument("--each", type=int, default=2)
    options.add_argument("--password", default="kazna-demo")
    options.add_argument("--wide", type=int, default=300, help="characters of a statement to print")
    chosen = options.parse_args()
    os.environ.setdefault("KAZNA_CLOCK", "stored")
    open_database()
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    reads, wrong = watched(chosen.only, chosen.each, chosen.password)
    _tell(reads, chosen.rows, chosen.blocks, chosen.wide)
    print(*wrong, sep="\n")
    print(f"{len({one.page for one in reads})} pages, {len(reads)} statements, {len(wrong)} answers that failed")


def _tell(reads: list[Read], rows: int, blocks: int, wide: int) -> None:
    """Each statement once, with the page where it read most and how many pages ask it."""
    worst: dict[str, Read] = {}
    pages: dict[str, set[str]] = {}
    for one in reads:
        pages.setdefault(one.statement, set()).add(one.page)
        if (
            one.statement not in worst
            or one.rows + one.blocks > worst[one.statement].rows + worst[one.statement].blocks
        ):
            worst[one.statement] = one
    dear = [one for one in worst.values() if one.rows > rows or one.blocks > blocks]
    for one in sorted(dear, key=lambda one: -(one.rows + one.blocks)):
        others = len(pages[one.statement]) - 1
        print(f"{one.rows:9,} rows {one.blocks:8,} blocks {one.page}" + (f" and {others} more" if others else ""))
        print(f"    {one.worst}\n    {one.statement[:wide]}")


if __name__ == "__main__":
    main()
