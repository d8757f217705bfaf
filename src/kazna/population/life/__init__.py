"""The life of a region after its start, one month at a time."""
