"""The JSON Schema of the JSON that sla writes."""

from __future__ import annotations

from replylint.contract.clocks import NAMES
from replylint.contract.terms import LEVELS
from replylint.render.schemas.shapes import (
    COUNT,
    FROM_ONE,
    TEXT,
    TIME,
    YES_NO,
    Schema,
    about,
    document,
    listing,
    maybe,
    one_of,
    record,
    ref,
)  # fmt: skip

_CLOCK = one_of(NAMES)
_LEVEL = maybe(one_of(LEVELS))


def json_schema() -> Schema:
    """The schema of sla version 1, in JSON Schema 2020-12; times are in seconds."""
    return document(
        "sla",
        {
            "brand": TEXT,
            "time_zone": TEXT,
            "now": TIME,
            "first": maybe(TIME),
            "last": maybe(TIME),
            "files": COUNT,
            "cases": COUNT,
            "events": COUNT,
            "clocks": listing(_CLOCK),
            "total": record(_figures("waited_seconds")),
            "spread_bounds": listing({"type": "number"}),
            "clauses": listing(_clause()),
            "groups": listing(_group()),
            "groups_left_out": COUNT,
            "cannot_tell": listing(_reason()),
            "notes": listing(record({"kind": TEXT, "count": COUNT, "message": TEXT, "places": listing(TEXT)})),
            "unreadable": COUNT,
            "problems": listing(_problem()),
            "breaches": listing(_breach()),
        },
        {"event": _event()},
    )


def _figures(of: str) -> Schema:
    times = {"count": COUNT} | dict.fromkeys(("p50", "p90", "p95"), maybe({"type": "number"}))
    return dict.fromkeys(("kept", "breached", "cannot_tell", "running"), COUNT) | {of: record(times)}


def _clause() -> Schema:
    keys = {
        "clause": maybe(TEXT),
        "place": maybe(TEXT),
        "level": _LEVEL,
        "clock": _CLOCK,
        "target": maybe(TEXT),
        "open_time": YES_NO,
        **_figures("used_seconds"),
        "spread": listing(COUNT),
    }
    words = "How one clock of the contract was kept. open_time: it counts hours in which the team works, not all hours."
    return about(words, record(keys))


def _group() -> Schema:
    keys = {"by": TEXT, "value": maybe(TEXT), "level": _LEVEL, "clock": maybe(_CLOCK)}
    return record(keys | _figures("waited_seconds"))


def _reason() -> Schema:
    return record({"clock": _CLOCK, "why": TEXT, "count": COUNT, "message": TEXT, "cases": listing(TEXT)})


def _problem() -> Schema:
    place = {"file": TEXT, "line": FROM_ONE, "column": FROM_ONE}
    return record({"message": TEXT, "help": maybe(TEXT)}, optional=place)


def _breach() -> Schema:
    keys = {"case": TEXT, "clause": TEXT, "due": maybe(TIME)}
    keys |= dict.fromkeys(("overdue_seconds", "used_seconds", "allowed_seconds"), maybe({"type": "number"}))
    keys |= dict.fromkeys(("agent", "shift", "week"), maybe(TEXT))
    return record(keys | {"since": maybe(ref("event")), "stopped": maybe(ref("event"))})


def _event() -> Schema:
    times = {"at": TIME, "not_before": maybe(TIME), "not_after": maybe(TIME)}
    keys = {"event": TEXT, "by": maybe(TEXT), "file": TEXT, "line": FROM_ONE}
    words = "Something that happened: at a moment, or between two where only that is known."
    return about(words, record(keys, optional=times))
