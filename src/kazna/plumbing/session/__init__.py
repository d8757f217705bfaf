"""Django's PostgreSQL back end with sessions that are looked at, not asked, before a request uses them again."""
