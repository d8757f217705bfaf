"""The closed list of derivations that the vocabulary may name (docs/reference/derivations.md prints it)."""

from kazna.contexts.measures.derivations import awards, business, kinship, plain, windows
from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivations

__all__ = ["Asked", "NotKnown", "awards", "business", "derivations", "kinship", "plain", "windows"]
