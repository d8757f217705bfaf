"""СМЭВ 3 as a server of its own: queues by information system, official faults, mischief on demand."""
