"""Facts of the whole register as columns: a consistent copy by territory for determination en masse."""
