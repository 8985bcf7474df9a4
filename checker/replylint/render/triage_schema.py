"""The JSON Schema of the JSON that triage writes."""

from __future__ import annotations

from typing import Any, get_args

from replylint.contract.clocks import NAMES, State
from replylint.contract.schema import EMERGENCIES, LEVELS
from replylint.evaluate.triage import Status

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_COUNTS: Schema = {"type": "object", "additionalProperties": _COUNT}
_YES_NO: Schema = {"type": "boolean"}
_TIME: Schema = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}
_STATE: Schema = {"enum": list(get_args(State))}
_CONTACTS: Schema = {"type": "array", "items": {"$ref": "#/$defs/contact"}}


def json_schema() -> Schema:
    """The schema of triage version 1, in JSON Schema 2020-12; every key of every object is always there."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint triage, version 1",
        **_object(
            {
                "version": {"const": 1},
                "tool": _object({"name": {"const": "replylint"}, "version": _TEXT}),
                "now": {"type": "string", "format": "date-time"},
                "emergencies": {"type": "array", "items": _emergency()},
                "reviews": {"type": "array", "items": _review()},
                "errors": {"type": "array", "items": _object(
                    {"key": _TEXT, "message": _TEXT, "help": _or_none(_TEXT), "where": _or_none(_TEXT)}
                )},
                "summary": _object(
                    {"open": _COUNT, "answered": _COUNT, "later": _COUNT, "repeated": _COUNT,
                     "ignored": _COUNTS, "skipped": _COUNTS}
                ),
            }
        ),
        "$defs": {"contact": _object({"role": _TEXT, "name": _TEXT, "channel": _TEXT, "on_duty": _YES_NO})},
    }  # fmt: skip


def _emergency() -> Schema:
    return _object(
        {
            "name": {"enum": list(EMERGENCIES)},
            "level": {"enum": list(LEVELS)},
            "reviews": _TEXTS,
            "why": _TEXTS,
            "since": _TIME,
            "escalate": _object({"due": _TIME, "state": _STATE}),
            "pause_replies": _YES_NO,
            "speaker": _or_none({"$ref": "#/$defs/contact"}),
            "notify": _CONTACTS,
        }
    )


def _review() -> Schema:
    return _object(
        {
            "id": _TEXT,
            "file": _TEXT,
            "status": {"enum": list(get_args(Status))},
            "severity": _or_none({"enum": list(LEVELS)}),
            "why": _TEXTS,
            "arrived": _TIME,
            "clocks": {"type": "array", "items": _clock()},
            "contacts": _CONTACTS,
            "history_known": _YES_NO,
            "not_stated": _TEXTS,
        }
    )


def _clock() -> Schema:
    minutes = _or_none({"type": "integer"})
    return _object({"name": {"enum": list(NAMES)}, "length": _TEXT, "due": _TIME, "state": _STATE,
                    "minutes_left": minutes})  # fmt: skip


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
