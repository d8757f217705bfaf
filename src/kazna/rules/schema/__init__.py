"""JSON Schemas of the documents, for editors. Keys and words come from the readers themselves, so they agree."""

from kazna.rules.schema.documents import schemas

__all__ = ["schemas"]
