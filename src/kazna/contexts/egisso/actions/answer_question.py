"""Answers to questions of the album: the minimum (10.23.I), a classifier (10.02.I), what was assigned (10.18.I)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import connection

from kazna.contexts.egisso.classifier.content import Content, to_message
from kazna.contexts.egisso.classifier.lists import own_content, own_lists
from kazna.contexts.egisso.facts.statement import statement
from kazna.contexts.egisso.messages.catalogue import BY_KEY, Message
from kazna.contexts.egisso.messages.read import NotReadable, open_message
from kazna.contexts.egisso.messages.shape import Plain, to_theirs
from kazna.contexts.egisso.messages.tables import album
from kazna.contexts.egisso.messages.write import document, to_bytes
from kazna.contexts.egisso.models import ClassifierVersion, ListCode
from kazna.kernel.errors import DomainError

MINIMUM = """
    SELECT card FROM egisso_record
    WHERE kind = 'minimum' AND removed_on IS NULL AND card->>'oktmo' = %s
        AND make_date((card->>'year')::int, (card->>'quarter')::int * 3 - 2, 1) <= %s
    ORDER BY (card->>'year')::int DESC, (card->>'quarter')::int DESC LIMIT 1
"""
WHOLE, PERIODS = "010", "022"  # tClsCode


class NoAnswer(DomainError):
    sentence = "На сообщение {message} эта команда не отвечает; она отвечает на 10.23.I, 10.02.I и 10.18.I."


def answer_question(source: bytes | Path, *, on: date) -> bytes:
    """The official answer. Raises NoAnswer for another message, NotReadable, NotAMessage for a strange file."""
    head, records = open_message(source)
    (record,) = records
    give = ANSWERS.get(head.message.key)
    if give is None:
        raise NoAnswer(message=head.message.key)
    if record.faults:
        raise NotReadable(what=str(record.faults[0]))
    message = BY_KEY[head.message.key]
    return to_bytes(document(_response(message), give(record.ours, on)))


def _response(message: Message):  # type: ignore[no-untyped-def]
    return album(message.file).root(f"{{{message.namespace}}}response")


def _minimum(question: Plain, on: date) -> Plain:
    asked = question["requestData"]
    with connection.cursor() as cursor:
        cursor.execute(MINIMUM, [asked["oktmo"], asked["date"]])
        found = cursor.fetchone()
    if found is None:
        return {"data": {"message": f"Прожиточный минимум для {asked['oktmo']} на {asked['date']} не установлен"}}
    mapping = BY_KEY["10.22.I/1.0.1"].kinds["livingwage"].mapping
    return {"data": {"livingwage": to_theirs(json.loads(found[0]), mapping)}}


def _classifier(question: Plain, on: date) -> Plain:
    code = question["classifierCode"]
    if code == PERIODS:
        loaded = list(ListCode.objects.filter(list="periodicity").values_list("code", "name").order_by("code"))
        rows = loaded or [(row[1], row[2]) for row in own_lists() if row[0] == "periodicity"]
        began = "2019-01-01T00:00:00"
        periods = [{"code": one, "title": name, "start_date": began} for one, name in rows]
        return {"classifierCode": code, "verPeriods": {"periodicity": periods}}
    if code != WHOLE:
        return {"classifierCode": code}
    row = ClassifierVersion.objects.filter(state=5, starts_on__lte=on).order_by("-source", "-starts_on").first()
    content = Content.of_plain(row.content) if row else own_content()
    head = {
        "version_num": row.number if row else 1, "version_status": 5,
        "start_date": f"{row.starts_on if row else '2019-01-01'}T00:00:00",
        "document": (row.document if row else "") or "own_",
    }  # fmt: skip
    return {"classifierCode": code, "verKMSZ": {**head, "facets": to_message(content)}}


ANSWERS: dict[str, Callable[[Plain, date], Plain]] = {"10.23.I/1.0.1": _minimum, "10.02.I/1.0.3": _classifier,
                                                          "10.18.I/1.0.1": statement}  # fmt: skip
