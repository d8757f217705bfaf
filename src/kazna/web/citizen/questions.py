"""What only the citizen can say: yes-or-no questions of the rule, asked on the offer and on a case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kazna.contexts.measures import public as measures


def questions_of(right: measures.Right, person_id: UUID) -> list[measures.Missing]:
    """Missing facts about this person that nobody else holds and that are a plain yes or no."""
    facts = measures.law_in_force().facts
    return [
        missing
        for missing in right.missing
        if missing.cost == "citizen"
        and missing.person_id == person_id
        and missing.question
        and missing.path
        and missing.fact in facts
        and facts[missing.fact].type.kind.name == "BOOL"
    ]


class QuestionsForm(forms.Form):
    """One pair of buttons per question, named by the fact it asks for."""

    def __init__(self, questions: list[measures.Missing], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.questions = questions
        for question in questions:
            self.fields[question.fact] = forms.ChoiceField(
                label=question.question,
                choices=[("yes", _("Да")), ("no", _("Нет"))],
                error_messages={"required": _("Ответьте: да или нет"), "invalid_choice": _("Ответьте: да или нет")},
            )

    def declared(self) -> dict[str, dict[str, bool]]:
        """Answers by fact kind and key of its value."""
        answers: dict[str, dict[str, bool]] = {}
        for question in self.questions:
            answers.setdefault(question.kind, {})[question.path] = self.cleaned_data[question.fact] == "yes"
        return answers
