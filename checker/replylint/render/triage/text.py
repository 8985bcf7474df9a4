"""Triage for people: emergencies, then reviews by what has to be done, then whom to reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from replylint.contract.model import Contact
from replylint.contract.terms import GRAVE
from replylint.evaluate.emergencies import Emergency
from replylint.evaluate.model import Awaited
from replylint.evaluate.reach import next_of
from replylint.evaluate.timing import DONE
from replylint.evaluate.triage import Row, Triage
from replylint.render.contacts import on_call, role
from replylint.render.due import later, left, named, told, until
from replylint.render.options import Options
from replylint.render.style import Style, paint
from replylint.render.times import day_time, moment
from replylint.render.visible import columns, visible
from replylint.source.messages import Lang, say
from replylint.source.names import section
from replylint.source.problems import Said

_URGENT = ("overdue", "maybe_overdue", "soon", "unknown")
_STYLES: dict[str, Style] = {"overdue": "error", "maybe_overdue": "error", "soon": "warning", "unknown": "undecided"}
_LATE = ("overdue", "maybe_overdue")
_MOST_IDS = 5
_MOST_ROWS = 40
"""More than these nobody works through in a night; they come with --all."""


def triage_text(triage: Triage, options: Options, everything: bool = False) -> Iterator[str]:
    """The triage as text, piece by piece; everything: also reviews that are neither serious nor due soon."""
    for line in _lines(triage, options, everything):
        yield line + "\n"


def _lines(triage: Triage, options: Options, everything: bool) -> Iterator[str]:
    lang, now = options.lang, triage.now
    if triage.emergencies:
        heading = say("render.triage-emergencies", lang, {"number": str(len(triage.emergencies))})
        yield paint(heading, "error", options.colour)
        for emergency in triage.emergencies:
            yield from _emergency(emergency, triage, options)
        yield ""
    matter = [row for row in triage.rows if everything or _matters(row)]
    shown = matter if everything else matter[:_MOST_ROWS]
    if triage.rows:
        number = {"number": str(len(triage.rows))}
        yield paint(say("render.triage-reviews", lang, number), "strong", options.colour)
        yield from _table(shown, triage, options)
    else:
        yield say("render.triage-none", lang)
    for key, more in (("cut", len(matter) - len(shown)), ("rest", len(triage.rows) - len(matter))):
        if more:
            yield "  " + say(f"render.triage-{key}", lang, {"number": str(more)})
    yield from _reach(shown, options)
    yield ""
    for key, number_ in _done(triage).items():
        if number_:
            yield say(f"render.triage-{key}", lang, {"number": str(number_)})
    for key, counts in (("skipped", triage.skipped), ("ignored", triage.ignored)):
        if counts:
            items = (say("render.times", lang, {"what": visible(k), "number": str(n)}) for k, n in counts.items())
            yield say(f"render.{key}", lang, {"items": say("render.between", lang).join(items)})
    yield say("render.triage-at", lang, {"now": day_time(now), "zone": triage.zone})


def _done(triage: Triage) -> Mapping[str, int]:
    answered = {"done": triage.answered, "untold-answered": triage.untold}
    times = {"days": triage.days, "twice": triage.twice, "ahead": triage.ahead}
    return {**answered, **times, "repeated": triage.repeated}


def _matters(row: Row) -> bool:
    urgent = row.urgent is None or any(clock.state in _URGENT for clock in row.clocks)
    return urgent or row.grade.level in GRAVE or row.may_be_grave


def _emergency(emergency: Emergency, triage: Triage, options: Options) -> Iterator[str]:
    lang = options.lang
    ids = ", ".join(visible(id_) for id_ in emergency.reviews[:_MOST_IDS])
    if len(emergency.reviews) > _MOST_IDS:
        ids = say("render.triage-more", lang, {"ids": ids, "number": str(len(emergency.reviews) - _MOST_IDS)})
    values = {
        "what": _spelt(emergency.name, lang), "level": _level_name(emergency.level, lang),
        "number": str(len(emergency.reviews)), "ids": ids,
    }  # fmt: skip
    yield "  " + paint("! " + say("render.triage-emergency", lang, values), "error", options.colour)
    yield from (f"    {visible(_said(why, lang))}" for why in emergency.why)
    yield "    " + _goes_up(emergency, triage.now, options)
    if emergency.pause:
        yield "    " + say("render.triage-pause", lang)
    if emergency.speaker is not None:
        names = {"name": visible(emergency.speaker.name), "role": visible(role(emergency.speaker, lang))}
        yield "    " + say("render.triage-speaker", lang, {"who": Said("render.triage-who", names)})
    label = say("render.triage-tell", lang)
    for contact in emergency.line:
        yield "    " + say("render.at", lang, {"label": label, "text": on_call(contact, lang)})


def _goes_up(emergency: Emergency, now: dt.datetime, options: Options) -> str:
    if emergency.due is None:
        return say("render.triage-up-unknown", options.lang)
    up = Awaited("escalate", emergency.due, emergency.state, latest=emergency.latest)
    time = until(up, lambda found: moment(found, now), options.lang)
    if emergency.state in DONE:
        return say(f"render.triage-up-{emergency.state}", options.lang, {"time": time})
    line = say("render.triage-up", options.lang, {"time": time}) + "  " + left(up, now, options.lang)
    return paint(line, "error", options.colour) if emergency.state in _LATE else line


def _table(rows: Sequence[Row], triage: Triage, options: Options) -> Iterator[str]:
    """One line for each review, in columns, and under it why it is so severe and what is not known of it."""
    cells = [[_level(row, options.lang), visible(row.case.id), _status(row, options.lang)] for row in rows]
    widths = [max((columns(line[number]) for line in cells), default=0) for number in range(3)]
    indent = " " * (4 + widths[0])
    for row, line in zip(rows, cells, strict=True):
        start = "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True))
        clocks = _clocks(row, triage.now, options)
        yield f"  {start}  {clocks[0]}".rstrip()
        yield from (f"{' ' * (columns(start) + 4)}{clock}" for clock in clocks[1:])
        why = "; " if options.lang == "en" else "；"
        if row.grade.reasons:
            yield indent + visible(why.join(_said(reason, options.lang) for reason in row.grade.reasons))
        if row.asks:
            asked = say("render.triage-asks", options.lang, {"fields": tuple(row.asks)})
            yield indent + paint(asked, "undecided", options.colour)
        for stands in row.case.vague.values():
            vague = say("render.triage-vague", options.lang, {"words": stands.words})
            yield indent + paint(vague, "undecided", options.colour)


def _clocks(row: Row, now: dt.datetime, options: Options) -> list[str]:
    """What is due about a review, as far as it is told of one among many; what is due later on a line of its own."""
    due = told(row.awaited, row.grade.level)
    lines = [_due(each, now, options) for each in due.lines]
    if due.then:
        word, items = say("render.afterwards", options.lang), later(due.then, options.lang)
        lines.append(say("render.at", options.lang, {"label": word, "text": items}))
    return lines or [say("render.triage-unknown", options.lang)]


def _due(due: Sequence[Awaited], now: dt.datetime, options: Options) -> str:
    lang, first = options.lang, due[0]
    name = say("render.deadline", lang) if first.state == "unknown" else named(due, lang, "triage-untold")
    style = _STYLES.get(first.state)
    if first.before is None or first.state == "paused":
        return f"{name}  " + paint(say(f"render.triage-{first.state}", lang), style, options.colour)
    at = until(first, lambda found: moment(found, now), lang)
    return f"{name}  {at}  {paint(left(first, now, lang), style, options.colour)}"


def _reach(rows: Sequence[Row], options: Options) -> Iterator[str]:
    """Whom to reach for each level that is shown, once."""
    levels = {row.grade.level: row for row in reversed(rows) if row.line}
    if not levels:
        return
    yield ""
    yield paint(say("render.triage-reach", options.lang), "strong", options.colour)
    order = [row.grade.level for row in rows if row.line]
    names = {level: _level_name(level, options.lang) for level in levels}
    width = max(columns(name) for name in names.values())
    for level in dict.fromkeys(order):
        yield f"  {_padded(names[level], width)}  {_line(levels[level].line, options.lang)}"


def _line(line: Sequence[Contact], lang: Lang) -> str:
    """Who is to be reached, and who comes next: somebody on duty, where there is one."""
    first, second = line[0], next_of(line)
    if second is None:
        return on_call(first, lang)
    return say("render.triage-next", lang, {"first": on_call(first, lang), "second": on_call(second, lang)})


def _level(row: Row, lang: Lang) -> str:
    return _level_name(row.grade.level, lang)


def _level_name(level: str | None, lang: Lang) -> str:
    """A severity level as people write it; that it is not known, where it is not."""
    return section("choices").spell(level, lang) if level else say("render.triage-unrated", lang)


def _status(row: Row, lang: Lang) -> str:
    return say(f"render.triage-{row.status}", lang)


def _spelt(name: str, lang: Lang) -> str:
    return section("fields").spell(name, lang).replace("_", " ")


def _said(said: Said, lang: Lang) -> str:
    return say(said.key, lang, said.values)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
