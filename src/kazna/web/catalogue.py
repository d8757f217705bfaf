"""Titles from the law in force: kinds of facts as people call them."""

from kazna.contexts.measures import public as measures


def kind_titles() -> dict[str, str]:
    """«person.birth» → «Рождение»."""
    return {code: str(kind["title"]) for code, kind in measures.law_in_force().kinds.items()}
