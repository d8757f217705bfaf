"""Begin a draft: a measure from a pattern or from another region's, or the next edition of one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.card import REGULATIONS, with_card
from kazna.contexts.studio.contracts import BadStart, MeasureTaken
from kazna.contexts.studio.lifecycle import DRAFT
from kazna.contexts.studio.models import Draft, Version
from kazna.rules.skeleton import Draft as Beginning
from kazna.rules.skeleton import skeleton

IDENTITY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REGION = re.compile(r"\d\d")
MODES = {"automatic": "proactive_decision", "offered": "proactive_notice"}


@transaction.atomic
def begin_draft(
    *, measure: str, title: str, region: str, unit: str, first_day: date, pattern: str, like: str, by: str
) -> UUID:
    """`pattern`: a typical regulation; `like`: id of a measure whose text is taken instead, or empty.

    Raises BadStart, MeasureTaken.
    """
    if IDENTITY.fullmatch(measure) is None or len(measure) > 80:
        raise BadStart(why="Имя меры — строчные латинские буквы, цифры и дефисы, например r77-school-kit.")
    if region and REGION.fullmatch(region) is None:
        raise BadStart(why="Код региона — две цифры, например 77.")
    library = measures.law_in_force()
    if measure in library.measures or Draft.objects.filter(measure=measure).exclude(state="superseded").exists():
        raise MeasureTaken(measure=measure)
    if like:
        text, figures = _like(like, measure, title, region, first_day), ""
    else:
        level = "region" if region else "federal"
        texts = skeleton(Beginning(measure, title.replace('"', "«"), level, region, unit, first_day))
        text, figures = texts[edition_path(measure, first_day)], texts[figures_path(measure)]
        if pattern in REGULATIONS:
            mode = MODES.get(pattern, "application")
            text, figures = with_card(text, figures, {"regulation": pattern, "mode": mode})
    return _add(measure, title, region, first_day, like or pattern, by, text, figures)


@transaction.atomic
def begin_edition(*, measure: str, first_day: date, by: str) -> UUID:
    """The next edition of a measure: the text of the newest one from another day. Raises BadStart."""
    library = measures.law_in_force()
    editions = library.measures.get(measure)
    if not editions:
        raise BadStart(why=f"Меры «{measure}» нет.")
    newest = editions[-1]
    if newest.start >= first_day:
        raise BadStart(why=f"Последняя редакция начинается {newest.start:%d.%m.%Y}: выберите день после неё.")
    text = _text(measures.law_folder(), edition_path(measure, newest.start))
    text = re.sub(r"(?m)(^edition:[^\n]*?\bfrom:[ ]*)\d{4}-\d\d-\d\d", rf"\g<1>{first_day}", text, count=1)
    text = re.sub(r"(?m)(^edition:[^\n]*?\bto:[ ]*)\d{4}-\d\d-\d\d", r"\g<1>null", text, count=1)
    figures = _text(measures.law_folder(), figures_path(measure))
    region = str(newest.document.get("region") or "")
    return _add(measure, newest.title, region, first_day, f"{measure} {newest.start}", by, text, figures)


def _add(
    measure: str, title: str, region: str, first_day: date, begun_from: str, by: str, text: str, figures: str
) -> UUID:
    draft = Draft.objects.create(
        id=uuid4(), measure=measure, title=title[:300], region=region, first_day=first_day,
        begun_from=begun_from[:120], state=DRAFT, author=by,
    )  # fmt: skip
    Version.objects.create(draft=draft, number=1, measure_text=text, figures_text=figures, saved_by=by)
    return draft.id


def _like(other: str, measure: str, title: str, region: str, first_day: date) -> str:
    """Another measure's newest text under the new name, region and day; what names its region is changed too."""
    library = measures.law_in_force()
    editions = library.measures.get(other)
    if not editions:
        raise BadStart(why=f"Меры «{other}», с которой начать, нет.")
    text = _text(measures.law_folder(), edition_path(other, editions[-1].start))
    was = str(editions[-1].document.get("region") or "")
    text = re.sub(r"(?m)^measure:.*$", f"measure: {measure}", text, count=1)
    text = re.sub(r"(?m)^exclusions:.*$", f"exclusions: [{measure}]", text, count=1)
    text = re.sub(r"(?m)(^edition:[^\n]*?\bfrom:[ ]*)\d{4}-\d\d-\d\d", rf"\g<1>{first_day}", text, count=1)
    text = re.sub(r"(?m)(^edition:[^\n]*?\bto:[ ]*)\d{4}-\d\d-\d\d", r"\g<1>null", text, count=1)
    text = re.sub(r"(?m)^[ ]+launched:.*\n", "", text)
    if was and region:
        text = re.sub(rf"(['\"]){was}\1", rf"\g<1>{region}\g<1>", text)
    text, _ = with_card(text, "", {"title": title, "short_title": title, "code": "ЗАПОЛНИТЕ: код меры в реестре"})
    return with_card(text, "", {"act": "ЗАПОЛНИТЕ: акт вашего региона"})[0]


def _text(folder: Path, path: str) -> str:
    place = folder / path
    return place.read_text("utf-8") if place.exists() else ""


def edition_path(measure: str, first_day: date) -> str:
    return f"measures/{measure}/{first_day}.yaml"


def figures_path(measure: str) -> str:
    return f"parameters/{measure.replace('-', '_')}.yaml"
