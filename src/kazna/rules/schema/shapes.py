"""Pieces of JSON Schema that the documents share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"]}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$", "description": "год-месяц-день, без кавычек"}
EXPRESSION: Schema = {
    "type": ["string", "number", "boolean"],
    "description": "Выражение языка правил, см. docs/reference/rule-language.md",
}
WORDS: Schema = {"type": ["string", "array"], "items": TEXT}
CITED: Schema = {**WORDS, "description": "Ключ или ключи раздела law"}
ANYTHING: Schema = {}
VALUE: Schema = {"type": ["string", "number", "boolean"]}


def described(schema: Schema, words: str) -> Schema:
    return {**schema, "description": words}


def or_null(schema: Schema) -> Schema:
    """The same or nothing: `to: null` is an open end."""
    kinds = schema.get("type")
    if kinds is None:
        return {"anyOf": [schema, {"type": "null"}]}
    listed = [kinds] if isinstance(kinds, str) else list(kinds)
    return {**schema, "type": [*listed, "null"]}


def one_of(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def by_name(values: Schema) -> Schema:
    """Names of the author's choice → the same shape."""
    return {"type": "object", "additionalProperties": values}


def keyed(keys: Iterable[str], known: Mapping[str, Schema], needed: Iterable[str] = ()) -> Schema:
    """A map with exactly these keys; a key without a shape takes anything, or nothing."""
    properties = {key: or_null(known[key]) if key in known else ANYTHING for key in keys}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    required = [key for key in needed if key in properties]
    return {**schema, "required": required} if required else schema


def document(title: str, body: Schema) -> Schema:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **body}
