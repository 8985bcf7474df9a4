"""The case schema as it is published: types of fields for rules, and the JSON Schema for editors and other tools.

The table itself is `fields.py`; this module only turns it into the form that others read.
"""

from __future__ import annotations

import re
from typing import Any

from replylint.case.fields import (
    ACTIONS,
    FIELD_CHOICES,
    FIELD_TYPES,
    FIELDS,
    GROUPS,
    HISTORY,
    LABELS,
    SEVERITIES,
    WAIVERS,
    FieldRow,
    Kind,
    ValueType,
)
from replylint.case.schemas import built_in, events
from replylint.case.waivers import NAMES, REQUIRED
from replylint.source.names import section, yes_or_no
from replylint.source.resources import grammar_table

__all__ = ["FIELD_CHOICES", "FIELD_TYPES", "ValueType", "json_schema"]

_Schema = dict[str, Any]

_SCALAR: _Schema = {"type": ["string", "number"]}
_DATE_TIME: _Schema = {
    "type": ["string", "number"],
    "examples": ["2026-11-18T21:40+08:00"],
}


def _stars() -> str:
    """Of texts, those which `convert.rating` takes for stars."""
    table = grammar_table("values.yml")["rating"]
    behind, words = ("|".join(map(re.escape, table[name])) for name in ("behind", "numerals"))
    counted = rf"(?:[1-4](?:\.[0-9]+)?|5(?:\.0+)?|{words})\s*(?:{behind})?"
    return rf"^\s*(?:{counted}|(?:[{table['full']}]\uFE0F?){{1,5}}[{table['empty']}]*)\s*$"


_RATING: _Schema = {
    "anyOf": [
        {"type": "number", "minimum": 1, "maximum": 5},
        {"enum": ["ONE", "TWO", "THREE", "FOUR", "FIVE"]},
        {"type": "string", "pattern": _stars(), "examples": ["4", "4/5", "★★★★☆", "四顆星"]},
    ]
}
_APPROVAL: _Schema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {
                "role": {"type": "string"},
                "by": {"type": "string"},
                "at": _DATE_TIME,
                "until": _DATE_TIME,
                "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
            },
            "required": ["role"],
        },
    ]
}


def json_schema() -> _Schema:
    """The JSON Schema (2020-12) of one case in the project's own form, nested or flat."""
    names = sorted(dict.fromkeys(section("actions").canonical.values()))
    properties = {name: _property(name) for name in _top_names()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint case",
        "description": "a review, the drafted reply to it, and the actions planned with it; in Markdown the reply "
        "is the text below the front matter",
        "type": "object",
        "properties": properties
        | {ACTIONS: {"description": "what is planned besides or with the reply", **_actions()}}
        | {HISTORY: {"description": "what happened so far; an empty list says that nothing did", **_history()}}
        | {WAIVERS: {"description": "what a person lets stand in this draft", **_waivers()}}
        | {name: {"description": "label of a row for evaluation; not read"} for name in sorted(LABELS)},
        "$defs": {"action": {"anyOf": _action_forms()}, "action_name": {"examples": names, "type": "string"}},
    }


def _waivers() -> _Schema:
    one = {"type": "object", "required": list(REQUIRED), "properties": {name: {} for name in NAMES}}
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _top_names() -> list[str]:
    return list(dict.fromkeys(s.split(".")[0] for row in FIELDS for s in row.spellings))


def _property(name: str) -> _Schema:
    flat = next((row for row in FIELDS if name in row.spellings), None)
    forms = [] if flat is None else [_described(flat)]
    if name in GROUPS:
        inner = {s.split(".")[1]: _described(r) for r in FIELDS for s in r.spellings if s.startswith(name + ".")}
        forms.append({"type": "object", "properties": inner})
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _described(row: FieldRow) -> _Schema:
    null: _Schema = {"type": "null"}
    return {"description": row.about, "anyOf": [_of_kind(row.kind), null]}


def _of_kind(kind: Kind) -> _Schema:
    if kind == "rating":
        return _RATING
    if kind in ("moment", "moment_if_told"):
        return _DATE_TIME
    if kind == "severity":
        words = [w for w, name in section("choices").canonical.items() if name in SEVERITIES]
        return {"enum": list(dict.fromkeys(words))}
    if kind == "count":
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\s*[0-9][0-9,]*\s*$"}]}
    if kind == "yesno":
        return {"enum": [True, False, *yes_or_no()]}
    if kind == "approvals":
        return {"anyOf": [{"type": "array", "items": _APPROVAL}, _APPROVAL]}
    return _SCALAR


def _actions() -> _Schema:
    many: _Schema = {"type": "array", "items": {"$ref": "#/$defs/action"}}
    return {"anyOf": [many, {"$ref": "#/$defs/action"}, {"type": "null"}]}


def _history() -> _Schema:
    happenings = [name for sort in ("events", "actions") for name in dict.fromkeys(section(sort).canonical.values())]
    named: _Schema = {"examples": happenings, "type": "string"}
    entry: _Schema = {"type": "object", "properties": {"event": named, "action": named, **_parameters()}}
    return {"anyOf": [{"type": "array", "items": entry}, entry, {"type": "null"}]}


def _action_forms() -> list[_Schema]:
    named: _Schema = {"type": "object", "properties": {"action": {"$ref": "#/$defs/action_name"}, **_parameters()}}
    inner: _Schema = {"type": ["object", "string", "number", "null"], "properties": _parameters()}
    keyed: _Schema = {"type": "object", "propertyNames": {"$ref": "#/$defs/action_name"}}
    return [
        {"$ref": "#/$defs/action_name"},
        {**named, "required": ["action"]},
        {**keyed, "not": {"required": ["action"]}, "additionalProperties": inner},
    ]


def _parameters() -> _Schema:
    examples = {"money": "TWD 200", "percent": "10%", "datetime": "2026-11-18T21:40+08:00"}
    return {
        name: {"examples": [examples[kind]]} if kind in examples else {"type": ["string", "number", "array", "null"]}
        for schema in (*built_in().values(), *events().values())
        for name, kind in schema.parameters.items()
    } | {"currency": {"type": ["string", "null"], "examples": ["TWD"]}}
