"""Turn documents the intake has read into facts, and settle each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.public import (
    AnswerGiven,
    AskedQuestion,
    CreditStatement,
    DocumentStatus,
    Kind,
    PersonTold,
    ReadDocument,
    Remark,
    remark,
)
from kazna.contexts.registers.book import Book
from kazna.contexts.registers.contracts import Receipt
from kazna.contexts.registers.desk import Desk, Refused
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import mentions_of
from kazna.contexts.registers.pages import close_page
from kazna.contexts.registers.save_book import Changes
from kazna.contexts.registers.statements import RECORDERS
from kazna.contexts.registers.told_days import load_told_days
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish_many

TABLES = {Kind.EMPLOYMENT, Kind.NEWBORN_SNILS, Kind.RESIDENCE}  # a bad row does not hold the others


def record_documents(documents: Sequence[ReadDocument], on: date) -> list[Receipt]:
    """Record what waits to be recorded, in the order given; inside the caller's transaction.

    A document is recorded whole or put into quarantine whole; a table row by row, with remarks about
    the rows left out. Publishes FactsChanged per document and ConflictFound.
    """
    waiting = [one for one in documents if one.status == DocumentStatus.RECEIVED]
    if not waiting:
        return [receipt(one) for one in documents]
    asked = _answered(waiting, on)
    mentions = mentions_of(s for one in waiting for s in one.statements if type(s) in RECORDERS)
    mentions.person_ids |= {question.subject_id for question in asked.values()}
    book, changes = load_book(mentions), Changes()
    if unasked := {one.agency for one in waiting if one.kind == Kind.PUSHED}:
        load_told_days(book, unasked)
    settled: dict[UUID, ReadDocument] = {}
    for one in waiting:
        settled[one.document_id] = _record(one, on, book, changes, asked.get(one.document_id))
    publish_many(changes.save())
    integration.accept(documents=[one for one in settled.values() if one.status == DocumentStatus.ACCEPTED])
    return [receipt(settled[one.document_id] if one.status == DocumentStatus.RECEIVED else one) for one in documents]


def _record(
    document: ReadDocument, on: date, book: Book, changes: Changes, question: AskedQuestion | None
) -> ReadDocument:
    desk = Desk(book, document.agency, on, subject_id=question and question.subject_id)
    book.begin()
    remarks: list[Remark] = []
    if document.kind == Kind.BASELINE:
        remarks.append(remark("baseline_apart", "архив"))
    for place, statement in enumerate((*_that_answers(document, question), *document.statements)):
        try:
            _record_statement(desk, statement)
        except Refused as refused:
            is_row = document.kind in TABLES and len(document.statements) > 1
            remarks += [_of_row(one, place) for one in refused.remarks] if is_row else refused.remarks
            if isinstance(statement, PersonTold):
                break  # what follows is about nobody we know
    is_refused = any(one.is_refusal for one in remarks)
    if is_refused:
        book.undo()
    cause = Cause(document.document_id, document.received_at)
    page = close_page(book, changes, on=on, cause=cause, seed=document.digest, claims=desk.claims)
    changes.doubts += [] if is_refused else [(doubt, page) for doubt in desk.doubts]
    if is_refused:
        integration.quarantine(document_id=document.document_id, remarks=remarks)
    status = DocumentStatus.QUARANTINED if is_refused else DocumentStatus.ACCEPTED
    return replace(document, status=status, remarks=(*document.remarks, *remarks, *desk.remarks))


def _record_statement(desk: Desk, statement: Any) -> None:
    if isinstance(statement, CreditStatement):
        return  # about money, not about people: the intake tells it on
    RECORDERS[type(statement)](desk, statement)
    if edition := getattr(statement, "act", None):
        desk.close_act(edition)


def _of_row(one: Remark, place: int) -> Remark:
    return replace(one, where=f"строка {place + 2}, {one.where}", is_refusal=False)


def _that_answers(document: ReadDocument, question: AskedQuestion | None) -> tuple[AnswerGiven, ...]:
    """An extract that answers a question does not say so itself."""
    if question is None or document.kind.is_answer:
        return ()
    return (AnswerGiven(None, question.topic, None, document.reported_on, is_present=True),)


def _answered(documents: Sequence[ReadDocument], on: date) -> dict[UUID, AskedQuestion]:
    answers = [one for one in documents if one.kind.is_answer or (one.in_reply_to and one.kind.may_answer)]
    return integration.match_answers(documents=answers, on=on) if answers else {}


def receipt(document: ReadDocument) -> Receipt:
    return Receipt(
        digest=document.digest,
        file=document.file_name,
        kind=document.kind,
        status=document.status,
        remarks=tuple(one.plain() for one in document.remarks),
        document_id=document.document_id,
    )
