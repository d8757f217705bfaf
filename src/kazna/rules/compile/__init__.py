"""Back ends: the same rules for one person online and for a nation at once. The interpreter stays the specification."""
