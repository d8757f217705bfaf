"""Fixtures of the whole suite. The throw-away PostgreSQL is started by `kazna.config.settings.test`."""

from hypothesis import settings

settings.register_profile("kazna", deadline=None)  # how long an example takes is no property of the code
settings.load_profile("kazna")
