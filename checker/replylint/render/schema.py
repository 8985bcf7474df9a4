"""The JSON Schema of the JSON report."""

from __future__ import annotations

from typing import Any, get_args

from replylint.contract.clocks import NAMES, State
from replylint.contract.schema import LEVELS
from replylint.evaluate.model import SEVERITIES, Role, Verdict

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_FROM_ONE = {"type": "integer", "minimum": 1}
_YES_NO = {"type": "boolean"}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}


def json_schema() -> dict[str, Any]:
    """The schema of report version 1, in JSON Schema 2020-12; every key of every object is always there."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "replylint report, version 1",
        **_object(
            {
                "version": {"const": 1},
                "tool": _object({"name": {"const": "replylint"}, "version": _TEXT}),
                "cases": _list({"oneOf": [_ref("case"), _ref("failure")]}),
                "policy": _ref("policy"),
                "summary": _ref("summary"),
            }
        ),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Any]:
    return {
        "case": _case(),
        "failure": _about(
            "A draft or a file on which no verdict was reached.",
            _object({"id": _TEXT, "file": _TEXT, "error": _object({"problems": _list(_ref("problem"))})}),
        ),
        "finding": _about(
            "The draft breaks a rule. missing: the finding is about something that is not there.",
            _object(_finding()),
        ),
        "undecided": _about(
            "A rule that could not be decided, with what would have to be known.",
            _object(_undecided()),
        ),
        "waived": _about(
            "A finding, or an undecided rule, that a waiver sets aside.",
            {"anyOf": [_object(_finding() | _waiver()), _object(_undecided() | _waiver())]},
        ),
        "problem": _object(
            {"key": _TEXT, "message": _TEXT, "help": _maybe(_TEXT), "span": _maybe(_ref("span"))},
        ),
        "span": _about(_SPAN, _object(_span())),
        "labelled": _about(_SPAN, _object({"role": {"enum": list(get_args(Role))}, **_span()})),
        "contact": _contact(),
        "policy": _about(
            "Where the policy came from, the digest of its contents, and the moment the check was made for.",
            _object({"source": _TEXT, "revision": _TEXT, "now": {"type": "string", "format": "date-time"}}),
        ),
        "summary": _summary(),
    }


_SPAN = (
    "Words of a file. Lines and columns count from 1, the end column is that of the character after. "
    "start and end count from 0 in the file, or in the row where a JSON Lines file holds many drafts. "
    "All are Unicode code points."
)


def _case() -> dict[str, Any]:
    keys = {
        "id": _TEXT,
        "file": _TEXT,
        "verdict": {"enum": list(get_args(Verdict))},
        "findings": _list(_ref("finding")),
        "undecided": _list(_ref("undecided")),
        "contact": _maybe(_ref("contact")),
        "level": _maybe({"enum": list(LEVELS)}),
        "why": _list(_TEXT),
        "rules_evaluated": _COUNT,
        "ignored": _list(_TEXT),
        "waived": _list(_ref("waived")),
        "known": _COUNT,
    }
    about = (
        "A draft with its verdict. ignored: fields of the file that nothing reads. waived: what waivers set aside. "
        "known: how many findings the baseline holds already."
    )
    return _about(about, _object(keys))


def _point() -> dict[str, Any]:
    severity = {"enum": list(SEVERITIES)}
    return {"rule": _TEXT, "category": _TEXT, "severity": severity, "message": _TEXT, "words_digest": _TEXT}


def _finding() -> dict[str, Any]:
    return {**_point(), "instead": _maybe(_TEXT), "missing": _YES_NO, "spans": _list(_ref("labelled"))}


def _undecided() -> dict[str, Any]:
    return {**_point(), "unknown": _list(_ref("problem")), "spans": _list(_ref("labelled"))}


def _waiver() -> dict[str, Any]:
    until = {"type": "string", "format": "date-time"}
    return {"waiver": _object({"reason": _TEXT, "by": _TEXT, "role": _TEXT, "until": until, "span": _ref("span")})}


def _span() -> dict[str, Any]:
    positions = dict.fromkeys(("line", "column", "end_line", "end_column"), _FROM_ONE)
    return {"file": _TEXT, **positions, "start": _COUNT, "end": _COUNT, "text": _TEXT}


def _contact() -> dict[str, Any]:
    before = _maybe({"type": "string", "format": "date-time"})
    keys = {"role": _TEXT, "name": _TEXT, "channel": _TEXT, "on_duty": _YES_NO, "before": before}
    keys |= {"clock": _maybe({"enum": list(NAMES)})}
    keys |= {"state": {"enum": list(get_args(State))}, "next": _maybe(_ref("contact"))}
    return _about("Whom to ask, until when where the contract sets a clock, and who comes next.", _object(keys))


def _summary() -> dict[str, Any]:
    counts = ("drafts", "cleared", "blocked", "needs_person", "could_not_check", "rules", "evaluations")
    keys = dict.fromkeys(counts, _COUNT) | {"findings": _COUNTS, "skipped": _COUNTS, "ignored": _COUNTS}
    baseline = _object({"known": _COUNT, "fixed": _COUNT})
    keys |= {"waived": _COUNT, "waivers_refused": _COUNT, "baseline": _maybe(baseline)}
    return _about("How much was looked at; skipped: what was not checked, by reason.", _object(keys))


def _about(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, **schema}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
