"""Law as data, and the engine that determines, explains and checks it. Plain typed Python, usable alone.

library = load_library(places.LAW)
edition = library.edition("ru-birth-grant", on)
outcome = edition.determine(Situation(facts, relations), on=on, parameters=library.parameters)
"""

from kazna.rules.check import check_library
from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.examples import ExampleResult, run_examples
from kazna.rules.library import Library, NoEdition, load_library, read_library
from kazna.rules.outcome import ConditionResult, Outcome, ParameterUsed, StepResult
from kazna.rules.problems import Place, Problem, RuleProblems
from kazna.rules.situation import Situation, SituationError, TooFewPeople, TooManyPeople

__all__ = [
    "ConditionResult",
    "Edition",
    "ExampleResult",
    "Library",
    "NoEdition",
    "Outcome",
    "ParameterUsed",
    "Parameters",
    "Place",
    "Problem",
    "RuleProblems",
    "Situation",
    "SituationError",
    "StepResult",
    "TooFewPeople",
    "TooManyPeople",
    "check_library",
    "load_library",
    "read_library",
    "run_examples",
]
