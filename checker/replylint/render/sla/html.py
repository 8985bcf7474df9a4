"""A report on an event log as one HTML page that needs nothing else: no network, no script, no font.

The page is a template (`page.html`) because whoever changes what it looks like works on HTML and CSS, not on Python.
Jinja escapes every value; what would be invisible or turn the direction of writing is spelled out before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from replylint.render.options import Options
from replylint.render.sla import words
from replylint.render.sla.plots import Columns, Histogram, Rect, histogram, stacked, weeks
from replylint.render.times import day_time
from replylint.render.visible import visible
from replylint.sla.model import OUTCOMES, Clause, Event, Figures, Group, Measurement, Report, Times
from replylint.sla.report import GROUPS, SPREAD
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem

_BREACHES = 100
_ROWS = 100
_WEEKS = 53
_PARTS = {0.25: "¼", 0.5: "½", 0.75: "¾", 1.5: "1½"}


@dataclass(frozen=True)
class Row:
    """A row of a table of figures. name: of the clause or group; target: as the contract states it."""

    name: str
    target: str
    bar: tuple[Rect, ...]
    figures: Figures
    share: str
    times: tuple[str, str, str]
    heading: str = ""


@dataclass(frozen=True)
class Plot:
    """The spread of one clause's times."""

    name: str
    target: str
    count: int
    histogram: Histogram
    described: str


@dataclass(frozen=True)
class Breach:
    """A breach with its evidence: what happened, when and where."""

    case: str
    clause: str
    late: str
    due: str
    since: str
    since_place: str
    stopped: str
    stopped_place: str
    by: str


def sla_html(report: Report, options: Options) -> Iterator[str]:
    """The page, piece by piece; joined they are the file."""
    # Imported only for a page: it takes as long as reading the contract.
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = (files("replylint.render.sla") / "page.html").read_text(encoding="utf-8")
    yield from environment.from_string(source).generate(_view(report, options))
    yield "\n"


def _view(report: Report, options: Options) -> dict[str, Any]:
    lang = options.lang
    judged = report.total.kept + report.total.breached
    groups = {by: [g for g in report.groups if g.by == by] for by in GROUPS}
    return {
        "lang": "zh-Hant-TW" if lang == "zh" else "en",
        "say": _teller(lang),
        "report": report,
        "version": options.version,
        "title": visible(words.title(report, lang)),
        "span": words.span(report, lang),
        "now": day_time(report.now),
        "only": [words.clock_name(clock, lang) for clock in report.only],
        "outcomes": OUTCOMES,
        "whole": stacked(report.total),
        "share": words.share(report.total),
        "judged": judged,
        "clocks": judged + report.total.unknown + report.total.running,
        "mostly_unknown": report.total.unknown > judged,
        "clauses": tuple(_clauses(report.clauses, lang)),
        "open": any(clause.open and clause.figures.times.count for clause in report.clauses),
        "plots": tuple(_plots(report.clauses, lang)),
        "weeks": _weeks(groups["week"], lang),
        "groups": {by: _groups(rows, lang) for by, rows in groups.items()},
        "breaches": tuple(_breach(b, report, lang) for b in report.worst[:_BREACHES]),
        "more_breaches": max(report.total.breached - _BREACHES, 0),
        "reasons": [
            (f"{r.count:,}", words.clock_name(r.clock, lang), words.why(r, lang), _few(r.cases, r.count))
            for r in report.reasons
        ],
        "notes": [(f"{n.count:,}", visible(words.about(n, lang)), _few(n.places, n.count)) for n in report.notes],
        "problems": _problems(report.problems, lang),
    }


def _problems(problems: Sequence[Problem], lang: Lang) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is wrong, what to do, and all places of it: one sentence is read once."""
    found: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        message, help_ = (visible(text) for text in describe(problem, lang))
        found.setdefault((message, help_), []).extend([visible(str(problem.where))] if problem.where else [])
    return [(message, help_, tuple(places)) for (message, help_), places in found.items()]


def _teller(lang: Lang) -> Callable[..., str]:
    def tell(name: str, **values: str | int) -> str:
        return say(f"sla.{name}", lang, {key: str(value) for key, value in values.items()})

    return tell


def _clauses(clauses: Sequence[Clause], lang: Lang) -> Iterator[Row]:
    level: str | None = None
    for clause in clauses:
        heading = words.level_name(clause.level, lang) if clause.level != level else ""
        level = clause.level
        star = "*" if clause.open else ""
        name = words.clock_name(clause.clock, lang)
        times = _times(clause.figures.times, lang, clause.open, star)
        bar = stacked(clause.figures)
        yield Row(name, words.target(clause, lang), bar, clause.figures, words.share(clause.figures), times, heading)


def _times(times: Times, lang: Lang, is_open: bool = False, star: str = "") -> tuple[str, str, str]:
    p50, p90, p95 = (
        words.took(t, lang, is_open) + star if t is not None else "" for t in (times.p50, times.p90, times.p95)
    )
    return p50, p90, p95


def _plots(clauses: Sequence[Clause], lang: Lang) -> Iterator[Plot]:
    names = [_PARTS.get(bound, f"{bound:g}") for bound in SPREAD]
    late = next(i for i, bound in enumerate(SPREAD) if bound > 1)
    for clause in clauses:
        if sum(clause.spread):
            name = words.clause_name(clause.level, clause.clock, lang)
            values = {"within": f"{sum(clause.spread[:late]):,}", "over": f"{sum(clause.spread[late:]):,}"}
            described = say("sla.plot-described", lang, values)
            count = sum(clause.spread)
            yield Plot(name, words.target(clause, lang), count, histogram(clause.spread, names), described)


def _weeks(groups: Sequence[Group], lang: Lang) -> Columns:
    whole = [(words.group_name(g, lang), g.figures) for g in groups if not g.clock and g.value]
    return weeks(whole[-_WEEKS:])


def _groups(groups: Sequence[Group], lang: Lang) -> tuple[Row, ...]:
    replies = {g.value: g.figures.times for g in groups if g.clock == "first_reply" and not g.level}
    return tuple(
        Row(
            visible(words.group_name(g, lang)), "", stacked(g.figures), g.figures, words.share(g.figures),
            _times(replies.get(g.value, Times(0)), lang),
        )
        for g in words.foremost([g for g in groups if not g.clock], _ROWS)
    )  # fmt: skip


def _breach(breach: Measurement, report: Report, lang: Lang) -> Breach:
    zone = report.now.tzinfo
    since, stopped = breach.since, breach.stopped
    due = "–" if breach.due is None else words.moment(breach.due, zone)
    never = say("sla.never-short", lang, {"event": words.own_event(breach.clock, lang)})
    return Breach(
        case=visible(breach.case),
        clause=words.clause_name(breach.level, breach.clock, lang),
        late=words.took(breach.late, lang),
        due=due,
        since=_event(since, report, lang) if since else "–",
        since_place=visible(str(since.place)) if since else "",
        stopped=_event(stopped, report, lang) if stopped else never,
        stopped_place=visible(str(stopped.place)) if stopped else "",
        by=visible(breach.about.agent),
    )


def _event(event: Event, report: Report, lang: Lang) -> str:
    values = {"event": words.event_name(event.name, lang), "at": words.happened(event, report.now.tzinfo)}
    return say("sla.since", lang, values)


def _few(named: Sequence[str], count: int) -> str:
    return ", ".join(visible(name) for name in named) + (" …" if count > len(named) else "")
