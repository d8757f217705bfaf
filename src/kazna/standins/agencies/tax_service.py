"""The tax service (ФНС): answers what employers paid to a person in a year, month by month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kazna.kernel.periods import month_start
from kazna.population import incomes
from kazna.standins.careers import Careers
from kazna.standins.documents.income_answer import Payer, write_income_answer
from kazna.standins.documents.requests import read_income_request
from kazna.standins.life import Life
from kazna.standins.parcels import Document

AGENCY = "fns"


class TaxService:
    def __init__(self, life: Life, careers: Careers) -> None:
        self.life = life
        self.careers = careers

    def answer(self, body: bytes, digest: str, day: date) -> Document:
        """The answer to one request; a person the tax service does not know has no income known."""
        request = read_income_request(body)
        person = self.life.by_snils.get(request.person.snils)
        paid = {} if person is None else self.paid(person, request.year, day)
        employers = self.life.region.employers
        payers = [
            Payer(employers.inn[employer], employers.name[employer], months)
            for employer, months in sorted(paid.items())
        ]
        return Document(f"income-{digest[:16]}.xml", write_income_answer(request, payers))

    def paid(self, person: int, year: int, day: date) -> dict[int, dict[int, int]]:
        """Kopecks by employer and month; only months that are over by `day`.

        A month with two employers is reported by the later one.
        """
        paid: dict[int, dict[int, int]] = defaultdict(dict)
        for month, kopecks in incomes(self.life.region, person, year).items():
            first = date(year, month, 1)
            employer = self.careers.employer_of_month(person, first)
            if employer is not None and first < month_start(day):
                paid[employer][month] = kopecks
        return paid
