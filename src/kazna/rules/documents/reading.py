"""Take typed values out of entries, noting every problem and going on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kazna.rules.documents.entries import Entry
from kazna.rules.language.tokens import FIRST_YEAR, LAST_YEAR, Mistake
from kazna.rules.problems import Place, Problem, Severity, near_miss


@dataclass(slots=True)
class Findings:
    """Problems gathered while documents are read."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        place: Place,
        code: str,
        what: str,
        why: str = "",
        what_to_do: str = "",
        severity: Severity = "error",
    ) -> None:
        self.problems.append(Problem(place, code, what, why, what_to_do, severity))

    def add_mistakes(self, entry: Entry, mistakes: Iterable[Mistake]) -> None:
        """Mistakes of an expression, each at its own place in the file; the same one is noted once."""
        for mistake in mistakes:
            place = entry.place_inside(mistake.position)
            problem = Problem(place, mistake.code, mistake.what, mistake.why, mistake.what_to_do)
            if problem not in self.problems:
                self.problems.append(problem)

    def add_once(self, place: Place, code: str, what: str, why: str = "", what_to_do: str = "") -> None:
        """Of a part read again by every measure that uses it, the same problem is noted once."""
        problem = Problem(place, code, what, why, what_to_do)
        if problem not in self.problems:
            self.problems.append(problem)

    def expression(self, entry: Entry) -> str | None:
        """The text of an expression as written; a date alone is one too. None when it is no scalar."""
        if entry.is_map or entry.is_list:
            self.add_once(
                entry.place, "text_needed", "Здесь нужно выражение, а стоит набор.", "", "Возьмите его в кавычки."
            )
            return None
        if type(entry.value) is date:
            return entry.value.isoformat()
        if isinstance(entry.value, bool):
            return "true" if entry.value else "false"
        return str(entry.value)

    def only_keys(self, entry: Entry, allowed: Iterable[str], what: str) -> bool:
        """Note keys nobody reads; False when the entry is no map at all."""
        names = list(allowed)
        if not entry.is_map:
            self.add(
                entry.place,
                "map_needed",
                f"Здесь нужен набор ключей: {what}.",
                what_to_do=f"Ключи: {', '.join(names)}.",
            )
            return False
        for key in entry.value:
            if key not in names:
                place = entry.key_places.get(key, entry.place)
                cut = entry.value[key].value is None and not key.isascii()
                why = "Похоже, запятая разрезала текст: внутри { } он берётся в кавычки." if cut else ""
                self.add(place, "unknown_key", f"Ключа «{key}» не бывает: {what}.", why, near_miss(key, names))
        return True

    def needed(self, entry: Entry, key: str, what: str) -> Entry | None:
        found = entry.get(key)
        if found is None:
            self.add(entry.place, "key_missing", f"Нет ключа «{key}»: {what}.", what_to_do=f"Добавьте {key}.")
        return found

    def text(self, entry: Entry | None) -> str:
        """The text, whatever it looks like (a number in a title is text too); empty when absent."""
        if entry is None:
            return ""
        if entry.is_map or entry.is_list:
            self.add(entry.place, "text_needed", "Здесь нужен текст.")
            return ""
        return str(entry.value)

    def word(self, entry: Entry | None, allowed: Iterable[str]) -> str:
        """One of the allowed words; empty when it is not, and noted."""
        found, names = self.text(entry), list(allowed)
        if entry is not None and found not in names:
            self.add(entry.place, "not_allowed", f"Значение «{found}» не годится.", what_to_do=near_miss(found, names))
            return ""
        return found

    def flag(self, entry: Entry | None) -> bool:
        if entry is None:
            return False
        if not isinstance(entry.value, bool):
            self.add(
                entry.place, "flag_needed", "Здесь нужно true или false.", "Слова yes, no, on — текст, а не да/нет."
            )
            return False
        return entry.value

    def day(self, entry: Entry | None) -> date | None:
        if entry is None:
            return None
        if type(entry.value) is not date:
            self.add(entry.place, "date_needed", "Здесь нужна дата.", what_to_do="Пишите 2025-01-31, без кавычек.")
            return None
        if not FIRST_YEAR <= entry.value.year <= LAST_YEAR:
            self.add(
                entry.place, "far_date", f"День {entry.value} слишком далёк.",
                f"В документах бывают дни с {FIRST_YEAR} по {LAST_YEAR} год.", "Проверьте год.",
            )  # fmt: skip
            return None
        return entry.value

    def number(self, entry: Entry | None) -> Fraction | None:
        if entry is None:
            return None
        if isinstance(entry.value, bool) or not isinstance(entry.value, (int, Decimal)):
            self.add(
                entry.place, "number_needed", "Здесь нужно число.", what_to_do="Пишите 1234.50, без кавычек и пробелов."
            )
            return None
        return Fraction(entry.value)

    def words(self, entry: Entry | None) -> list[str]:
        """A list of texts; a single text is a list of one."""
        if entry is None:
            return []
        return [self.text(part) for part in entry.parts()] if entry.is_list else [self.text(entry)]
