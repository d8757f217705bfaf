"""Outcomes in plain Russian: a summary, short sentences with numbers and articles, and what would change them."""

from kazna.rules.explain.contrast import Change, nearest_changes
from kazna.rules.explain.sentences import sentences
from kazna.rules.explain.summary import summary

__all__ = ["Change", "nearest_changes", "sentences", "summary"]
