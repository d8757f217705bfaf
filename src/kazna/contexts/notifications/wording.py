"""The frame of a letter: administrators word it, the notice fills it."""

from __future__ import annotations

from kazna.contexts.notifications.models import Notice
from kazna.plumbing import tunables
from kazna.plumbing.tunables import Tunable

LETTER = "letter"
PLACES = ("title", "happened", "why", "next_step")

tunables.declare(
    Tunable(
        LETTER,
        "Письмо гражданину",
        "{happened}\n\n{why}\n\n{next_step}",
        places=PLACES,
        needed=("happened", "why", "next_step"),
        sample=(
            ("title", "Назначено: пособие при рождении ребёнка"),
            ("happened", "Вам назначено пособие при рождении ребёнка: 28 450 рублей 45 копеек."),
            ("why", "Ребёнок родился 10 февраля 2026 года; право даёт статья 11 закона № 81-ФЗ."),
            ("next_step", "Ничего делать не нужно: деньги придут на ваш счёт."),
        ),
        is_guarded=True,
    )
)


def letter_text(notice: Notice) -> str:
    """What the person reads: paragraphs of the notice in the frame; empty ones leave no gap."""
    return tunables.filled(tunables.value(LETTER), {name: getattr(notice, name) for name in PLACES})
