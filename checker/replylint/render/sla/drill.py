"""Drills for a terminal and for programs: the timeline, what was kept and what was missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from replylint.contract.actions import usual
from replylint.contract.clocks import NAMES
from replylint.contract.model import Contract
from replylint.render.options import Options
from replylint.render.sla import words
from replylint.render.style import Style, paint
from replylint.render.times import day_time, time
from replylint.render.visible import columns, indented, visible
from replylint.sla.drills.model import Check, Drill, Happening, Played, Result
from replylint.source.messages import Lang, say, speak
from replylint.source.problems import Said, Saying

VERSION = 1
RESULTS: tuple[Result, ...] = ("kept", "missed", "unknown", "open")
_MARKS: dict[Result, tuple[str, Style]] = {
    "kept": ("✓", "good"), "missed": ("✗", "error"), "unknown": ("?", "undecided"), "open": ("…", "place")
}  # fmt: skip
_WORST: tuple[Result, ...] = ("missed", "unknown", "open", "kept")
_SHOWN = 60


def drill_text(played: Played, contract: Contract, options: Options) -> Iterator[str]:
    """One drill, piece by piece; joined they are the text, line ends included."""
    for line in _lines(played, contract, options):
        yield line.rstrip() + "\n"


def _lines(played: Played, contract: Contract, options: Options) -> Iterator[str]:
    drill, lang = played.drill, options.lang
    name = words.field_name(drill.emergency, lang)
    yield paint(visible(f"{drill.title} · {name}"), "strong", options.colour)
    yield visible(drill.source.path)
    if drill.about:
        yield visible(drill.about)
    yield ""
    yield from _timeline(played, contract, options)
    yield ""
    yield from _clocks(played, options)
    values: dict[str, Saying] = {result: str(played.count(result)) for result in RESULTS}
    yield paint(say("sla.drill-total", lang, values), "strong", options.colour)


def _timeline(played: Played, contract: Contract, options: Options) -> Iterator[str]:
    """What happened, with what was asked of the emergency as a whole where it was due or done."""
    drill, lang, zone = played.drill, options.lang, contract.calendar.zone
    rows = [(h.at, 1, _happened(h, contract, options)) for h in drill.timeline]
    begun = say("sla.drill-begins", lang, {"name": words.field_name(drill.emergency, lang)})
    rows.append((drill.begins, 2, paint(f"▲ {begun}", "strong", options.colour)))
    whole = [check for check in played.checks if not check.clock]
    rows += [(_when(check, drill), 3, _checked(check, options, zone)) for check in whole]
    rows.sort(key=lambda row: (row[0].astimezone(dt.UTC), row[1]))
    day: dt.date | None = None
    for moment, kind, text in rows:
        local = moment.astimezone(zone)
        if local.date() != day:
            day = local.date()
            weekday = say(f"sla.weekday-{day.weekday()}", lang)
            yield paint(f"{day.isoformat()}{weekday}", "place", options.colour)
        yield f"  {time(local)} {'  ' if kind == 3 else ''} {text}"


def _when(check: Check, drill: Drill) -> dt.datetime:
    """When a check is told: where it was kept, else where it was due."""
    return check.met.at if check.met and check.result == "kept" else check.due or drill.ends


def _happened(happening: Happening, contract: Contract, options: Options) -> str:
    lang = options.lang
    title = contract.role_title(happening.role, lang)
    who = happening.by or title
    if happening.by and title and title != happening.by:
        who = say("sla.drill-who", lang, {"by": happening.by, "role": title})
    about = f"[{happening.review}] " if happening.review else ""
    stars = "★" * happening.rating if happening.rating else ""
    event = words.event_name(happening.name, lang)
    to = f" → {_reached(happening.to, contract, lang)}" if happening.to else ""
    text = happening.text or happening.reason
    parts = [f"{about}{event}{to}", stars, who, f"「{_short(text)}」" if text and lang == "zh" else _quoted(text)]
    return visible("  ".join(part for part in parts if part))


def _reached(to: str, contract: Contract, lang: Lang) -> str:
    """Whom something went to, a role by its title in the language; a person by name."""
    return contract.role_title(contract.role_names.get(usual(to), to), lang)


def _quoted(text: str) -> str:
    return f"“{_short(text)}”" if text else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _checked(check: Check, options: Options, zone: dt.tzinfo) -> str:
    lang = options.lang
    mark, style = _MARKS[check.result]
    what = visible(speak(_translated(check.what, lang), lang))
    detail = _detail(check, options, zone)
    source = paint(visible(check.source), "place", options.colour)
    return f"{paint(f'{mark} {what}', style, options.colour)}{detail}  {source}"


def _detail(check: Check, options: Options, zone: dt.tzinfo | None = None) -> str:
    """How it came out: late and by how much, not at all, or why it cannot be told."""
    lang = options.lang
    if check.why:
        return say("sla.drill-detail", lang, {"detail": say(f"sla.{check.why}", lang)})
    if check.result == "missed" and check.due is not None and check.met is not None and check.met.at > check.due:
        late = words.took(int((check.met.at - check.due).total_seconds()), lang)
        return say("sla.drill-detail", lang, {"detail": say("sla.late", lang, {"late": late})})
    if check.due is not None and not check.clock and check.met is not None and check.met.at != check.due:
        local, done = check.due.astimezone(zone), check.met.at.astimezone(zone)
        when = time(local) if local.date() == done.date() else day_time(local)
        due = say("sla.drill-due", lang, {"due": when})
        return say("sla.drill-detail", lang, {"detail": due})
    return ""


def _translated(what: Saying, lang: Lang) -> Saying:
    """The sentence with the names of events as people say them."""
    if isinstance(what, tuple):
        return tuple(_translated(part, lang) for part in what)
    if not isinstance(what, Said):
        return what
    if what.key == "sla.drill-event":
        return say(what.key, lang, {"name": words.event_name(str(what.values["name"]), lang)})
    return Said(what.key, {name: _translated(value, lang) for name, value in what.values.items()})


def _clocks(played: Played, options: Options) -> Iterator[str]:
    """Each clock once, with the reviews in which it was missed."""
    lang = options.lang
    timed = sorted((c for c in played.checks if c.clock), key=lambda c: (c.level, NAMES.index(c.clock)))
    if not timed:
        return
    yield paint(say("sla.drill-clocks", lang), "strong", options.colour)
    groups = [(key, list(members)) for key, members in groupby(timed, key=lambda c: (c.level, c.clock))]
    names = {key: words.clause_name(*key, lang) for key, _ in groups}
    width = max(columns(name) for name in names.values())
    for key, checks in groups:
        counts = {result: sum(c.result == result for c in checks) for result in RESULTS}
        worst = next(result for result in _WORST if counts[result])
        told = [say(f"sla.drill-{r}", lang, {"number": str(counts[r])}) for r in RESULTS if counts[r]]
        mark, style = _MARKS[worst]
        space = " " * (width - columns(names[key]))
        yield f"  {paint(mark, style, options.colour)} {names[key]}{space}  {' · '.join(told)}"
        for check in checks:
            if check.result in ("missed", "unknown"):
                yield f"      {_late(check, options)}"
    yield ""


def _late(check: Check, options: Options) -> str:
    lang = options.lang
    if check.due is None:
        return visible(f"[{check.review}]") + (f" {say(f'sla.{check.why}', lang)}" if check.why else "")
    due = say("sla.drill-due", lang, {"due": day_time(check.due)})
    return visible(f"[{check.review}] {due}") + _detail(check, options)


def drill_json(played: Sequence[Played], contract: Contract, options: Options) -> str:
    """All drills as one JSON object with its line end."""
    found = {
        "version": VERSION,
        "tool": {"name": "replylint", "version": options.version},
        "drills": [_plain(each, contract, options.lang) for each in played],
    }
    return indented(found) + "\n"


def _plain(played: Played, contract: Contract, lang: Lang) -> dict[str, Any]:
    drill = played.drill
    return {
        "drill": drill.title,
        "file": drill.source.path,
        "emergency": drill.emergency,
        "begins": drill.begins.isoformat(),
        "ends": drill.ends.isoformat(),
        "summary": {result: played.count(result) for result in RESULTS},
        "timeline": [_plain_happening(h, drill) for h in drill.timeline],
        "checks": [
            {
                "result": check.result,
                "message": speak(_translated(check.what, lang), lang) if not check.clock else None,
                "source": check.source or None,
                "clock": check.clock or None,
                "review": check.review or None,
                "due": check.due.isoformat() if check.due else None,
                "why": say(f"sla.{check.why}", lang) if check.why else None,
                "line": _line_of(check.met, drill) if check.met else None,
                "at": check.met.at.isoformat() if check.met else None,
            }
            for check in played.checks
        ],
    }


def _plain_happening(happening: Happening, drill: Drill) -> dict[str, Any]:
    stated = {name: getattr(happening, name) for name in ("review", "by", "role", "to", "text", "reason", "rating")}
    shown = {name: value for name, value in stated.items() if value}
    return {"at": happening.at.isoformat(), "event": happening.name, **shown, "line": _line_of(happening, drill)}


def _line_of(happening: Happening, drill: Drill) -> int:
    return drill.source.position(happening.where.span.start)[0]
