"""The contract's schema as JSON Schema, for editors that check YAML while it is written.

It accepts whatever the reader accepts; names that must exist elsewhere in the file are checked by the reader alone.
"""

from __future__ import annotations

from typing import Any

from replylint.contract.readers import type_names
from replylint.contract.schema import CONTRACT
from replylint.contract.shapes import Either, Form, KeyForm, Leaf, Leaves, Listing, Record, Shape, Table
from replylint.contract.terms import ALLEGATIONS, ENFORCEMENTS, LEVELS
from replylint.source.names import yes_or_no

Schema = dict[str, Any]

_FORMS: dict[Form, Schema] = {
    "money": {"type": "string", "examples": ["TWD 500", "500 元"]},
    "percent": {"type": "string", "examples": ["10%"]},
    "duration": {"type": "string", "examples": ["1 business day", "4 hours", "3 個工作天"]},
    "count": {"type": ["integer", "string"], "examples": [350]},
    "yesno": {"enum": [True, False, *yes_or_no()]},
    "hours": {"type": "string", "examples": ["09:00-18:00", "18:00-02:00", "closed", "公休"]},
    "duty": {"type": "string", "examples": ["always", "business hours", "09:00-22:00"]},
    "counting": {"enum": ["always", "business hours", "cover hours"]},
    "warning": {"type": "string", "examples": ["25%", "1 hour"]},
    "zone": {"type": "string", "examples": ["Asia/Taipei"]},
    "country": {"type": "string", "examples": ["TW", "none"]},
    "level": {"enum": list(LEVELS)},
    "allegation": {"enum": list(ALLEGATIONS)},
    "date": {"type": "string", "examples": ["2026-11-02"]},
    "moment": {"type": "string", "examples": ["2026-11-21T18:00+08:00"]},
    "type": {"enum": list(type_names())},
    "enforcement": {"enum": list(ENFORCEMENTS)},
    "value": {"type": ["string", "number"], "examples": ["TWD 600", "30%", "14 days", "economy"]},
}
# YAML reads an unquoted 2026 as a number, which is as good a text as any.
_ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}

_KEYS: dict[KeyForm, Schema] = {
    # Looser than the reader: editors take \w for ASCII letters, and names may be Chinese.
    "name": {"pattern": r"^[^\s.\d][^\s.]*$"},
    "role": {},
    "rule": {},
    "field": {"pattern": r"^[^\s.\d][^\s]*$"},
    "key": {"pattern": r"^[^.]+$"},
    "date": {"pattern": r"^\d{4}-\d{2}-\d{2}$"},
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of contract files."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint contract",
        **_shape(CONTRACT),
    }


def _shape(shape: Shape) -> Schema:
    note = {"description": shape.note} if shape.note else {}
    match shape:
        case Leaf():
            return {**_form(shape.form), **note}
        case Leaves():
            item = _form(shape.form)
            return {"anyOf": [{"type": "array", "items": item}, item], **note}
        case Listing():
            item = _shape(shape.item)
            return {"anyOf": [{"type": "array", "items": item}, item], **note}
        case Either():
            shapes = [_shape(each) for each in (shape.scalar, shape.map, shape.list) if each is not None]
            return {"anyOf": shapes, **note}
        case Table():
            keys, item = _KEYS[shape.keys], _shape(shape.item)
            return {"type": "object", "propertyNames": keys, "additionalProperties": item, **note}
        case Record():
            fields = {name: _shape(inner) for name, inner in shape.fields.items()}
            required = {"required": list(shape.required)} if shape.required else {}
            return {"type": "object", "properties": fields, "additionalProperties": False, **required, **note}


def _form(form: Form) -> Schema:
    return _FORMS.get(form, _ANY_TEXT)
