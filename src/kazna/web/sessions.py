"""Sessions in the database, read by a statement that is prepared: every request does it."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from kazna.plumbing.session.prepared import Prepared

READ = Prepared("SELECT session_data, expire_date FROM django_session WHERE session_key = $1 AND expire_date > now()")


class SessionStore(db.SessionStore):
    """Django's own table, cookies and signatures."""

    def _get_session_from_db(self) -> Session | None:
        rows = READ.rows(self.session_key)
        if not rows:
            self._session_key = None
            return None
        return Session(self.session_key, *rows[0])
