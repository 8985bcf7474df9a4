"""Triage for programs: one JSON object."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from replylint.contract.clocks import Clock
from replylint.contract.model import Contact
from replylint.evaluate.emergencies import Emergency
from replylint.evaluate.timing import recorded
from replylint.evaluate.triage import Row, Triage
from replylint.render.options import Options
from replylint.render.visible import escaped
from replylint.source.messages import Lang, say

VERSION = 1


def triage_json(triage: Triage, options: Options, problems: Iterable[dict[str, Any]] = ()) -> Iterator[str]:
    """The triage as one JSON object with every open review."""
    lang = options.lang
    yield escaped(json.dumps(
        {
            "version": VERSION,
            "tool": {"name": "replylint", "version": options.version},
            "now": triage.now.isoformat(),
            "emergencies": [_emergency_json(each, lang) for each in triage.emergencies],
            "reviews": [_row_json(row, lang) for row in triage.rows],
            "errors": list(problems),
            "summary": {
                "open": len(triage.rows),
                "answered": triage.answered,
                "answered_without_history": triage.untold,
                "ahead": triage.ahead,
                "repeated": triage.repeated,
                "ignored": dict(triage.ignored),
                "skipped": dict(triage.skipped),
            },
        },
        ensure_ascii=False,
    )) + "\n"  # fmt: skip


def _emergency_json(emergency: Emergency, lang: Lang) -> dict[str, Any]:
    return {
        "name": emergency.name,
        "level": emergency.level,
        "reviews": list(emergency.reviews),
        "why": [say(why.key, lang, why.values) for why in emergency.why],
        "since": _iso(emergency.since.earliest) if emergency.since else None,
        "since_latest": _iso(emergency.since.latest) if emergency.since else None,
        "escalate": {"due": _iso(emergency.due), "due_latest": _iso(emergency.latest), "state": emergency.state},
        "pause_replies": emergency.pause,
        "speaker": _contact_json(emergency.speaker) if emergency.speaker else None,
        "notify": [_contact_json(contact) for contact in emergency.line],
    }


def _row_json(row: Row, lang: Lang) -> dict[str, Any]:
    return {
        "id": row.case.id,
        "file": row.case.source.source.path,
        "status": row.status,
        "severity": row.grade.level,
        "why": [say(why.key, lang, why.values) for why in row.grade.reasons],
        "arrived": _iso(row.arrived.earliest) if row.arrived else None,
        "arrived_latest": _iso(row.arrived.latest) if row.arrived else None,
        "clocks": [_clock_json(clock, recorded(row.case, clock.name)) for clock in row.clocks],
        "contacts": [_contact_json(contact) for contact in row.line],
        "history_known": row.told,
        "not_stated": list(row.asks),
    }


def _clock_json(clock: Clock, known: bool) -> dict[str, Any]:
    minutes = None if clock.left is None else int(clock.left.total_seconds() // 60)
    return {"name": clock.name, "length": str(clock.length), "due": _iso(clock.due), "due_latest": _iso(clock.latest),
            "state": clock.state, "minutes_left": minutes, "recorded": known}  # fmt: skip


def _contact_json(contact: Contact) -> dict[str, Any]:
    return {"role": contact.role, "name": contact.name, "channel": contact.channel, "on_duty": contact.on_duty}


def _iso(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None
