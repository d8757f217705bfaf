"""From missing facts to inter-agency requests, and from what no agency knows to questions for the citizen.

plan = make_plan([(edition, outcome), …])        # whom to ask for what, and how long it takes
form = fill_form(editions=…, situation=…, answers={…}, on=…, parameters=…)   # one turn of a form
"""

from kazna.rules.plan.answers import AnswerError, read_answer
from kazna.rules.plan.form import Form, fill_form
from kazna.rules.plan.plan import Plan, make_plan
from kazna.rules.plan.questions import Question
from kazna.rules.plan.requests import Request
from kazna.rules.plan.wanted import Wanted

__all__ = [
    "AnswerError",
    "Form",
    "Plan",
    "Question",
    "Request",
    "Wanted",
    "fill_form",
    "make_plan",
    "read_answer",
]
