"""The agencies: each says what it has to send on a day and how it answers what it is asked."""
