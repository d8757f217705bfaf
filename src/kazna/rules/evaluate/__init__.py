"""The exact interpreter: the specification of what a rule means. Three-valued, with bounds for unknown numbers."""
