"""Read a measure file: keys, citations, expressions; every problem is noted and reading goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.measure import Citation, Condition, Formula, Measure, Step
from kazna.rules.documents.passport import read_passport
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.steps import ordered_steps
from kazna.rules.documents.tables import Table, read_tables
from kazna.rules.language.nodes import Node
from kazna.rules.language.scope import Scope
from kazna.rules.language.tokens import RESERVED
from kazna.rules.language.types import Kind, Type
from kazna.rules.language.typing import typed
from kazna.rules.problems import near_miss

KEYS = [
    "measure",
    "code",
    "title",
    "short_title",
    "kind",
    "level",
    "region",
    "region_fact",
    "form",
    "decided_for",
    "paid_to",
    "period",
    "edition",
    "law",
    "governing_date",
    "parameters",
    "tables",
    "steps",
    "conditions",
    "amount",
    "term",
    "exclusions",
    "passport",
    "tests",
    "notes",
    "unclear",
]
KINDS = [
    "PENSION",
    "PENSION_SUPPLEMENT",
    "BENEFIT",
    "MONTHLY_CASH",
    "COMPENSATION",
    "SUBSIDY",
    "INSURANCE",
    "CERTIFICATE",
    "DISCOUNT",
    "IN_KIND",
    "SERVICE",
    "CONTRACT",
    "TAX_REFUND",
]
LEVELS = ("federal", "region", "municipality")
FORMS = ("cash", "in_kind", "service", "certificate")
UNITS = ("person", "child", "deceased")
PERIODS = ("once", "month", "year")
CONDITION_KEYS = ("id", "title", "when", "law", "place", "since", "until", "otherwise_ask", "refusal", "notes")
LAW_KEYS = ("act", "place", "edition", "verified", "short", "source", "notes")
REGION_FACTS = {"person": "person.region", "child": "applicant.region", "deceased": "applicant.region"}


@dataclass(slots=True)
class MeasureReading:
    """Reads one document against the names of the library."""

    findings: Findings
    entry: Entry
    scope: Scope
    shared_tables: Mapping[str, Table]

    def read(self) -> Measure | None:
        """The measure, or None when nothing usable is there (the reasons are noted)."""
        before = len(self.findings.problems)
        if not self.findings.only_keys(self.entry, KEYS, "мера"):
            return None
        identity = self.findings.text(self._needed("measure"))
        self._words()
        laws = self._laws()
        start, end = self._edition()
        tables = self._tables()
        unit = self.findings.text(self.entry.get("decided_for"))
        region = self.findings.text(self.entry.get("region_fact")) or REGION_FACTS.get(unit)
        parameters = self._parameters()
        scopes = {name: table.scope for name, table in tables.items()}
        self.scope = replace(self.scope, tables=scopes, region_fact=region)
        governing = self._governing()
        steps = self._steps(laws)
        self.scope = replace(self.scope, steps={step.name: step.node.type for step in steps})
        conditions = self._conditions(laws)
        amount = self._formula("amount", "value", Kind.MONEY, laws)
        term_from, term_to = self._term(laws)
        choices = read_passport(self.findings, self.entry, lambda when: self._typed(when, self.scope, Kind.BOOL))
        tests = self.entry.get("tests")
        errors = any(problem.severity == "error" for problem in self.findings.problems[before:])
        if errors or start is None or governing is None or not identity:
            return None
        return Measure(
            id=identity,
            title=self.findings.text(self.entry.get("title")),
            short_title=self.findings.text(self.entry.get("short_title"))
            or self.findings.text(self.entry.get("title")),
            start=start,
            end=end,
            law=laws,
            governing=governing,
            region_fact=region,
            steps=steps,
            conditions=conditions,
            amount=amount,
            term_from=term_from,
            term_to=term_to,
            parameters=parameters,
            tables=tables,
            choices=choices,
            tests=tuple(tests.parts()) if tests else (),
            scope=self.scope,
            place=self.entry.place,
            plain=self.entry.plain(),
        )

    def _needed(self, key: str) -> Entry | None:
        return self.findings.needed(self.entry, key, "мера")

    def _words(self) -> None:
        vocabularies = (
            ("kind", KINDS),
            ("level", LEVELS),
            ("form", FORMS),
            ("decided_for", UNITS),
            ("period", PERIODS),
        )
        for key, words in vocabularies:
            self.findings.word(self._needed(key), words)
        for key in ("title", "code", "paid_to"):
            self.findings.text(self._needed(key))
        if self.entry.get("level") and self.findings.text(self.entry.get("level")) != "federal":
            self.findings.text(self._needed("region"))

    def _laws(self) -> dict[str, Mapping[str, object]]:
        section = self._needed("law")
        laws: dict[str, Mapping[str, object]] = {}
        for key, law in section.items() if section else []:
            if self.findings.only_keys(law, LAW_KEYS, f"закон «{key}»"):
                self.findings.text(self.findings.needed(law, "act", f"закон «{key}»"))
                laws[key] = law.plain()
        return laws

    def _edition(self) -> tuple[date | None, date | None]:
        edition = self._needed("edition")
        if edition is None or not self.findings.only_keys(edition, ("from", "to", "text"), "редакция"):
            return None, None
        start = self.findings.day(self.findings.needed(edition, "from", "редакция"))
        end = self.findings.day(edition.get("to"))
        if start and end and end < start:
            self.findings.add(
                edition.place, "dates_order", "Редакция кончается раньше, чем началась.", what_to_do="Исправьте даты."
            )
        return start, end

    def _tables(self) -> dict[str, Table]:
        section = self.entry.get("tables")
        own = read_tables(self.findings, section) if section else {}
        for name in own:
            self._check_free(name, own[name].place.line, section)
        return {**self.shared_tables, **own}

    def _check_free(self, name: str, _line: int, section: Entry | None) -> None:
        """Own tables and steps may not hide a shared name or a word of the language."""
        taken = {**self.scope.parameters, **self.shared_tables, **self.scope.relations}
        if section is not None and (name in taken or name in RESERVED or not name.isidentifier()):
            place = section.key_places.get(name, section.place)
            self.findings.add(
                place, "name_taken", f"Имя «{name}» занято или не годится.", what_to_do="Выберите другое, латиницей."
            )

    def _parameters(self) -> tuple[str, ...]:
        section = self.entry.get("parameters")
        listed = self.findings.words(section)
        for part in section.parts() if section else []:
            name = self.findings.text(part)
            if name not in self.scope.parameters:
                advice = near_miss(name, self.scope.parameters)
                self.findings.add(part.place, "unknown_name", f"Параметра «{name}» нет.", what_to_do=advice)
        return tuple(listed)

    def _governing(self) -> Node | None:
        entry = self._needed("governing_date")
        return self._typed(entry, replace(self.scope, has_governing_date=False), Kind.DATE) if entry else None

    def _typed(self, entry: Entry, scope: Scope, kind: Kind | None) -> Node | None:
        if type(entry.value) is date:
            node, mistakes = typed(entry.value.isoformat(), scope)
        else:
            node, mistakes = typed(self.findings.text(entry), scope)
        self.findings.add_mistakes(entry, mistakes)
        if node is None or mistakes:
            return None
        if kind is not None and node.type.kind is not kind:
            self.findings.add(
                entry.place, "result_kind", f"Здесь нужно: {kind.value}, а получается: {node.type.kind.value}.",
                what_to_do="Проверьте выражение.",
            )  # fmt: skip
            return None
        return node

    def _steps(self, laws: Mapping[str, object]) -> tuple[Step, ...]:
        section = self.entry.get("steps")
        steps: list[Step] = []
        types: dict[str, Type] = {}
        for name, entry in ordered_steps(self.findings, section) if section else []:
            self._check_free(name, 0, section)
            what = f"шаг «{name}»"
            value = self.findings.needed(entry, "value", what)
            node = self._typed(value, replace(self.scope, steps=types), None) if value else None
            title = self.findings.text(self.findings.needed(entry, "title", what))
            if node is not None:
                types[name] = node.type
                steps.append(Step(name, title, node, self._citation(entry, laws), entry.place))
        return tuple(steps)

    def _conditions(self, laws: Mapping[str, object]) -> tuple[Condition, ...]:
        section = self._needed("conditions")
        found: dict[str, Condition] = {}
        for entry in section.parts() if section else []:
            condition = self._condition(entry, laws)
            if condition is not None and condition.id in found:
                self.findings.add(
                    entry.place, "name_taken", f"Условие «{condition.id}» уже есть.", what_to_do="Дайте другое id."
                )
            elif condition is not None:
                found[condition.id] = condition
        return tuple(found.values())

    def _condition(self, entry: Entry, laws: Mapping[str, object]) -> Condition | None:
        if not self.findings.only_keys(entry, CONDITION_KEYS, "условие"):
            return None
        identity = self.findings.text(self.findings.needed(entry, "id", "условие"))
        what = f"условие «{identity}»"
        title = self.findings.text(self.findings.needed(entry, "title", what))
        when = self.findings.needed(entry, "when", what)
        self._cited(entry, what)
        node = self._typed(when, self.scope, Kind.BOOL) if when else None
        since, until = self.findings.day(entry.get("since")), self.findings.day(entry.get("until"))
        if node is None or when is None:
            return None
        return Condition(
            identity, title, node, self._citation(entry, laws), since, until,
            self.findings.text(entry.get("otherwise_ask")), self.findings.text(entry.get("refusal")), when.place,
        )  # fmt: skip

    def _cited(self, entry: Entry, what: str) -> None:
        if entry.get("law") is None:
            self.findings.add(
                entry.place, "no_citation", f"Нет ссылки на закон: {what}.",
                "Человек вправе знать, откуда это требование.",
                "Добавьте law: с ключом из раздела law.",
            )  # fmt: skip

    def _citation(self, entry: Entry, laws: Iterable[str]) -> Citation:
        section = entry.get("law")
        keys = self.findings.words(section)
        for key in keys:
            if section is not None and key not in laws:
                self.findings.add(
                    section.place, "unknown_law", f"В разделе law нет «{key}».", what_to_do=near_miss(key, laws)
                )
        return Citation(tuple(keys), self.findings.text(entry.get("place")))

    def _formula(self, key: str, value: str, kind: Kind, laws: Mapping[str, object]) -> Formula | None:
        entry = self.entry.get(key)
        if entry is None:
            if self.findings.text(self.entry.get("form")) in ("cash", "certificate"):
                self._needed(key)
            return None
        if not self.findings.only_keys(entry, ("title", "law", "place", "value", "notes"), "сумма"):
            return None
        self._cited(entry, "сумма")
        given = self.findings.needed(entry, value, "сумма")
        node = self._typed(given, self.scope, kind) if given else None
        if node is None or given is None:
            return None
        if not node.type.is_whole:
            self.findings.add(
                given.place, "not_rounded", "Сумма может получиться с долями копейки.",
                "Закон платит целыми копейками, и правило округления должно быть названо.",
                "Оберните её: round_half_up(…, 1).",
            )  # fmt: skip
        return Formula(self.findings.text(entry.get("title")), node, self._citation(entry, laws), given.place)

    def _term(self, laws: Mapping[str, object]) -> tuple[Formula | None, Formula | None]:
        entry = self.entry.get("term")
        if entry is None:
            return None, None
        self.findings.only_keys(entry, ("law", "place", "from", "to", "title", "notes"), "срок")
        self._cited(entry, "срок")
        self.findings.needed(entry, "from", "срок")
        ends: list[Formula | None] = []
        for key in ("from", "to"):
            given = entry.get(key)
            node = self._typed(given, self.scope, Kind.DATE) if given else None
            formula = Formula("", node, self._citation(entry, laws), given.place) if node and given else None
            ends.append(formula)
        return ends[0], ends[1]
