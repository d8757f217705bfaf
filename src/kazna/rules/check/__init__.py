"""Checks of a library beyond what reading refuses: dates, coverage by examples, dead and constant parts."""

from kazna.rules.check.library import check_library

__all__ = ["check_library"]
