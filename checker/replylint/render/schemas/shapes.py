"""Pieces of JSON Schema 2020-12 of which the schemas of reports are put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FROM_ONE: Schema = {"type": "integer", "minimum": 1}
YES_NO: Schema = {"type": "boolean"}
TIME: Schema = {"type": "string", "format": "date-time"}
DIGEST: Schema = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
COUNTS: Schema = {"type": "object", "additionalProperties": COUNT}


VERSION: Schema = {"const": 1}


def head(name: str) -> Schema:
    """What the schema of a report begins with."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"replylint {name}, version 1"}


def document(name: str, properties: Schema, definitions: Schema | None = None) -> Schema:
    """The schema of a report, which says first what wrote it; every key of every object is always there."""
    tool = record({"name": {"const": "replylint"}, "version": TEXT})
    whole = record({"version": VERSION, "tool": tool, **properties})
    return head(name) | whole | ({"$defs": definitions} if definitions else {})


def record(properties: Schema, optional: Schema | None = None) -> Schema:
    """An object with these keys and no others; those of `optional` may be left out."""
    every = properties | (optional or {})
    return {"type": "object", "properties": every, "required": list(properties), "additionalProperties": False}


def listing(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(names: Iterable[str]) -> Schema:
    """One of a few words."""
    return {"enum": list(names)}


def about(description: str, schema: Schema) -> Schema:
    """The same with a description."""
    return {"description": description, **schema}


def ref(name: str) -> Schema:
    """What is defined under a name."""
    return {"$ref": f"#/$defs/{name}"}


_SPAN = (
    "Words of a file. Lines and columns count from 1, the end column is that of the character after. "
    "start and end count from 0 in the file, or in the row where a JSON Lines file holds many drafts. "
    "All are Unicode code points."
)


def span(more: Schema | None = None) -> Schema:
    """A place in a file, with further keys before its own."""
    positions = dict.fromkeys(("line", "column", "end_line", "end_column"), FROM_ONE)
    return about(_SPAN, record((more or {}) | {"file": TEXT, **positions, "start": COUNT, "end": COUNT, "text": TEXT}))


def problem() -> Schema:
    """A mistake, or what is missing; needs `span` among the definitions."""
    return record({"key": TEXT, "message": TEXT, "help": maybe(TEXT), "span": maybe(ref("span"))})
