"""Trial situations: random but near what the rules decide by, the same for the same seed."""

from kazna.rules.trial.people import Trial

__all__ = ["Trial"]
