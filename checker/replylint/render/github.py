"""The report as workflow commands of GitHub Actions, shown as annotations on the files.

The syntax and its escapes are those of the runner (actions/toolkit, packages/core/src/command.ts).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Label, Severity, Summary
from replylint.render.options import Entry, Options, Point, points, way_out
from replylint.render.places import place_of
from replylint.render.summary import summary_lines
from replylint.render.visible import visible
from replylint.source.messages import describe, say
from replylint.source.problems import Problem

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}


def github(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """One annotation for each finding, undecided rule and problem; the summary is a notice of its own."""
    for entry in entries:
        yield from _entry(entry, options)


def _entry(entry: Entry, options: Options) -> Iterator[str]:
    if isinstance(entry, Summary):
        lines = "\n".join(summary_lines(entry, Options(options.version, options.lang)))
        yield command("notice", {"title": "replylint"}, lines)
    elif isinstance(entry, CouldNotCheck):
        for problem in entry.problems:
            yield _problem(problem, entry, options)
    else:
        for point in points(entry):
            yield _point(point, entry, options)


def _point(point: Point, case: CaseVerdict, options: Options) -> str:
    lang = options.lang
    if isinstance(point, Finding):
        name, notes = _COMMANDS[point.severity], list(way_out(point, lang))
        title = point.rule
    else:
        name, notes = "warning", [("unknown", describe(p, lang)[0]) for p in point.missing]
        title = f"{say('render.needs-person', lang)} ({point.rule})"
    others = [(label.role, f"{label.where}  {label.where.words}") for label in point.labels if label.role != "draft"]
    lines = [say("render.at", lang, {"label": say(f"render.{k}", lang), "text": t}) for k, t in (*notes, *others)]
    message = "\n".join((point.message.said(lang), *lines))
    return command(name, _where(point.labels, case.file) | {"title": title}, message)


def _problem(problem: Problem, entry: CouldNotCheck, options: Options) -> str:
    sentence, help_text = describe(problem, options.lang)
    labels = (Label("draft", problem.where),) if problem.where else ()
    title = say("render.could-not-check", options.lang)
    message = "\n".join(filter(None, (sentence, help_text)))
    return command("error", _where(labels, entry.file) | {"title": title}, message)


def _where(labels: Sequence[Label], file: str) -> dict[str, str]:
    if not labels:
        return {"file": file}
    place = place_of(labels[0].where)
    where = {"file": place.file, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # GitHub refuses columns on an annotation of several lines.
        where |= {"col": str(place.column), "endColumn": str(max(place.end_column - 1, place.column))}
    return where


def command(name: str, properties: dict[str, str], message: str) -> str:
    """A workflow command as one line; nothing in it can end it early or begin another."""
    told = ",".join(f"{k}={_property(v)}" for k, v in properties.items())
    return f"::{name} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    """A message: line breaks are kept as escapes, everything else that is invisible is spelled out."""
    lines = (visible(line) for line in text.splitlines())
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
