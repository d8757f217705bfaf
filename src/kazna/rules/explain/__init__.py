"""Outcomes in plain Russian: a summary, short sentences with numbers and articles, and what would change them."""

from kazna.rules.explain.contrast import Change, Pair, nearest_changes, nearest_pairs
from kazna.rules.explain.machine import machine_explanation
from kazna.rules.explain.sentences import sentences
from kazna.rules.explain.summary import summary

__all__ = ["Change", "Pair", "machine_explanation", "nearest_changes", "nearest_pairs", "sentences", "summary"]
