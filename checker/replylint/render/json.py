"""The report for programs: version 1, described by `schema.json_schema`."""

from __future__ import annotations

import json as _json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from replylint.evaluate.model import (
    Awaited,
    CaseVerdict,
    Contact,
    CouldNotCheck,
    Finding,
    Label,
    Summary,
    Undecided,
    Waived,
)  # fmt: skip
from replylint.render.options import Entry, Options
from replylint.render.places import place_of
from replylint.render.visible import escaped
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem
from replylint.source.spans import Location
from replylint.waivers.identity import words_digest

VERSION = 1

_REACHED = ("role", "name", "channel", "on_duty")


def json(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """The report as one JSON object, one case a line; nothing but the summary waits for the last case."""
    tool = {"name": "replylint", "version": options.version}
    yield f'{{"version": {VERSION}, "tool": {dumps(tool)}, "cases": ['
    between, end = "\n", "], "
    for entry in entries:
        if isinstance(entry, Summary):
            end = f'\n], "policy": {dumps(_policy(entry))}, "summary": {dumps(_summary(entry))}'
        else:
            yield between + dumps(_case(entry, options.lang))
            between = ",\n"
    yield end + "}\n"


def dumps(value: Any) -> str:
    """One line of JSON; Chinese as it is, everything a terminal might obey as escapes."""
    return escaped(_json.dumps(value, ensure_ascii=False))


def _case(entry: CaseVerdict | CouldNotCheck, lang: Lang) -> dict[str, Any]:
    if isinstance(entry, CouldNotCheck):
        return {"id": entry.id, "file": entry.file, "error": {"problems": problems_told(entry.problems, lang)}}
    return {
        "id": entry.id,
        "file": entry.file,
        "verdict": entry.verdict,
        "findings": [_finding(f, lang) for f in entry.findings],
        "undecided": [_undecided(u, lang) for u in entry.undecided],
        "contact": _contact(entry.contact) if entry.contact else None,
        "rules_evaluated": entry.rules_evaluated,
        "unevaluated": list(entry.unevaluated),
        "ignored": list(entry.ignored),
        "waived": [_waived(w, lang) for w in entry.waived],
        "known": entry.known,
        "level": entry.level,
        "unwaived": entry.unwaived,
        "why": [say(each.key, lang, each.values) for each in entry.why],
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    return _point(finding, lang) | {
        "instead": finding.instead or None,
        "to_do": finding.to_do.said(lang) or None,
        "missing": finding.missing,
        "approvers": [{k: getattr(each, k) for k in _REACHED} for each in finding.approvers],
        "spans": _spans(finding.labels),
    }


def _undecided(undecided: Undecided, lang: Lang) -> dict[str, Any]:
    return _point(undecided, lang) | {
        "unknown": problems_told(undecided.missing, lang),
        "spans": _spans(undecided.labels),
    }


def _waived(waived: Waived, lang: Lang) -> dict[str, Any]:
    point, waiver = waived.point, waived.waiver
    said = _finding(point, lang) if isinstance(point, Finding) else _undecided(point, lang)
    names = ("reason", "by", "role")
    until = {"until": waiver.until.isoformat(), "span": _span(waiver.where)}
    return said | {"waiver": {name: getattr(waiver, name) for name in names} | until}


def _point(point: Finding | Undecided, lang: Lang) -> dict[str, Any]:
    return {k: getattr(point, k) for k in ("rule", "category", "severity")} | {
        "message": point.message.said(lang),
        "words_digest": words_digest(point),
    }


def _spans(labels: Sequence[Label]) -> list[dict[str, Any]]:
    return [{"role": label.role} | _span(label.where) for label in labels]


def _span(where: Location) -> dict[str, Any]:
    place = place_of(where)
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "start": where.span.start,
        "end": where.span.end,
        "text": where.words,
    }


def problems_told(problems: Sequence[Problem], lang: Lang) -> list[dict[str, Any]]:
    """Problems as plain values, each with its sentence, its help and its place."""
    return [_problem(p, lang) for p in problems]


def _problem(problem: Problem, lang: Lang) -> dict[str, Any]:
    message, help_text = describe(problem, lang)
    where = _span(problem.where) if problem.where else None
    return {"key": problem.key, "message": message, "help": help_text or None, "span": where}


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "role": contact.role,
        "name": contact.name,
        "channel": contact.channel,
        "on_duty": contact.on_duty,
        **_due(contact.due),
        "awaited": [_awaited(each) for each in contact.awaited],
        "next": _contact(contact.next) if contact.next else None,
    }


def _awaited(awaited: Awaited) -> dict[str, Any]:
    return {**_due(awaited), "recorded": awaited.recorded}


def _due(awaited: Awaited) -> dict[str, Any]:
    before, latest = (at.isoformat() if at else None for at in (awaited.before, awaited.latest))
    return {"before": before, "before_latest": latest, "clock": awaited.clock or None, "state": awaited.state}


def _policy(summary: Summary) -> dict[str, Any]:
    return {"source": summary.policy, "revision": summary.revision, "now": summary.now.isoformat()}


def _summary(summary: Summary) -> dict[str, Any]:
    counts = ("drafts", "cleared", "blocked", "needs_person", "could_not_check", "rules", "evaluations")
    return {k: getattr(summary, k) for k in counts} | {
        "findings": dict(summary.findings),
        "skipped": dict(summary.skipped),
        "ignored": dict(summary.ignored),
        "waived": summary.waived,
        "waivers_refused": summary.refused,
        "unwaived": summary.unwaived,
        "baseline": None if summary.known is None else {"known": summary.known, "fixed": summary.fixed},
    }
