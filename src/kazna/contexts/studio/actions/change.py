"""Save a version, test it, remark on it, agree to it, publish it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from kazna.contexts.audit import public as audit
from kazna.contexts.audit.contracts import NewEntry
from kazna.contexts.cases.public import recounts
from kazna.contexts.measures import public as measures
from kazna.contexts.studio.actions.begin import edition_path, figures_path
from kazna.contexts.studio.contracts import (
    BackdatedEdition,
    ChangedMeanwhile,
    DraftNotFound,
    NotChangeable,
    NotReady,
)
from kazna.contexts.studio.lifecycle import AGREED, DRAFT, MAY_CHANGE, PARTS, PUBLISHED, SUPERSEDED, TESTED
from kazna.contexts.studio.models import Agreement, Draft, Remark, Version
from kazna.rules.drafting import Draft as Checked
from kazna.rules.drafting import check_draft

LONGEST = 400_000  # signs of a document
START = re.compile(r"(?m)^edition:.*?\bfrom:[ ]*(\d{4}-\d\d-\d\d)", re.DOTALL)


def locked(draft_id: UUID) -> Draft:
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise DraftNotFound
    return draft


def newest(draft: Draft) -> Version:
    return Version.objects.get(draft=draft, number=draft.version)


@transaction.atomic
def save_version(*, draft_id: UUID, seen: int, measure: str, figures: str, by: str) -> int:
    """Keep the texts as the next version; its number. The same texts make no version.

    `seen`: the version the author began from. Raises ChangedMeanwhile, NotChangeable, NotReady, DraftNotFound.
    """
    draft = locked(draft_id)
    if draft.state not in MAY_CHANGE:
        raise NotChangeable
    if len(measure) + len(figures) > LONGEST:
        raise NotReady(why=f"Текст длиннее {LONGEST} знаков; уберите лишнее.")
    measure, figures = _lines(measure), _lines(figures)
    last = newest(draft)
    if (last.measure_text, last.figures_text) == (measure, figures):
        return draft.version
    if draft.version != seen:
        raise ChangedMeanwhile(by=last.saved_by, number=draft.version)
    draft.version += 1
    draft.state = DRAFT
    checked = check_draft(measures.law_in_force(), measure, figures)
    if checked.edition is not None and checked.edition.id == draft.measure:
        draft.title, draft.first_day = checked.edition.title[:300], checked.edition.start
    draft.save()
    Version.objects.create(draft=draft, number=draft.version, measure_text=measure, figures_text=figures, saved_by=by)
    return draft.version


def _lines(text: str) -> str:
    """As files have them: browsers send line ends of another kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


@transaction.atomic
def mark_tested(*, draft_id: UUID) -> None:
    """The version is without errors, its examples hold and try every condition. Raises NotReady with what lacks."""
    draft = locked(draft_id)
    if draft.state != DRAFT:
        raise NotReady(why="Проверяют черновик; этот уже дальше.")
    version = newest(draft)
    checked = check_draft(measures.law_in_force(), version.measure_text, version.figures_text)
    _must_be_tested(draft, checked)
    draft.state = TESTED
    draft.save()


def _must_be_tested(draft: Draft, checked: Checked) -> None:
    if checked.edition is None or checked.errors:
        raise NotReady(why=f"В тексте ошибок: {len(checked.errors)}. Первая: {checked.errors[0].what}")
    if checked.edition.id != draft.measure:
        raise NotReady(why=f"Имя меры в тексте — «{checked.edition.id}», а черновик о «{draft.measure}».")
    if str(checked.edition.document.get("region") or "") != draft.region:
        raise NotReady(why="Код региона в тексте другой, чем у черновика.")
    if checked.failed:
        raise NotReady(why=f"Не сошлось примеров: {len(checked.failed)}. Первый: «{checked.failed[0].name}».")
    if not checked.is_tested:
        untried = [row.title for row in checked.covered if not row.is_tried]
        raise NotReady(why=f"Не проверено с двух сторон: {'; '.join(untried) or 'нет примеров'}.")


@transaction.atomic
def write_remark(*, draft_id: UUID, line: int, text: str, by: str) -> None:
    draft = locked(draft_id)
    if not text.strip():
        raise NotReady(why="Напишите замечание.")
    Remark.objects.create(draft=draft, version=draft.version, line=line, text=text.strip()[:4000], written_by=by)


@transaction.atomic
def agree(*, draft_id: UUID, part: str, agrees: bool, remark: str, by: str) -> None:
    """One part of the agreement; the third one makes the version agreed, a refusal makes it a draft again.

    The author agrees to nothing, and nobody answers for two parts. Raises NotReady.
    """
    draft = locked(draft_id)
    if draft.state != TESTED:
        raise NotReady(why="Согласуют проверенный черновик: сначала отметьте его проверенным.")
    if part not in PARTS:
        raise NotReady(why="Выберите, за кого вы согласуете.")
    authors = set(Version.objects.filter(draft=draft).values_list("saved_by", flat=True)) | {draft.author}
    if by in authors:
        raise NotReady(why="Вы писали этот черновик: согласовать должен другой человек.")
    if not agrees and not remark.strip():
        raise NotReady(why="Напишите, почему не согласны.")
    given = Agreement.objects.filter(draft=draft, version=draft.version)
    if given.filter(given_by=by).exists() or given.filter(part=part).exists():
        raise NotReady(why="По этой версии вы уже ответили, или за эту сторону уже ответил другой.")
    Agreement.objects.create(
        draft=draft, version=draft.version, part=part, agrees=agrees, remark=remark.strip()[:4000], given_by=by
    )
    if not agrees:
        draft.state = DRAFT
        draft.save()
    elif given.filter(agrees=True).count() == len(PARTS):
        draft.state = AGREED
        draft.save()


@transaction.atomic
def publish(*, draft_id: UUID, by: str, on: date, now: datetime, look_back: bool = False, reason: str = "") -> str:
    """Make the agreed version law from its first day; the digest of the law with it.

    `look_back`: it begins in days already lived through; awards are then counted anew by the recount of the law.
    Raises NotReady, BackdatedEdition and the refusals of `measures.publish_law`.
    """
    draft = locked(draft_id)
    if draft.state != AGREED:
        raise NotReady(why="Публикуют согласованный черновик.")
    if draft.first_day <= on:
        if not look_back:
            raise BackdatedEdition(start=f"{draft.first_day:%d.%m.%Y}", tomorrow=f"{on + timedelta(days=1):%d.%m.%Y}")
        if len(reason.strip()) < 10:
            raise NotReady(why="Напишите основание, по которому редакция действует за прошлое время.")
    version = newest(draft)
    checked = check_draft(measures.law_in_force(), version.measure_text, version.figures_text)
    _must_be_tested(draft, checked)
    texts = {edition_path(draft.measure, draft.first_day): version.measure_text}
    if version.figures_text.strip():
        texts[figures_path(draft.measure)] = version.figures_text
    digest = measures.publish_law(texts=texts, first_day=draft.first_day, by=by, reason=reason)
    Draft.objects.filter(measure=draft.measure, state=PUBLISHED).update(state=SUPERSEDED)
    draft.state, draft.published_at, draft.release = PUBLISHED, now, digest
    draft.save()
    audit.record([
        NewEntry("settle", by, "methodologist", purpose=f"Опубликована мера «{draft.title}»", thing=str(draft.id))
    ])  # fmt: skip
    if draft.first_day <= on:
        recounts.reconsider(measures_named=[draft.measure], on=on, now=now)
    return digest
