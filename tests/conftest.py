"""Fixtures of the whole suite. The throw-away PostgreSQL is started by `kazna.config.settings.test`."""
