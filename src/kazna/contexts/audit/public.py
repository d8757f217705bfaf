"""The door of the journal: who touched whose data, in a chain that shows any later change."""

from kazna.contexts.audit.actions.look import entry_of_look, look
from kazna.contexts.audit.actions.record import flush, record
from kazna.contexts.audit.actions.verify import verify
from kazna.contexts.audit.contracts import ChainReport, Entry, NewEntry
from kazna.contexts.audit.queries import acts, entries, looks_at

__all__ = [
    "ChainReport",
    "Entry",
    "NewEntry",
    "acts",
    "entries",
    "entry_of_look",
    "flush",
    "look",
    "looks_at",
    "record",
    "verify",
]
