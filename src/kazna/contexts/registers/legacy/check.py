"""A dry run: every row through the mapping, compared with the register and with the file itself; nothing is entered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.integration.public import IdentityDocument, PersonRef, Residence
from kazna.contexts.registers.keys import KIN, content_id
from kazna.contexts.registers.legacy import source, sql
from kazna.contexts.registers.legacy.errors import SourceRefused
from kazna.contexts.registers.legacy.mapping import LegacyMapping
from kazna.contexts.registers.legacy.rows import StagedRow, staged
from kazna.contexts.registers.legacy.settle import remark_differences
from kazna.contexts.registers.linkage.candidates import candidates
from kazna.contexts.registers.linkage.pair import told as words
from kazna.contexts.registers.models import LegacyRun
from kazna.plumbing.bulk import copy_rows

PAGE = 2_000
Progress = Callable[[str, int], None]


def columns_of(path: Path, mapping: LegacyMapping) -> list[str]:
    """Columns of the file. Raises SourceRefused when one that the mapping reads is not there."""
    heading = next(source.rows(path, mapping.file), None)
    found = list(heading.cells) if heading else []
    if lacking := sorted(mapping.columns() - set(found)):
        raise SourceRefused(name=path.name, why=f"нет столбцов: {', '.join(lacking)}; есть: {', '.join(found)[:500]}")
    return found


def preview(path: Path, mapping: LegacyMapping, count: int) -> list[StagedRow]:
    """The first rows as the mapping reads them."""
    columns_of(path, mapping)
    return [staged(row, mapping) for row in islice(source.rows(path, mapping.file), 1, count + 1)]


def check(path: Path, mapping: LegacyMapping, *, by: str, on: date, progress: Progress) -> LegacyRun:
    """Stage and judge every row; a cut-off check goes on from its last page. The same file again is the same run."""
    columns_of(path, mapping)
    digest = _digest(path)
    run, _ = LegacyRun.objects.get_or_create(
        id=content_id("legacy-run", digest, mapping.digest),
        defaults={"file_name": path.name[:200], "file_digest": digest, "mapping_digest": mapping.digest,
                  "source": mapping.source, "checked_by": by, "started_on": on},
    )  # fmt: skip
    if run.is_checked:
        return run
    lines = islice(source.rows(path, mapping.file), 1, None)
    done = run.rows_staged
    fresh = islice(lines, done, None)
    while page := list(islice(fresh, PAGE)):
        with transaction.atomic():
            _stage(run.id, [staged(row, mapping) for row in page], mapping)
            done += len(page)
            LegacyRun.objects.filter(id=run.id).update(rows_staged=done)
        progress("строки", done)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.REPEATED, {"run": run.id})
        cursor.execute(sql.TWO_BIRTHS, {"run": run.id})
        keep_out_circles(run.id)
        remark_differences(run)
        LegacyRun.objects.filter(id=run.id).update(is_checked=True)
    run.refresh_from_db()
    return run


def keep_out_circles(run_id: UUID) -> None:
    """Rows whose ties, with those of the file and of the register, would make somebody their own ancestor."""
    with connection.cursor() as cursor:
        cursor.execute(sql.TIES, {"run": run_id, "kin": list(KIN)})
        cursor.execute(sql.CIRCLES, {"run": run_id, "kin": list(KIN)})
        cursor.execute("DROP TABLE legacy_tie")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stage(run_id: UUID, rows: list[StagedRow], mapping: LegacyMapping) -> None:
    _meet_without_snils([row for row in rows if row.verdict == "accepted"])
    _compare_with_base([row for row in rows if row.verdict == "accepted"], mapping)
    copy_rows("registers_legacy_row", sql.STAGE, _copied(run_id, rows))


def _copied(run_id: UUID, rows: list[StagedRow]) -> Iterator[list[Any]]:
    for row in rows:
        people, facts = (json.dumps(one, ensure_ascii=False) for one in (row.people, row.facts))
        if row.verdict == "rejected":
            people = facts = "[]"
        yield [run_id, row.number, row.key, row.digest, row.verdict, row.remarks, people, facts, row.kopecks]


def _meet_without_snils(rows: list[StagedRow]) -> None:
    """Who has no СНИЛС is looked for as any incoming person: the one found, a doubt for an officer, or a new person."""
    lacking = [(row, person) for row in rows for person in row.people if not person.get("snils")]
    for (row, person), found in zip(lacking, candidates([_ref(person) for _, person in lacking]), strict=True):
        sure = [one for one in found if one.is_sure]
        if len(sure) == 1:
            _rename(row, person["id"], str(sure[0].person_id))
        elif found:
            row.reject("conflict", f"нет СНИЛС, похож на человека из реестра. {words(found[0].pair)}")


def _ref(person: dict[str, Any]) -> PersonRef:
    number = person.get("document_number")
    return PersonRef(
        surname=person.get("surname") or "", forename=person.get("forename") or "", patronymic=person.get("patronymic"),
        birth_date=date.fromisoformat(person["birth_date"]) if person.get("birth_date") else None, snils=None,
        sex=person.get("sex"), citizenship=None,
        document=IdentityDocument(person.get("document_code") or "21", number, None, "") if number else None,
        residence=Residence(person["address"], "", person.get("region") or "") if person.get("address") else None,
    )  # fmt: skip


def _compare_with_base(rows: list[StagedRow], mapping: LegacyMapping) -> None:
    """Conflicts with cards, facts told before, and the basic facts of people nobody knows yet."""
    people = [person for row in rows for person in row.people]
    asked = {
        "snils": [person["snils"] for person in people if person.get("snils")],
        "ids": [person["id"] for person in people],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.KNOWN, asked)
        found = cursor.fetchall()
        by_snils, by_id = {row[1]: row for row in found if row[1]}, {str(row[0]): row for row in found}
        for row in rows:
            for person in row.people:
                known = by_snils.get(person.get("snils")) or by_id.get(person["id"])
                if known is None:
                    row.facts += _basics(person, mapping)
                    continue
                _rename(row, person["id"], str(known[5] or known[0]))
                if why := _disagreement(person, known):
                    row.reject("conflict", why)
        cursor.execute(sql.TOLD_BEFORE, [[fact["id"] for row in rows for fact in row.facts]])
        told = {str(one) for (one,) in cursor.fetchall()}
    for row in rows:
        if row.verdict == "accepted" and row.facts and all(fact["id"] in told for fact in row.facts):
            row.reject("in_base", "всё это уже есть в реестре")


def _disagreement(person: dict[str, Any], known: tuple[Any, ...]) -> str:
    _, _, born, surname, forename, _ = known
    if born and person.get("birth_date") and born.isoformat() != person["birth_date"]:
        return f"СНИЛС известен с другой датой рождения ({born:%d.%m.%Y})"
    plain = str.maketrans("ёЁ", "еЕ")
    names = [(person.get(part) or "").translate(plain).lower() for part in ("surname", "forename")]
    if (
        surname
        and names != [surname.translate(plain).lower(), forename.translate(plain).lower()]
        and (names[0] != surname.translate(plain).lower() and names[1] != forename.translate(plain).lower())
    ):
        return "СНИЛС известен за человеком с другими фамилией и именем"
    return ""


def _rename(row: StagedRow, before: str, now: str) -> None:
    if before == now:
        return
    for person in row.people:
        if person["id"] == before:
            person["id"] = now
    for fact in row.facts:
        for side in ("subject_id", "object_id"):
            if fact[side] == before:
                fact[side] = now


def _basics(person: dict[str, Any], mapping: LegacyMapping) -> list[dict[str, Any]]:
    """Name, birth, sex, home and document of a new person; valid from birth, or from the day the row names."""
    born = person.get("birth_date")
    if not born:
        return []
    home = {
        "region": person.get("region"),
        "oktmo": person.get("oktmo"),
        "address": person.get("address"),
        "permanent": True,
    }
    paper = {"code": person.get("document_code") or "21", "series_number": person.get("document_number"),
             "issued_on": None, "issuer": ""}  # fmt: skip
    told = [
        ("person.name", {name: person.get(name) for name in ("surname", "forename", "patronymic")}),
        ("person.birth", {"date": born, "place": None, "act": None}),
        *([("person.sex", {"sex": person["sex"]})] if person.get("sex") else []),
        *([("person.residence", home)] if person.get("region") else []),
        *([("person.document", paper)] if person.get("document_number") else []),
    ]
    return [
        {"id": str(content_id("legacy", mapping.source, kind, person["id"], born, value)), "kind": kind,
         "subject_id": person["id"], "object_id": None, "thing": "legacy/person", "valid_from": born, "valid_to": None,
         "value": value}
        for kind, value in told
    ]  # fmt: skip
