"""The functions of the language as the reference and editors show them: how each is written and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.rules.language import windows
from kazna.rules.language.functions import ALL_FUNCTIONS, NAMED_ROUNDINGS, SIGNATURES

USAGES = {
    **{name: f"{name}(деньги)" for name in NAMED_ROUNDINGS},
    **windows.USAGES,
    "band": "band(число или дата, таблица)",
    "lookup": "lookup(слово, таблица)",
    "count": "count(список [where условие])",
    "any": "any(список where условие)",
    "all": "all(список where условие)",
    "none": "none(список where условие)",
    "sum": "sum(список.факт [where условие])",
}
MEANINGS = {
    "add_days": "The day so many days later; `never` stays `never`.",
    "add_months": "The same day of another month, or its last day when that month is shorter.",
    "add_working_days": "The day so many working days later, by `law/calendar.yaml`.",
    "add_years": "The same day of another year; 29 February becomes 28 February.",
    "age": "Full years lived; born on 29 February, one grows older on 1 March in common years.",
    "all": "Every member fulfils the condition; true of an empty list.",
    "any": "At least one member fulfils the condition.",
    "band": "The value of the band the number or date falls into.",
    "count": "How many members, all or those that fulfil the condition.",
    "count_true": "How many of the conditions hold.",
    "date": "The day, moved into the calendar when the month is shorter.",
    "day": "The day of the month, 1–31.",
    "days_between": "Days from the first day to the second; negative backwards.",
    "drop_kopecks": "Whole roubles, kopecks dropped.",
    "earliest": "The earliest of days; over a list it needs `empty`.",
    "floor": "The whole part.",
    "full_months": "Whole months passed: the same day of a later month completes a month.",
    "latest": "The latest of days; over a list it needs `empty`.",
    "lookup": "The value of the row with this word.",
    "max": "The greatest; over a list it needs `empty`.",
    "min": "The least; over a list it needs `empty`.",
    "month": "The month, 1–12.",
    "month_end": "The last day of the month.",
    "month_start": "The first day of the month.",
    "months_between": "Calendar months from the month of the first day to the month of the second.",
    "next_month": "The first day of the next month.",
    "none": "No member fulfils the condition.",
    "overlap_days": "Days two periods have in common, both ends inside; 0 when they are apart.",
    "round_down": "Down to a multiple of the step in kopecks.",
    "round_half_up": "To the nearest multiple of the step in kopecks, halves away from zero.",
    "round_up": "Up to a multiple of the step in kopecks.",
    "sum": "The sum over the members, all or those that fulfil the condition.",
    "to_kopeck": "To the nearest kopeck, halves away from zero.",
    "to_rouble": "To the nearest rouble, halves away from zero.",
    "to_rouble_up": "Up to a whole rouble.",
    "window_months": "How many of those months have an amount above zero, or of at least so much.",
    "window_sum": "The sum of the full calendar months that end before the month of the day.",
    "working_days_between": "Working days from the first day to the second, by `law/calendar.yaml`.",
    "year": "The year.",
}


@dataclass(frozen=True, slots=True)
class FunctionNote:
    """`usage`: with arguments in Russian. `meaning`: one English sentence."""

    name: str
    usage: str
    meaning: str


def function_notes() -> list[FunctionNote]:
    """Every function of the language by name."""
    return [
        FunctionNote(name, SIGNATURES[name].usage if name in SIGNATURES else USAGES[name], MEANINGS[name])
        for name in ALL_FUNCTIONS
    ]
