"""The JSON Schema of the JSON that triage writes."""

from __future__ import annotations

from typing import get_args

from replylint.contract.clocks import NAMES, State
from replylint.contract.terms import EMERGENCIES, LEVELS
from replylint.evaluate.standing import Status
from replylint.render.schemas.shapes import (
    COUNT,
    COUNTS,
    TEXT,
    TIME,
    YES_NO,
    Schema,
    document,
    listing,
    maybe,
    one_of,
    record,
    ref,
)  # fmt: skip

_TIME: Schema = maybe(TIME)
_STATE: Schema = one_of(get_args(State))
_CONTACTS: Schema = listing(ref("contact"))


def json_schema() -> Schema:
    """The schema of triage version 1, in JSON Schema 2020-12; every key of every object is always there."""
    return document(
        "triage",
        {
            "now": TIME,
            "emergencies": listing(_emergency()),
            "reviews": listing(_review()),
            "errors": listing(record({"key": TEXT, "message": TEXT, "help": maybe(TEXT), "where": maybe(TEXT)})),
            "summary": record(
                {"open": COUNT, "answered": COUNT, "answered_without_history": COUNT, "ahead": COUNT,
                 "repeated": COUNT,
                 "ignored": COUNTS, "skipped": COUNTS}
            ),
        },
        {"contact": record({"role": TEXT, "name": TEXT, "channel": TEXT, "on_duty": YES_NO})},
    )  # fmt: skip


def _emergency() -> Schema:
    return record(
        {
            "name": one_of(EMERGENCIES),
            "level": one_of(LEVELS),
            "reviews": listing(TEXT),
            "why": listing(TEXT),
            "since": _TIME,
            "since_latest": _TIME,
            "escalate": record({"due": _TIME, "due_latest": _TIME, "state": _STATE}),
            "pause_replies": YES_NO,
            "speaker": maybe(ref("contact")),
            "notify": _CONTACTS,
        }
    )


def _review() -> Schema:
    return record(
        {
            "id": TEXT,
            "file": TEXT,
            "status": one_of(get_args(Status)),
            "severity": maybe(one_of(LEVELS)),
            "why": listing(TEXT),
            "arrived": _TIME,
            "arrived_latest": _TIME,
            "clocks": listing(_clock()),
            "contacts": _CONTACTS,
            "history_known": YES_NO,
            "not_stated": listing(TEXT),
        }
    )


def _clock() -> Schema:
    minutes = maybe({"type": "integer"})
    return record({"name": one_of(NAMES), "length": TEXT, "due": _TIME, "due_latest": _TIME, "state": _STATE,
                    "minutes_left": minutes, "recorded": YES_NO})  # fmt: skip
