"""The door of the portal: news, open data, the support desk, agencies' requests for data."""

from kazna.contexts.portal.actions.answer import (
    TERMS,
    NotYourself,
    QuarterNotPublished,
    RequestDecided,
    TicketAnswered,
    answer_of,
    answer_ticket,
    ask,
    decide_request,
    enter_request,
    write_news,
)
from kazna.contexts.portal.actions.publish_data import QuarterRefused, passport, publish_data, written
from kazna.contexts.portal.queries import Execution, dataset, datasets, execution, news, requests, tickets

__all__ = [
    "TERMS",
    "Execution",
    "NotYourself",
    "QuarterNotPublished",
    "QuarterRefused",
    "RequestDecided",
    "TicketAnswered",
    "answer_of",
    "answer_ticket",
    "ask",
    "dataset",
    "datasets",
    "decide_request",
    "enter_request",
    "execution",
    "news",
    "passport",
    "publish_data",
    "requests",
    "tickets",
    "write_news",
    "written",
]
