"""What the agencies write: one file per message, from a plain card of facts to bytes on the wire."""
