"""The whole spine in one process, day by day: facts are told, the worker works, nobody is at the screen."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from tests.factories.people import cause, enter_person

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Award
from kazna.contexts.registers import public as registers
from kazna.plumbing import daily
from kazna.plumbing.deliver import drain
from kazna.plumbing.models import Delivery

__all__ = ["Spine"]


class Spine:
    """Time starts on `day` and goes forward only."""

    def __init__(self, day: date) -> None:
        registers.load_kinds()
        self.day = day
        self._numbers = iter(range(100_000_001, 999_999_999, 1_111_111))

    def person(self, name: str = "Анна", born: date = date(1985, 6, 1), sex: str = "F", *, job: bool = False) -> UUID:
        surname = "Смирнова" if sex == "F" else "Смирнов"
        return enter_person(next(self._numbers), surname, name, "Сергеевна", born, sex, on=self.day, job=job)

    def tell(
        self,
        kind: str,
        person_id: UUID,
        since: date,
        value: dict | None = None,
        *,
        thing: str = "",
        until: date | None = None,
        about: UUID | None = None,
        source: str = "fri",
    ) -> None:
        """A source states a fact; the same `thing` again corrects what it said before."""
        told = registers.NewFact(kind, person_id, about, thing or kind, since, until, value or {})
        registers.report([told], source=source, on=self.day, cause=cause(self.day))
        self.work()

    def disabled(self, person_id: UUID, group: str, since: date, until: date | None = None, act: str = "1") -> None:
        value = {"group": group, "from_childhood": False, "cause": "general", "act": act}
        self.tell("disability", person_id, since, value, thing=f"act/{act}", until=until)

    def dies(self, person_id: UUID, on: date) -> None:
        self.tell("person.death", person_id, on, {"date": on.isoformat(), "act": "1"}, source="zags")

    def work(self) -> None:
        """Everything there is to do today."""
        drain()
        for task in daily.pending(self.day):
            daily.perform(task, self.day)
            drain()
        stuck = Delivery.objects.filter(handled_at=None).values_list("consumer", "error").first()
        assert stuck is None, stuck

    def until(self, day: date, *, daily_work: bool = True) -> None:
        """Live on to a day; without daily work only that day is worked."""
        while self.day < day:
            self.day = self.day + timedelta(days=1) if daily_work else day
            self.work()

    def awards(self, person_id: UUID, measure: str) -> list[Award]:
        found = Award.objects.filter(recipient_id=person_id, measure=measure).select_related("stop")
        return list(found.order_by("ordinal"))

    def live(self, person_id: UUID) -> dict[str, int]:
        """Kopecks by measure of what is in force today."""
        return {
            award.measure: award.amount_kopecks
            for award in cases.awards_of(person_id=person_id)
            if award.recipient_id == person_id and award.is_live(self.day)
        }
