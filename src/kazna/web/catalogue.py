"""Titles from the law in force: kinds of facts and measures as people call them."""

from kazna.contexts.measures import public as measures


def kind_titles() -> dict[str, str]:
    """«person.birth» → «Рождение»."""
    return {code: str(kind["title"]) for code, kind in measures.law_in_force().kinds.items()}


def measure_title(measure_id: str) -> str:
    """«ru-birth-grant» → «Пособие при рождении»; an unknown measure is shown by its id."""
    card = measures.measure(measure_id)
    return card.short_title if card else measure_id
