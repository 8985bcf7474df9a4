"""A report on an event log as JSON, for other programs. Times are in seconds, moments in ISO 8601."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from replylint.render.options import Options
from replylint.render.sla import words
from replylint.render.visible import escaped, indented
from replylint.sla.model import Clause, Event, Figures, Group, Measurement, Report
from replylint.sla.moments import at
from replylint.sla.report import SPREAD
from replylint.source.messages import Lang, describe
from replylint.source.problems import Problem

VERSION = 1


def sla_json(report: Report, breaches: Iterable[Measurement], options: Options) -> Iterator[str]:
    """The report in pieces, all breaches among them, one a line."""
    yield indented(_head(report, options))[: -len("\n}")] + ',\n  "breaches": ['
    before = "\n"
    for breach in breaches:
        yield f"{before}    {escaped(json.dumps(_breach(breach, report.now.tzinfo), ensure_ascii=False))}"
        before = ",\n"
    yield "\n  ]\n}\n" if before != "\n" else "]\n}\n"


def _head(report: Report, options: Options) -> dict[str, Any]:
    lang = options.lang
    return {
        "version": VERSION,
        "tool": {"name": "replylint", "version": options.version},
        "brand": report.brand,
        "time_zone": report.zone,
        "now": report.now.isoformat(),
        "first": report.first.isoformat() if report.first else None,
        "last": report.last.isoformat() if report.last else None,
        "files": report.files,
        "cases": report.cases,
        "events": report.events,
        "clocks": list(report.only),
        "total": _figures(report.total, "waited_seconds"),
        "spread_bounds": list(SPREAD),
        "clauses": [_clause(clause) for clause in report.clauses],
        "groups": [_group(group) for group in report.groups],
        "groups_left_out": report.left_out,
        "cannot_tell": [
            {"clock": reason.clock, "why": reason.key.removeprefix("sla.why-"), "count": reason.count,
             "message": words.why(reason, lang), "cases": list(reason.cases)}
            for reason in report.reasons
        ],
        "notes": [
            {"kind": note.key.removeprefix("sla."), "count": note.count, "message": words.about(note, lang),
             "places": list(note.places)}
            for note in report.notes
        ],
        "unreadable": report.unread,
        "problems": [_problem(problem, lang) for problem in report.problems],
    }  # fmt: skip


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause.path or None,
        "place": clause.place or None,
        "level": clause.level or None,
        "clock": clause.clock,
        "target": words.target(clause, "en") if clause.target else None,
        "open_time": clause.open,
        **_figures(clause.figures, "used_seconds"),
        "spread": list(clause.spread),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "by": group.by,
        "value": group.value or None,
        "level": group.level or None,
        "clock": group.clock or None,
        **_figures(group.figures, "waited_seconds"),
    }


def _figures(figures: Figures, of: str) -> dict[str, Any]:
    times = figures.times
    return {
        "kept": figures.kept, "breached": figures.breached, "cannot_tell": figures.unknown, "running": figures.running,
        of: {"count": times.count, "p50": times.p50, "p90": times.p90, "p95": times.p95},
    }  # fmt: skip


def _breach(breach: Measurement, zone: dt.tzinfo | None) -> dict[str, Any]:
    return {
        "case": breach.case,
        "clause": f"severity.{breach.level}.{breach.clock}",
        "due": _moment(breach.due, zone),
        "overdue_seconds": breach.late,
        "used_seconds": breach.used,
        "allowed_seconds": breach.allowed,
        "agent": breach.about.agent or None,
        "shift": breach.about.shift or None,
        "week": breach.about.week or None,
        "since": _event(breach.since, zone),
        "stopped": _event(breach.stopped, zone),
    }


def _event(event: Event | None, zone: dt.tzinfo | None) -> dict[str, Any] | None:
    if event is None or event.at is None:
        return None
    times = {"at": _moment(event.at.latest, zone)} if event.at.exact else {
        "not_before": _moment(event.at.earliest, zone), "not_after": _moment(event.at.latest, zone)
    }  # fmt: skip
    return {"event": event.name, **times, "by": event.by or None, "file": event.place.file, "line": event.place.line}


def _moment(seconds: int | None, zone: dt.tzinfo | None) -> str | None:
    return None if seconds is None else at(seconds, zone or dt.UTC).isoformat()


def _problem(problem: Problem, lang: Lang) -> dict[str, Any]:
    sentence, advice = describe(problem, lang)
    where = problem.where
    place: dict[str, Any] = {}
    if where is not None:
        line, column = where.source.position(where.span.start)
        place = {"file": where.source.path, "line": line, "column": column}
    return {"message": sentence, "help": advice or None, **place}
