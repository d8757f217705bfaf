"""Everything we may ask other agencies about, by agency and topic; the topic "" is the agency's oldest question."""

from __future__ import annotations

from kazna.contexts.integration.holders.known import HOLDERS
from kazna.contexts.integration.holders.topic import Topic

TOPICS: dict[tuple[str, str], Topic] = {
    (one.agency, one.name): one for holder in HOLDERS for one in getattr(holder, "TOPICS", ())
}
