"""Versions of КМСЗ: taken from the official messages, drafted, published, activated on a day, sent out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from kazna.contexts.egisso.classifier.content import (
    ACTIVE,
    ARCHIVE,
    DRAFT,
    FACET_TITLES,
    LENGTHS,
    PARTS_OF_RULE,
    PUBLISHED,
    STATE_NAMES,
    Content,
    Difference,
    differences,
    full_code,
    of_message,
    to_message,
)
from kazna.contexts.egisso.classifier.lists import own_content
from kazna.contexts.egisso.messages.catalogue import BY_KEY
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.egisso.messages.write import document, to_bytes
from kazna.contexts.egisso.models import ClassifierVersion
from kazna.kernel.errors import DomainError

OFFICIAL, OWN = "official", "own_"
FIRST = {"version_num": 1, "start_date": "2019-01-01T00:00:00", "document": "own_2026-01"}  # comes with the program
MOVES = {DRAFT: {PUBLISHED}, PUBLISHED: {ACTIVE, DRAFT}, ACTIVE: {ARCHIVE}, ARCHIVE: set()}


class VersionUnknown(DomainError):
    sentence = "Версии {number} классификатора нет. Откройте список версий."


class NotADraft(DomainError):
    sentence = "Версия {number} уже не черновик ({state}): её состав не меняется. Создайте новую версию."


class MoveRefused(DomainError):
    sentence = "Версию {number} ({state}) нельзя перевести в состояние «{to}»."


class CodeRefused(DomainError):
    sentence = "Код «{code}» не записан: {why}"


def take_published(message: Plain, *, on: date) -> int:
    """Store a version that came in 10.01.O; the same number again replaces it. Return the number."""
    version = message["version"]
    row, _ = ClassifierVersion.objects.update_or_create(
        source=OFFICIAL,
        number=int(version["version_num"]),
        defaults={
            "state": max(PUBLISHED, int(version["version_status"])),
            "starts_on": version["start_date"][:10],
            "ends_on": version.get("finish_date", "")[:10] or None,
            "document": version.get("document", ""),
            "note": version.get("note", ""),
            "content": of_message(version).plain(),
        },
    )
    return int(row.number)


def take_activation(message: Plain, *, on: date) -> None:
    """10.03.O: one version becomes active, the other goes to the archive."""
    for version in message["versions"]["version"]:
        ClassifierVersion.objects.filter(source=OFFICIAL, number=int(version["version_num"])).update(
            state=int(version["version_status"]),
            starts_on=version["start_date"][:10],
            ends_on=version.get("finish_date", "")[:10] or None,
        )


def all_versions() -> list[ClassifierVersion]:
    """Newest first, without their content."""
    return list(ClassifierVersion.objects.defer("content").order_by("-starts_on", "-number"))


def version(number: int, source: str = OWN) -> ClassifierVersion:
    """Raises VersionUnknown."""
    found = ClassifierVersion.objects.filter(source=source, number=number).first()
    if found is None:
        raise VersionUnknown(number=number)
    return found


def content_before(row: ClassifierVersion) -> Content:
    """The content a version is compared with: the one that began before it, or our first one."""
    before = (
        ClassifierVersion.objects.filter(starts_on__lt=row.starts_on, state__gte=PUBLISHED)
        .order_by("-starts_on")
        .first()
    )
    return Content.of_plain(before.content) if before else own_content()


def changes_of(row: ClassifierVersion) -> list[Difference]:
    return differences(content_before(row), Content.of_plain(row.content))


@transaction.atomic
def draft(*, starts_on: date, by: str, document: str = "", note: str = "") -> ClassifierVersion:
    """A new version of our own, a copy of the newest content."""
    newest = ClassifierVersion.objects.order_by("-starts_on", "-number").first()
    content = newest.content if newest else own_content().plain()
    numbers = list(ClassifierVersion.objects.filter(source=OWN).values_list("number", flat=True))
    return ClassifierVersion.objects.create(
        source=OWN, number=max(numbers, default=1) + 1, state=DRAFT, starts_on=starts_on, content=content,
        document=document, note=note, changed_by=by,
    )  # fmt: skip


@transaction.atomic
def put_code(*, number: int, facet: str, code: str, name: str, parent: str = "", by: str) -> None:
    """Add a code to a draft or rename it. Raises NotADraft, CodeRefused."""
    row = _draft(number)
    content = Content.of_plain(row.content)
    if facet not in FACET_TITLES:
        raise CodeRefused(code=code, why="такого перечня нет.")
    if not (code.isdigit() and len(code) == LENGTHS[facet]):
        raise CodeRefused(code=code, why=f"в перечне «{FACET_TITLES[facet]}» код из {LENGTHS[facet]} цифр.")
    if not name.strip():
        raise CodeRefused(code=code, why="нет наименования.")
    if parent and parent not in content.facets.get(facet, {}):
        raise CodeRefused(code=code, why=f"вышестоящего кода {parent} в перечне нет.")
    content.facets.setdefault(facet, {})[code] = {"name": name.strip(), **({"parent": parent} if parent else {})}
    _save(row, content, by)


@transaction.atomic
def put_rule(*, number: int, rule: Plain, acts: list[Plain], by: str) -> str:
    """Allow a combination in a draft; return its full code. Raises NotADraft, CodeRefused."""
    row = _draft(number)
    content = Content.of_plain(row.content)
    code = full_code(rule)
    for name, facet in zip(
        ("codePart", "codeMSZ", "codeCategory", "codeNPA", "codeFundingSource", "codeForm"),
        ("partsKMSZ", "reestrMSZ", "listCategories", "levelsNPA", "fundingSources", "provisionForms"),
        strict=True,
    ):
        if rule[name] not in content.facets.get(facet, {}):
            raise CodeRefused(code=rule[name], why=f"в перечне «{FACET_TITLES[facet]}» его нет.")
    content.rules[code] = acts
    _save(row, content, by)
    return code


@transaction.atomic
def put_rule_by_code(*, number: int, code: str, by: str) -> str:
    """Allow a combination named by its full code; its act is that of the version. Raises NotADraft, CodeRefused."""
    parts = code.strip().split(".")
    if len(parts) != len(PARTS_OF_RULE):
        raise CodeRefused(
            code=code, why="нужны шесть кодов через точку: мера, категория, уровень, источник, форма, раздел."
        )
    msz, category, level, funding, form, part = parts
    rule = {"codeMSZ": msz, "codeCategory": category, "codeNPA": level, "codeFundingSource": funding,
            "codeForm": form, "codePart": part}  # fmt: skip
    row = _draft(number)
    act = {"number": "б/н", "title": row.document or "Версия классификатора", "date": row.starts_on.isoformat(),
           "authority": "Оператор"}  # fmt: skip
    return put_rule(number=number, rule=rule, acts=[act], by=by)


@transaction.atomic
def drop_rule(*, number: int, code: str, by: str) -> None:
    """Forbid a combination in a draft. Raises NotADraft, CodeRefused."""
    row = _draft(number)
    content = Content.of_plain(row.content)
    if content.rules.pop(code, None) is None:
        raise CodeRefused(code=code, why="в перечне правил его нет.")
    _save(row, content, by)


@transaction.atomic
def move(*, number: int, to: int, by: str, source: str = OWN) -> ClassifierVersion:
    """Publish, activate or archive. Activation archives the version in force before it. Raises MoveRefused."""
    row = version(number, source)
    if to not in MOVES.get(row.state, set()):
        raise MoveRefused(number=number, state=STATE_NAMES[row.state], to=STATE_NAMES[to])
    if to == ACTIVE:
        ClassifierVersion.objects.filter(state=ACTIVE).update(
            state=ARCHIVE, ends_on=row.starts_on - timedelta(days=1), changed_by=by
        )
    row.state, row.changed_by = to, by
    row.save(update_fields=["state", "changed_by"])
    return row


def publication(row: ClassifierVersion) -> bytes:
    """10.01.O: the whole version and what changed in it."""
    content = Content.of_plain(row.content)
    kinds = {"added": "1", "changed": "2", "removed": "3"}
    modifications: Plain = {}
    for change in differences(content_before(row), content):
        rows = modifications.setdefault(change.facet, {"modification": []})["modification"]
        rows.append({"code": change.code, "type": kinds[change.kind]})
    values = {"version": {**_head(row), "facets": to_message(content)}, "modifications": modifications}
    return to_bytes(document(BY_KEY["10.01.O/1.0.3"].root, values))


def activation_of(row: ClassifierVersion) -> bytes:
    """10.03.O: the version that becomes active and the one that it replaces."""
    before = ClassifierVersion.objects.filter(starts_on__lt=row.starts_on).order_by("-starts_on").first()
    replaced = _head(before) if before else dict(FIRST)
    rows = [{**_head(row), "version_status": ACTIVE}, {**replaced, "version_status": ARCHIVE}]
    return to_bytes(document(BY_KEY["10.03.O/1.0.1"].root, {"versions": {"version": rows}}))


def _head(row: ClassifierVersion) -> Plain:
    head = {
        "version_num": row.number, "version_status": row.state, "start_date": f"{row.starts_on}T00:00:00",
        "document": row.document or "б/н",
    }  # fmt: skip
    if row.ends_on:
        head["finish_date"] = f"{row.ends_on}T00:00:00"
    if row.note:
        head["note"] = row.note
    return head


def _draft(number: int) -> ClassifierVersion:
    row = ClassifierVersion.objects.select_for_update().filter(source=OWN, number=number).first()
    if row is None:
        raise VersionUnknown(number=number)
    if row.state != DRAFT:
        raise NotADraft(number=number, state=STATE_NAMES[row.state])
    return row


def _save(row: ClassifierVersion, content: Content, by: str) -> None:
    row.content, row.changed_by = content.plain(), by
    row.save(update_fields=["content", "changed_by"])
