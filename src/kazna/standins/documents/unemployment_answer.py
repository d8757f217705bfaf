"""The employment service's answer on registration as unemployed, message SZNResponse 1.0.1."""

from __future__ import annotations

from datetime import date

from kazna.kernel.periods import Period
from kazna.standins.documents.requests import UnemploymentRequest
from kazna.standins.documents.tree import Vocabulary, to_bytes

HERE = Vocabulary("http://se2.data.service.smev.pfr.ru/SZN/1.0.1")
PREFIXES = {"szn": HERE.namespace}
SERVICE_TITLE = "Служба занятости населения"


def write_unemployment_answer(request: UnemploymentRequest, periods: list[Period], *, answered_on: date) -> bytes:
    """Periods as unemployed, their ends inclusive; СНИЛС and DateQuery repeat the request."""
    person = request.person
    message = HERE.root("SZNResponse", prefixes=PREFIXES)
    HERE(message, "LastName", person.surname)
    HERE(message, "FirstName", person.forename)
    if person.patronymic:
        HERE(message, "MiddleName", person.patronymic)
    HERE(message, "Snils", person.snils)
    if person.birth_date:
        HERE(message, "BirthDate", person.birth_date)
    HERE(message, "DateQuery", request.asked_on)
    HERE(message, "PresenceData", "true" if periods else "false")
    if periods:
        registered = HERE(message, "RegistrationAccountPeriods")
        for period in periods:
            unemployed = HERE(HERE(registered, "RegistrationAccountPeriod"), "AsTheUnemployed")
            HERE(unemployed, "DateStart", period.start)
            if period.last_day:
                HERE(unemployed, "DateEnd", period.last_day)
    HERE(message, "NameOrgSZN", SERVICE_TITLE)
    HERE(message, "DateFormationData", answered_on)
    return to_bytes(message)
