"""A report on an event log for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replylint.render.options import Options
from replylint.render.problems import problems_text
from replylint.render.sla import words
from replylint.render.style import Style, paint
from replylint.render.times import day_time
from replylint.render.visible import columns, visible
from replylint.sla.model import Clause, Figures, Group, Measurement, Report, Times
from replylint.sla.report import GROUPS
from replylint.source.messages import Lang, say

_SHOWN = 15
_GROUPS_SHOWN = 20
_OUTCOMES: tuple[tuple[str, Style], ...] = (
    ("kept", "good"), ("breached", "error"), ("unknown", "undecided"), ("running", "place")
)  # fmt: skip

Cell = tuple[str, Style | None]


def sla_text(report: Report, options: Options) -> Iterator[str]:
    """The report, piece by piece; joined they are the text, line ends included."""
    yield from problems_text(report.problems, options)
    for line in _lines(report, options):
        yield line.rstrip() + "\n"


def _lines(report: Report, options: Options) -> Iterator[str]:
    lang = options.lang
    if not report.events:
        yield from _total(report, options)
        return
    yield paint(visible(words.title(report, lang)), "strong", options.colour)
    sizes = {"events": f"{report.events:,}", "cases": f"{report.cases:,}", "files": f"{report.files:,}"}
    yield words.span(report, lang)
    looked = say("sla.looked", lang, {"now": day_time(report.now)})
    yield f"{say('sla.size', lang, sizes)}{'；' if lang == 'zh' else '; '}{looked}"
    if report.only:
        yield say("sla.only", lang, {"clocks": tuple(words.clock_name(c, lang) for c in report.only)})
    yield ""
    yield from _clauses(report.clauses, options)
    for by in GROUPS:
        yield from _groups([g for g in report.groups if g.by == by], by, options)
    if report.left_out:
        yield say("sla.groups-left-out", lang, {"number": f"{report.left_out:,}"})
    yield from _breaches(report, options)
    yield from _reasons(report, options)
    yield from _notes(report, options)
    yield from _total(report, options)


def _clauses(clauses: Sequence[Clause], options: Options) -> Iterator[str]:
    lang = options.lang
    rows: list[list[Cell]] = []
    level: str | None = None
    for clause in clauses:
        if clause.level != level:
            level = clause.level
            rows.append([(words.level_name(level, lang), "strong")])
        star = "*" if clause.open else ""
        name: Cell = (f"  {words.clock_name(clause.clock, lang)}", None)
        target: Cell = (words.target(clause, lang), None)
        rows.append([name, target, *_counts(clause.figures), *_times(clause.figures.times, lang, clause.open, star)])
    heads = [say(f"sla.{key}", lang) for key in ("clause", "target", "kept", "breached", "unknown", "running")]
    yield from _table([*heads, "p50", "p90", "p95"], rows, 2, options)
    yield ""
    yield say("sla.percentiles", lang)
    if any(clause.open and clause.figures.times.count for clause in clauses):
        yield say("sla.business-time", lang)
    yield ""


def _groups(groups: Sequence[Group], by: str, options: Options) -> Iterator[str]:
    """The figures of all clocks together, and the times of first replies."""
    lang = options.lang
    whole = [group for group in groups if not group.clock]
    replies = {g.value: g.figures.times for g in groups if g.clock == "first_reply" and not g.level}
    rows: list[list[Cell]] = [
        [
            (visible(words.group_name(group, lang)), None),
            *_counts(group.figures),
            (words.share(group.figures), None),
            *_times(replies.get(group.value, Times(0)), lang, False, ""),
        ]
        for group in words.foremost(whole, _GROUPS_SHOWN)
    ]
    first = words.clock_name("first_reply", lang)
    heads = [say(f"sla.{key}", lang) for key in (f"by-{by}", "kept", "breached", "unknown", "running")]
    yield from _table([*heads, "%", f"{first} p50", "p90", "p95"], rows, 1, options)
    if len(whole) > _GROUPS_SHOWN:
        yield say("sla.groups-left-out", lang, {"number": f"{len(whole) - _GROUPS_SHOWN:,}"})
    yield ""


def _counts(figures: Figures) -> list[Cell]:
    found: list[Cell] = []
    for name, style in _OUTCOMES:
        number = getattr(figures, name)
        found.append((f"{number:,}" if number else "·", style if number else None))
    return found


def _times(times: Times, lang: Lang, is_open: bool, star: str) -> list[Cell]:
    if not times.count:
        return [("", None)] * 3
    return [(words.took(t, lang, is_open) + star, None) for t in (times.p50, times.p90, times.p95)]


def _table(heads: Sequence[str], rows: Sequence[Sequence[Cell]], left: int, options: Options) -> Iterator[str]:
    """A table; the first `left` columns are set to the left, the others to the right."""
    full = [row for row in rows if len(row) > 1]
    widths = [max([columns(head), *(columns(row[i][0]) for row in full)]) for i, head in enumerate(heads)]
    yield _row([(head, "strong") for head in heads], widths, left, options)
    for row in rows:
        yield _row(row, widths, left, options)


def _row(cells: Sequence[Cell], widths: Sequence[int], left: int, options: Options) -> str:
    parts = []
    for number, ((text, style), width) in enumerate(zip(cells, widths, strict=False)):
        space = " " * max(width - columns(text), 0)
        painted = paint(text, style, options.colour)
        parts.append(painted + space if number < left else space + painted)
    return "  ".join(parts)


def _breaches(report: Report, options: Options) -> Iterator[str]:
    if not report.worst:
        return
    lang = options.lang
    yield paint(say("sla.breaches", lang), "strong", options.colour)
    for breach in report.worst[:_SHOWN]:
        yield from _breach(breach, report, options)
    more = report.total.breached - min(len(report.worst), _SHOWN)
    if more:
        yield f"  {say('sla.more-breaches', lang, {'number': f'{more:,}'})}"
    yield ""


def _breach(breach: Measurement, report: Report, options: Options) -> Iterator[str]:
    lang, zone = options.lang, report.now.tzinfo
    late = say("sla.late", lang, {"late": words.took(breach.late, lang)})
    name = words.clause_name(breach.level, breach.clock, lang)
    yield f"  {visible(breach.case)}  {name}  {paint(late, 'error', options.colour)}"
    due = "–" if breach.due is None else words.moment(breach.due, zone)
    if breach.since is not None:
        event = words.event_name(breach.since.name, lang)
        what = say("sla.since", lang, {"event": event, "at": words.happened(breach.since, zone)})
        yield f"    {visible(str(breach.since.place))}  {what}"
    if breach.stopped is None:
        values = {"event": words.own_event(breach.clock, lang), "now": day_time(report.now), "due": due}
        yield f"    {say('sla.never', lang, values)}"
        return
    by = say("sla.done-by", lang, {"by": visible(breach.stopped.by)}) if breach.stopped.by else ""
    event, when = words.event_name(breach.stopped.name, lang), words.happened(breach.stopped, zone)
    what = say("sla.stopped", lang, {"event": event, "at": when, "by": by, "due": due})
    yield f"    {visible(str(breach.stopped.place))}  {what}"


def _reasons(report: Report, options: Options) -> Iterator[str]:
    lang = options.lang
    lines = []
    for reason in report.reasons:
        cases = _few([visible(case) for case in reason.cases], reason.count, lang)
        values = {"number": f"{reason.count:,}", "clock": words.clock_name(reason.clock, lang),
                  "why": words.why(reason, lang), "cases": cases}  # fmt: skip
        lines.append(say("sla.reason-line", lang, values))
    return _headed("sla.reasons", lines, options)


def _notes(report: Report, options: Options) -> Iterator[str]:
    lang = options.lang
    lines = []
    for note in report.notes:
        places = _few([visible(place) for place in note.places], note.count, lang)
        values = {"number": f"{note.count:,}", "what": visible(words.about(note, lang)), "places": places}
        lines.append(say("sla.note-line", lang, values))
    return _headed("sla.notes", lines, options)


def _headed(heading: str, lines: Sequence[str], options: Options) -> Iterator[str]:
    """A part of the report; nothing of it where there are no lines."""
    if lines:
        yield paint(say(heading, options.lang), "strong", options.colour)
        yield from (f"  {line}" for line in lines)
        yield ""


def _few(named: Sequence[str], count: int, lang: Lang) -> str:
    joined = ("、" if lang == "zh" else ", ").join(named)
    return joined + (f" {say('sla.and-more', lang)}" if count > len(named) else "")


def _total(report: Report, options: Options) -> Iterator[str]:
    lang, total = options.lang, report.total
    numbers = {name: getattr(total, name) for name, _ in _OUTCOMES}
    values = {"clocks": f"{sum(numbers.values()):,}", **{name: f"{number:,}" for name, number in numbers.items()}}
    yield paint(say("sla.total", lang, values), "strong", options.colour)
    if report.unread:
        yield paint(say("sla.unread", lang, {"number": f"{report.unread:,}"}), "error", options.colour)
    elif not sum(numbers.values()):
        yield paint(say("sla.nothing", lang), "error", options.colour)
