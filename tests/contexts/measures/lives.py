"""Random families of which random things of every kind are told."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from kazna.contexts.registers.contracts import Fact
from kazna.rules import Library

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLAIN = {"person.birth", "person.death", "family.parent", "family.marriage", "family.birth_details"}
REQUIRED = {"region_reference", "tie"}  # derivations that rely on the path being said


class Lives:
    """Facts of `families` families; a seed, the same lives."""

    def __init__(self, library: Library, seed: int, families: int, on: date, *, told: int = 60) -> None:
        self.library, self.on, self.told = library, on, told
        self.chance = random.Random(seed)
        self.facts: list[Fact] = []
        self.people: list[UUID] = []
        self.kinds = self._values()
        for _ in range(families):
            self._family()

    def _values(self) -> dict[str, list[tuple[str, Any]]]:
        """Kind → (path, definition) of each vocabulary fact kept under it."""
        found: dict[str, list[tuple[str, Any]]] = {}
        for fact in self.library.facts.values():
            found.setdefault(fact.plain["kind"], []).append((str(fact.plain.get("path", "")), fact))
            answered = (fact.plain.get("derive") or {}).get("answered_by")
            if answered:
                found.setdefault(answered, [])
            registered = (fact.plain.get("derive") or {}).get("registered_by")
            if registered:
                found.setdefault(registered, [])
        return {kind: told for kind, told in found.items() if kind not in PLAIN}

    def _new(self) -> UUID:
        person = UUID(int=self.chance.getrandbits(128), version=4)
        self.people.append(person)
        return person

    def _day(self, years: float = 4) -> date:
        return self.on + timedelta(days=self.chance.randint(int(-365 * years), 200))

    def say(self, kind: str, subject: UUID, value: dict[str, Any], other: UUID | None = None,
            start: date | None = None, end: date | None = None) -> None:  # fmt: skip
        start = start or self._day()
        if end is None and self.chance.random() < 0.4:
            end = start + timedelta(days=self.chance.randint(0, 900))
        self.facts.append(
            Fact(
                UUID(int=self.chance.getrandbits(128), version=4),
                len(self.facts) + 1,
                kind,
                subject,
                other,
                "",
                start,
                end,
                value,
                "test",
                None,
                self._day(1),
                NOW,
            )
        )

    def _born(self, person: UUID, ages: tuple[int, int]) -> None:
        born = self.on - timedelta(days=self.chance.randint(ages[0] * 365, ages[1] * 366))
        if self.chance.random() < 0.95:
            self.say("person.birth", person, {"date": born.isoformat()}, start=born, end=None)
        if self.chance.random() < 0.1:
            died = born + timedelta(days=self.chance.randint(0, 365 * 20))
            self.say("person.death", person, {"date": died.isoformat()}, start=died)

    def _family(self) -> None:
        chance = self.chance
        mother, father = self._new(), self._new()
        for parent in (mother, father):
            self._born(parent, (17, 70))
        if chance.random() < 0.7:
            start = self._day(8)
            self.say("family.marriage", mother, {}, father, start)
            self.say("family.marriage", father, {}, mother, start)
        children = [self._new() for _ in range(chance.choice((0, 1, 1, 2, 3, 5)))]
        for number, child in enumerate(children, 1):
            self._child(child, number, mother, father)
        everybody = [mother, father, *children]
        for _ in range(self.told):
            self._something(chance.choice(everybody), everybody)

    def _child(self, child: UUID, number: int, mother: UUID, father: UUID) -> None:
        chance = self.chance
        self._born(child, (0, 24))
        if chance.random() < 0.95:
            self.say("family.parent", child, {"role": "mother"}, mother)
        if chance.random() < 0.75:
            self.say("family.parent", child, {"role": chance.choice(("father", "father", "adoptive"))}, father)
        if chance.random() < 0.5:
            self.say("family.birth_details", child, {"live": True, "order": chance.choice((None, number))})

    def _something(self, person: UUID, everybody: list[UUID]) -> None:
        chance = self.chance
        kind = chance.choice(
            [
                *self.kinds,
                "income.entrepreneur",
                "income.self_employed",
                "tax.self_employed",
                "tax.entrepreneur",
                "person.residence",
                "person.citizenship",
                "income",
                "pension",
                "measure.assigned",
                "application",
            ]
        )
        value = {
            path: self._said(fact)
            for path, fact in self.kinds.get(kind, ())
            if path and not self._is_yearly(fact) and (self._name(fact) in REQUIRED or chance.random() < 0.8)
        }
        other = chance.choice([None, *everybody])
        value |= self._special(kind)
        for fact in (one for _, one in self.kinds.get(kind, ())):
            for key, allowed in ((fact.plain.get("derive") or {}).get("where") or {}).items():
                if chance.random() < 0.7:
                    value[key] = chance.choice([*allowed, "другое"])
        self.say(kind, person, value, other)

    def _special(self, kind: str) -> dict[str, Any]:
        chance = self.chance
        measure = chance.choice(sorted(self.library.measures))
        match kind:
            case "measure.assigned":
                value = {"measure": measure, "amount_kopecks": chance.randrange(0, 5_000_000), "period": "month"}
                if chance.random() < 0.6:
                    value["indexed"] = chance.choice(({}, {"2026-01-01": 12_345}, {"2025-01-01": 11, "2026-04-01": 22}))
                if chance.random() < 0.3:
                    months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
                    value["months"] = {month: chance.choice((0, 1_234_567)) for month in chance.sample(months, 14)}
                return value | {
                    "level": chance.choice(("federal", "region")),
                    "steps": {"basis": chance.choice((1, True))},
                }
            case "application" | "consent":
                return {"measure": measure}
            case "pension":
                return {"type": chance.choice(("old_age", "disability", "social", "survivor", "insurance")),
                        "amount_kopecks": chance.randrange(0, 3_000_000)}  # fmt: skip
            case "person.citizenship":
                return {
                    "oksm": chance.choice(("643", "643", "643", "051")),
                    "by_birth": chance.choice((True, False, None)),
                }
            case "person.residence":
                return {
                    "address": chance.choice(("", *(f"дом {n}" for n in range(1, 7)))),
                    "region": chance.choice(("77", "53")),
                }
            case "income.entrepreneur":
                kopecks = chance.choice((0, 1, 7_654_321, None))
                return {"year": chance.choice((2024, 2025, 2025, 2026)), "kopecks": kopecks}
            case "income.self_employed":
                return self._year(kind) | {"registered": chance.choice((True, False))}
            case _:
                return self._year(kind) if any(path == "year" or self._is_yearly(one) for path, one in
                                              self.kinds.get(kind, ())) else {}  # fmt: skip

    @staticmethod
    def _name(fact: Any) -> str:
        return str((fact.plain.get("derive") or {}).get("name", "value"))

    def _is_yearly(self, fact: Any) -> bool:
        return self._name(fact) in ("window_sum", "window_count", "series", "registered_sum", "registered_series")

    def _year(self, kind: str) -> dict[str, Any]:
        value: dict[str, Any] = {"year": self.chance.choice((2024, 2025, 2025, 2026))}
        for path, fact in self.kinds[kind]:
            if not self._is_yearly(fact):
                continue
            derive = fact.plain.get("derive") or {}
            for name in filter(None, (path, derive.get("otherwise_path"))):
                months = [f"{month:02}" for month in range(1, 13) if self.chance.random() < 0.8]
                if self.chance.random() < 0.8:
                    value[name] = {month: self.chance.randrange(0, 9_000_000) for month in months}
                else:
                    value.pop(name, None)
            if derive.get("year_path") and self.chance.random() < 0.5:
                value[derive["year_path"]] = self.chance.randrange(0, 9_000_000)
        return value

    def _said(self, fact: Any) -> Any:
        chance, plain = self.chance, fact.plain
        match plain["type"]:
            case "bool":
                return chance.choice((True, False))
            case "date":
                return self._day(20).isoformat()
            case "enum":
                return chance.choice([*fact.type.values, "нет такого"])
            case "rate":
                return chance.choice(("1", "1.5", "0.25", "2.3"))
            case "series":
                return None
            case _:
                return chance.choice((0, 1, 2, 3, 7, 100, 1_500_000, 9_000_000))
