"""Signed messages (CMS) with every attribute's name known before the first is read.

asn1crypto fixes its table of names at first use, and `tsp` adds to it those that a seal needs: whoever read a signature
before `tsp` was imported could not seal in the same process.
"""

from asn1crypto import cms, tsp

__all__ = ["cms", "tsp"]
