"""Participants and how they load: what the supervision of suppliers asks of the register."""

from kazna.contexts.egisso.actions.answer_application import application_answer
from kazna.contexts.egisso.actions.keep_body import (
    applications,
    bodies,
    body,
    close_body,
    next_code,
    points,
    put_body,
    put_point,
    set_certificates,
)
from kazna.contexts.egisso.facts.loading import (
    Holding,
    LoadedWeek,
    holdings,
    loaded_by_week,
    measures_without_facts,
)

__all__ = [
    "Holding",
    "LoadedWeek",
    "application_answer",
    "applications",
    "bodies",
    "body",
    "close_body",
    "holdings",
    "loaded_by_week",
    "measures_without_facts",
    "next_code",
    "points",
    "put_body",
    "put_point",
    "set_certificates",
]
