"""Thousands of regional and municipal measures drawn by the patterns of real ones, for trials at full size."""

from kazna.rules.variants.folder import write_variants

__all__ = ["write_variants"]
