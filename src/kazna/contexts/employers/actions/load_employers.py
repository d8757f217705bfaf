"""Take in a file of extracts: pages of records, each written by a few statements; a cut-off load goes on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from django.db import connection, transaction

from kazna.contexts.employers.adapters import egrul
from kazna.contexts.employers.contracts import EmployerRecord, Loaded, Wrong

PAGE = 2_000
MOST_WRONG = 1_000  # kept in the report
LOCK = "SELECT pg_advisory_xact_lock(7301)"
EDITIONS = """
    WITH told AS (
        SELECT DISTINCT ON (ogrn, as_of, digest) * FROM jsonb_to_recordset(%(rows)s::jsonb)
            AS r(n int, ogrn text, as_of date, told jsonb, digest text)
        ORDER BY ogrn, as_of, digest, n
    ), entered AS (
        INSERT INTO employers_edition (ogrn, as_of, told, digest, file_name)
        SELECT ogrn, as_of, told, digest, %(file)s FROM told ORDER BY n
        ON CONFLICT DO NOTHING RETURNING ogrn, as_of
    )
    SELECT count(*) FILTER (WHERE e.ogrn IS NULL), count(*) FILTER (WHERE entered.as_of >= e.as_of),
        count(*) FILTER (WHERE entered.as_of < e.as_of)
    FROM entered LEFT JOIN employers_employer e ON e.ogrn = entered.ogrn
"""
CURRENT = """
    INSERT INTO employers_employer
        (ogrn, inn, kpp, is_entrepreneur, name, sort_key, region, okved, registered_on, removed_on, as_of)
    SELECT DISTINCT ON (x.ogrn) x.ogrn, x.told->>'inn', x.told->>'kpp', (x.told->>'is_entrepreneur')::bool,
        x.told->>'name', btrim(translate(lower(x.told->>'name'), 'ё«»"', 'е')), x.told->>'region',
        coalesce(x.told->'okveds'->>0, ''), (x.told->>'registered_on')::date, (x.told->>'removed_on')::date, x.as_of
    FROM employers_edition x WHERE x.ogrn = ANY(%s)
    ORDER BY x.ogrn, x.as_of DESC, x.id DESC
    ON CONFLICT (ogrn) DO UPDATE SET inn = EXCLUDED.inn, kpp = EXCLUDED.kpp, name = EXCLUDED.name,
        sort_key = EXCLUDED.sort_key, region = EXCLUDED.region, okved = EXCLUDED.okved,
        registered_on = EXCLUDED.registered_on, removed_on = EXCLUDED.removed_on, as_of = EXCLUDED.as_of
    WHERE (employers_employer.as_of, employers_employer.name) IS DISTINCT FROM (EXCLUDED.as_of, EXCLUDED.name)
        OR employers_employer.removed_on IS DISTINCT FROM EXCLUDED.removed_on
"""


def load_employers(path: Path, *, progress: Callable[[int], None] = lambda done: None) -> Loaded:
    """A page is a transaction, so a cut-off load keeps its pages and a repeated one changes nothing.

    Raises EmployersRefused where the file breaks off.
    """
    counts: Counter[str] = Counter()
    wrong: list[Wrong] = []
    for page in _pages(egrul.read(path)):
        good = [one for one in page if isinstance(one, EmployerRecord)]
        bad = [one for one in page if isinstance(one, Wrong)]
        wrong += bad[: MOST_WRONG - len(wrong)]
        counts += _write(good, path.name)
        counts["records"] += len(page)
        progress(counts["records"])
    return Loaded(counts["records"], counts["new"], counts["changed"], counts["older"], counts["same"], tuple(wrong))


def _pages(records: Iterator[EmployerRecord | Wrong]) -> Iterator[list[EmployerRecord | Wrong]]:
    page: list[EmployerRecord | Wrong] = []
    for record in records:
        page.append(record)
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


@transaction.atomic
def _write(records: list[EmployerRecord], file_name: str) -> Counter[str]:
    if not records:
        return Counter()
    rows = []
    for n, record in enumerate(records):
        told = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True, default=str)
        digest = hashlib.sha256(told.encode()).hexdigest()
        rows.append(
            {"n": n, "ogrn": record.ogrn, "as_of": str(record.as_of), "told": json.loads(told), "digest": digest}
        )
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(EDITIONS, {"rows": json.dumps(rows, ensure_ascii=False), "file": file_name[:200]})
        new, changed, older = cursor.fetchone()
        cursor.execute(CURRENT, [sorted({record.ogrn for record in records})])
    return Counter(new=new, changed=changed, older=older, same=len(records) - new - changed - older)
