"""The derivations of the vocabulary over everybody at once: the same meaning as `derivations`, as SQL on columns."""
