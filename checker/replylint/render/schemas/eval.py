"""The JSON Schema of the JSON that eval writes."""

from __future__ import annotations

from replylint.render.schemas.shapes import (
    COUNT,
    COUNTS,
    TEXT,
    VERSION,
    Schema,
    about,
    head,
    listing,
    maybe,
    one_of,
    record,
)

_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_OF = {"lang": TEXT}


def json_schema() -> Schema:
    """The schema of eval version 1, in JSON Schema 2020-12; lang is empty where rows do not say it."""
    keys = {
        "version": VERSION,
        "rows": about("How many labelled rows, by language.", COUNTS),
        "facts": listing(record({**_OF, "name": TEXT, "presence": _tally(), "spans": _tally()})),
        "macro_f1": {"type": "object", "additionalProperties": maybe(_SHARE)},
        "alarms_per_100": listing(record({**_OF, "rule": TEXT, "rate": {"type": "number", "minimum": 0}})),
        "violations": listing(record({**_OF, "category": TEXT, "group": TEXT, "caught": COUNT, "all": COUNT})),
        "compliant": listing(record({**_OF, "clean": COUNT, "undecided": COUNT, "all": COUNT})),
    }
    shuffled = {"file": TEXT, "of": one_of(("all", "specific", "labelled")), "share": _SHARE, "replies": COUNT}
    apart = {"version": VERSION, "shuffled": listing(record(shuffled))}
    return head("eval") | {"oneOf": [record(keys), about("With --shuffled.", record(apart))]}


def _tally() -> Schema:
    figures = dict.fromkeys(("precision", "recall", "f1"), maybe(_SHARE))
    return record(dict.fromkeys(("right", "wrong", "missed"), COUNT) | figures)
