"""The agencies as one HTTP process."""
