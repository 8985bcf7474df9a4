"""The report for people: every verdict with the words it rests on, then how much was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePath

from replylint.contract.terms import GRAVE
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
)
from replylint.render.contacts import who
from replylint.render.due import later, left, named, told, until
from replylint.render.options import Entry, Options, Point, way_out
from replylint.render.problems import arrow, gutter_width, heading, note, problem_lines, snippet_lines
from replylint.render.snippet import excerpt
from replylint.render.style import Style, paint
from replylint.render.summary import summary_lines
from replylint.render.times import day_time, length
from replylint.render.together import told_together
from replylint.render.visible import columns, visible
from replylint.source.messages import describe, say
from replylint.source.names import section

_SIGNS: Mapping[str, tuple[str, Style]] = {
    "cleared": ("✓", "good"),
    "blocked": ("✗", "error"),
    "needs-person": ("?", "undecided"),
    "could-not-check": ("!", "error"),
}

_RULES_NAMED = 3


def text(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """The report as text, a piece for each draft, the summary last."""
    told = ""
    for entry in entries:
        if isinstance(entry, Summary) and told and not told.endswith("\n\n"):
            yield "\n"
        piece = "".join(f"{line}\n" for line in _entry(entry, options))
        if piece:
            yield piece
            told = piece


def _entry(entry: Entry, options: Options) -> Iterator[str]:
    if isinstance(entry, Summary):
        yield from summary_lines(entry, options)
        return
    verdict = entry.verdict if isinstance(entry, CaseVerdict) else "could-not-check"
    if not (options.quiet and verdict == "cleared"):
        yield _title(verdict, entry.id, entry.file, options)
        # Everything under a title is indented by two columns.
        yield from case_lines(entry, replace(options, width=options.width - 2))


def case_lines(entry: CaseVerdict | CouldNotCheck, options: Options) -> Iterator[str]:
    """What a verdict rests on, or why there is none; lines without line ends."""
    if isinstance(entry, CouldNotCheck):
        yield from _block([problem_lines(problem, options) for problem in entry.problems])
        return
    findings = [_finding(f, options) for f in told_together(entry.findings)]
    undecided = [_undecided(u, options) for u in entry.undecided]
    waived = [_waived(w, options) for w in entry.waived]
    contact = [_contact(entry.contact, entry, options)] if entry.contact else []
    level = [_severity(entry, options)] if _grave(entry) else []
    wordless = [_unevaluated(entry.unevaluated, options)] if entry.unevaluated else []
    yield from _block([*level, *findings, *undecided, *waived, *wordless, *contact])


def _unevaluated(rules: Sequence[str], options: Options) -> Iterator[str]:
    """That a draft has no words, and which rules, of which the first few are named, could say nothing about it."""
    named = (*rules[:_RULES_NAMED], *(["…"] if len(rules) > _RULES_NAMED else []))
    values = {"number": f"{len(rules):,}", "rules": say("render.between", options.lang).join(named)}
    yield _line("no-words", say("render.unevaluated", options.lang, values), options)


def _grave(entry: CaseVerdict) -> bool:
    """Whether the review's severity matters to whoever reads the verdict."""
    return entry.level in GRAVE and entry.verdict != "cleared"


def _severity(entry: CaseVerdict, options: Options) -> Iterator[str]:
    lang = options.lang
    why = ("; " if lang == "en" else "；").join(say(each.key, lang, each.values) for each in entry.why)
    name = section("choices").spell(entry.level or "", lang)
    yield _line("case-severity", say("render.severity-why", lang, {"level": name, "why": visible(why)}), options)


def _title(verdict: str, id_: str, file: str, options: Options) -> str:
    sign, style = _SIGNS[verdict]
    word = say(f"render.{verdict}", options.lang)
    name = f"  {visible(id_)}" if id_ and id_ not in (PurePath(file).stem, file) else ""
    verdict_, file_ = (
        paint(f"{sign} {word}", style, options.colour),
        paint(visible(file), "strong", options.colour),
    )
    return f"{verdict_}  {file_}{name}"


def _block(parts: Sequence[Iterable[str]]) -> Iterator[str]:
    """Parts indented under a title, with an empty line before each and one at the end."""
    for line in chain.from_iterable(chain([""], part) for part in parts):
        yield f"  {line}" if line else ""
    if parts:
        yield ""


def _finding(finding: Finding, options: Options) -> Iterator[str]:
    yield _heading(finding.severity, finding, options)
    yield from _labels(finding.labels, finding.severity, options, whole=finding.missing)
    for label, words in way_out(finding, options.lang):
        yield from note(label, words, _gutter(finding.labels), options, "help")


