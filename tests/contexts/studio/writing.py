"""A draft of the school kit, written as a methodologist would, and the people it is for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tests.factories.people import cause, enter_child, enter_person, fact

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.contexts.studio import public as studio
from kazna.rules.drafting import check_draft

TODAY, TOMORROW = date(2026, 2, 16), date(2026, 2, 17)
CARD = {
    "code": "Ш-77", "edition": "закон 2026 года", "act": "Закон города № 1 (пример)", "place": "статья 3",
    "amount": "12 000", "amount_law": "Закон города № 1 (пример), статья 4", "amount_source": "учебный пример",
    "regulation": "automatic", "mode": "proactive_decision",
}  # fmt: skip


def begun(by: str = "methodologist", **told) -> UUID:
    asked = {
        "measure": "r77-school-kit", "title": "Школьный набор", "region": "77", "unit": "child",
        "first_day": TOMORROW, "pattern": "automatic", "like": "", "by": by,
    }  # fmt: skip
    return studio.begin_draft(**asked | told)


def written(draft_id: UUID, *, times: str = "1.5", by: str = "methodologist") -> str:
    """Card filled, an income block added, examples completed; the text of the measure."""
    card = studio.draft(draft_id)
    told = studio.version(draft_id, card.version)
    measure, figures = studio.with_card(told.measure_text, told.figures_text, CARD)
    whole = studio.cut(measure)
    income = next(shape for shape in studio.SHAPES if shape.name == "income")
    block = studio.new_block(income, {"times": times}, identity="income", law="act")
    measure = studio.with_blocks(whole, [*whole.blocks, block])
    law = measures.law_in_force()
    measure = measure.replace("amount: 10000", "amount: 12000")
    measure = studio.completed(measure, check_draft(law, measure, figures))
    draft = check_draft(law, measure, figures)
    assert draft.edition is not None
    measure = studio.with_examples(measure, studio.lacking_people(draft), draft.edition)
    studio.save_version(draft_id=draft_id, seen=card.version, measure=measure, figures=figures, by=by)
    return measure


def agreed(draft_id: UUID) -> None:
    studio.mark_tested(draft_id=draft_id)
    for part, login in zip(studio.PARTS, ("lawyer", "finance", "second"), strict=True):
        studio.agree(draft_id=draft_id, part=part, agrees=True, remark="", by=login)


def families(count: int, *, first: int = 0, on: date = TODAY) -> list[tuple[UUID, UUID]]:
    """Mothers with a pupil of eight; every other one earns too much. (mother, child) pairs."""
    found = []
    for number in range(first, first + count):
        mother = enter_person(300_000_100 + number, "Котова", "Анна", "Львовна", date(1990, 3, 1), "F", on=on, job=True)
        child = enter_child(400_000_100 + number, mother, "Михаил", date(2017, 9, 10), on=on)
        found.append((mother, child))
        rich = number % 2 == 1
        registers.report(
            [
                fact("income.year", mother, date(year, 1, 1), _income(year, 30_000_000 if rich else 2_000_000))
                for year in (2024, 2025, 2026)
            ],
            source="fns", on=on, cause=cause(on),
        )  # fmt: skip
    return found


def _income(year: int, kopecks: int) -> dict:
    return {"year": year, "months": {f"{month:02d}": kopecks for month in range(1, 13)}}
