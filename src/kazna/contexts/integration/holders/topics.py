"""Everything we may ask other agencies about, by agency and topic; the topic "" is the agency's oldest question."""

from __future__ import annotations

from collections.abc import Iterable

from kazna.contexts.integration.holders import (
    civil_acts,
    defence,
    education,
    entrepreneurs,
    insurance_payers,
    interior,
    medicine,
    prisons,
    real_estate,
    self_employed,
    traffic_police,
)
from kazna.contexts.integration.holders.topic import Topic
from kazna.contexts.integration.writers import agency_requests

INCOME = Topic(
    "fns", "", "доходы от налоговых агентов", "/fns/income", agency_requests.INCOME_SCHEMA,
    agency_requests.income_request,
)  # fmt: skip
UNEMPLOYMENT = Topic(
    "szn", "", "учёт безработного", "/szn/unemployment", agency_requests.UNEMPLOYMENT_SCHEMA,
    agency_requests.unemployment_request,
    correlate=lambda request_id, question: f"{question.person.snils}/{question.about}",
)  # fmt: skip


def _by_key(topics: Iterable[Topic]) -> dict[tuple[str, str], Topic]:
    return {(one.agency, one.name): one for one in topics}


TOPICS = _by_key(
    (
        INCOME,
        UNEMPLOYMENT,
        *civil_acts.TOPICS,
        *interior.TOPICS,
        *traffic_police.TOPICS,
        *entrepreneurs.TOPICS,
        *insurance_payers.TOPICS,
        *self_employed.TOPICS,
        *real_estate.TOPICS,
        *defence.TOPICS,
        *prisons.TOPICS,
        *education.TOPICS,
        *medicine.TOPICS,
    )
)