def _undecided(undecided: Undecided, options: Options) -> Iterator[str]:
    yield _heading("undecided", undecided, options)
    yield from _labels(undecided.labels, "undecided", options)
    for problem in undecided.missing:
        sentence, help_text = describe(problem, options.lang)
        yield from note("unknown", sentence, _gutter(undecided.labels), options, "undecided")
        if help_text:
            yield from note("help", help_text, _gutter(undecided.labels), options, "help")


def _waived(waived: Waived, options: Options) -> Iterator[str]:
    point, waiver = waived.point, waived.waiver
    word = paint(f"{say('render.waived', options.lang)}[{visible(point.rule)}]", "good", options.colour)
    yield say("render.problem", options.lang, {"severity": word, "message": visible(point.message.said(options.lang))})
    yield from _labels(point.labels[:1], "good", options, whole=isinstance(point, Finding) and point.missing)
    values = {"by": waiver.by, "role": waiver.role, "reason": waiver.reason, "until": waiver.last_minute}
    yield from note("waiver", say("render.waived-by", options.lang, values), _gutter(point.labels), options)


def _heading(style: Style, point: Point, options: Options) -> str:
    word = f"{say(f'render.{style}', options.lang)}[{visible(point.rule)}]"
    return heading(word, visible(point.message.said(options.lang)), style, options)


def _gutter(labels: Sequence[Label]) -> int:
    return gutter_width(labels[0].where) if labels else 2


def _labels(labels: Sequence[Label], style: Style, options: Options, whole: bool = False) -> Iterator[str]:
    """The first place with its words underlined, others on its line too; the rest in one line each."""
    if not labels:
        return
    first, gutter = labels[0].where, _gutter(labels)
    place = say("render.whole-reply", options.lang, {"place": str(first)}) if whole else str(first)
    yield arrow(place, gutter, options)
    near = [m for m in labels[1:] if m.role == labels[0].role and _same_line(m, labels[0])]
    yield from snippet_lines((first, *(m.where for m in near)), gutter, style, options, underlined=not whole)
    yield from _others([m for m in labels[1:] if m not in near], gutter, options)


def _same_line(label: Label, other: Label) -> bool:
    source = label.where.source
    return source == other.where.source and source.line_at(label.where.span.start) == source.line_at(
        other.where.span.start
    )


def _others(labels: Sequence[Label], gutter: int, options: Options) -> Iterator[str]:
    """Places in one line each; two on a line that is short enough to show both are told by the first of them."""
    told: set[tuple[str, str, str]] = set()
    for label in labels:
        place = str(label.where)
        word = say(f"render.{label.role}", options.lang)
        taken = gutter + 9 + columns(word) + columns(visible(place))
        words = excerpt(label.where, max(options.width - taken, 24))
        known = (label.role, label.where.source.path, words)
        if known not in told:
            told.add(known)
            yield from note(label.role, f"{place}  {words}", gutter, options)


def _contact(contact: Contact, entry: CaseVerdict, options: Options) -> Iterator[str]:
    """Whom to ask, and until when; about what is cleared nobody has to be asked, it only has to be posted in time."""
    if entry.verdict != "cleared":
        yield _line("ask", _who(contact, options), options)
        if contact.next is not None:
            yield _line("next", _who(contact.next, options), options)
    due = told(contact.awaited, entry.level)
    for each in due.lines:
        yield _line("before", _time_left(each, options), options)
    if due.then:
        yield _line("afterwards", later(due.then, options.lang), options)


def _who(contact: Contact, options: Options) -> str:
    words = who(contact, options.lang)
    return words if contact.on_duty else say("render.off-duty", options.lang, {"contact": words})


def _time_left(due: Sequence[Awaited], options: Options) -> str:
    """Until when something has to be done, what that is, and how much time is left."""
    first, lang = due[0], options.lang
    if not first.clock:
        return say("render.before-unknown", lang)
    if first.before is None:
        state = say(f"render.triage-{first.state}", lang)
        return say("render.before-clock", lang, {"moment": state, "clock": named(due, lang, "before-untold")})
    values = {"moment": until(first, day_time, lang), "clock": named(due, lang, "before-untold")}
    moment = say("render.before-clock", lang, values)
    if options.now is None:
        return moment
    if not first.exact and first.state in ("overdue", "maybe_overdue"):
        return say("render.due-so", lang, {"moment": moment, "left": left(first, options.now, lang)})
    key = "left" if first.before >= options.now else "late"
    return say(f"render.{key}", lang, {"moment": moment, "left": length(first.before - options.now, lang)})


def _line(label: str, text_: str, options: Options) -> str:
    word = paint(say(f"render.{label}", options.lang), "undecided", options.colour)
    return say("render.at", options.lang, {"label": word, "text": text_})
