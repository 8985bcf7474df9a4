"""The JSON Schema of the JSON that drill writes."""

from __future__ import annotations

from replylint.contract.clocks import NAMES
from replylint.contract.terms import EMERGENCIES
from replylint.render.schemas.shapes import (
    COUNT,
    FROM_ONE,
    TEXT,
    TIME,
    Schema,
    about,
    document,
    listing,
    maybe,
    one_of,
    record,
)  # fmt: skip
from replylint.render.sla.drill import RESULTS


def json_schema() -> Schema:
    """The schema of drill version 1, in JSON Schema 2020-12."""
    return document("drill", {"drills": listing(_drill())})


def _drill() -> Schema:
    return record(
        {
            "drill": TEXT,
            "file": TEXT,
            "emergency": one_of(EMERGENCIES),
            "begins": TIME,
            "ends": TIME,
            "summary": record(dict.fromkeys(RESULTS, COUNT)),
            "timeline": listing(_happening()),
            "checks": listing(_check()),
        }
    )


def _happening() -> Schema:
    stated = dict.fromkeys(("review", "by", "role", "to", "text", "reason"), TEXT) | {"rating": {"type": "number"}}
    return record({"at": TIME, "event": TEXT, "line": FROM_ONE}, optional=stated)


def _check() -> Schema:
    keys = {
        "result": one_of(RESULTS),
        "message": maybe(TEXT),
        "source": maybe(TEXT),
        "clock": maybe(one_of(NAMES)),
        "review": maybe(TEXT),
        "due": maybe(TIME),
        "why": maybe(TEXT),
        "line": maybe(FROM_ONE),
        "at": maybe(TIME),
    }
    words = (
        "Something that the contract asks for. message: what; null for a clock of a review. source: the contract's "
        "line. line, at: of what met it in the scenario."
    )
    return about(words, record(keys))
