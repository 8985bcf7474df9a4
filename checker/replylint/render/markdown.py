"""The report as Markdown, for the job summary of a workflow: what the ten annotations a step may have leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from replylint.evaluate.model import CaseVerdict, CouldNotCheck, Finding, Label, Summary, Undecided
from replylint.render.contacts import who
from replylint.render.options import Entry, Options, Point, points, way_out
from replylint.render.summary import summary_lines
from replylint.render.visible import visible
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem
from replylint.source.spans import Location

# GitHub takes a job summary of 1 MiB at most, and nothing at all of a longer one.
_BYTES = 900_000
_WORDS = 200

# A colon makes links and emoji unless a space or a digit follows; "www." makes links.
_MEANT = re.compile(r"[\\`*_{}\[\]<>#|!~@$&^]|:(?![ \d])|(?<=www)\.", re.IGNORECASE)

_Row = tuple[str, str, str, str, str]  # verdict, place, finding, words, what to do


def markdown(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """A table of everything that keeps drafts from being cleared or is worth knowing, then the summary."""
    told, left_out = 0, 0
    for entry in entries:
        if isinstance(entry, Summary):
            yield from _end(entry, left_out, options)
            return
        for row in _rows(entry, options):
            line = _line(row)
            if left_out or told + len(line.encode()) > _BYTES:
                left_out += 1
                continue
            yield line if told else _head(options) + line
            told += len(line.encode())


def _rows(entry: CaseVerdict | CouldNotCheck, options: Options) -> Iterator[_Row]:
    if isinstance(entry, CouldNotCheck):
        verdict = say("render.could-not-check", options.lang)
        yield from ((verdict, *_problem(p, entry.file, options)) for p in entry.problems)
        return
    verdict = say(f"render.{entry.verdict}", options.lang)
    for point in points(entry):
        level = "undecided" if isinstance(point, Undecided) else point.severity
        heading = f"{say(f'render.{level}', options.lang)}[{point.rule}]"
        values = {"severity": heading, "message": point.message.said(options.lang)}
        where, finding = _first(point.labels), say("render.problem", options.lang, values)
        yield verdict, str(where or entry.file), finding, _words(where), _way_out(point, entry, options.lang)


def _problem(problem: Problem, file: str, options: Options) -> tuple[str, str, str, str]:
    sentence, help_text = describe(problem, options.lang)
    return str(problem.where or file), sentence, _words(problem.where), help_text


def _way_out(point: Point, case: CaseVerdict, lang: Lang) -> str:
    """The words to write instead; for what is undecided, what is missing and whom to ask."""
    if isinstance(point, Finding):
        notes = list(way_out(point, lang))
    else:
        notes = [("unknown", describe(p, lang)[0]) for p in point.missing]
    notes += [("ask", who(case.contact, lang))] if case.contact and case.verdict == "needs-person" else []
    told = (say("render.at", lang, {"label": say(f"render.{key}", lang), "text": text}) for key, text in notes)
    return say("render.then", lang).join(told)


def _first(labels: Sequence[Label]) -> Location | None:
    return labels[0].where if labels else None


def _words(where: Location | None) -> str:
    if where is None:
        return ""
    return where.words if len(where.words) <= _WORDS else where.words[:_WORDS] + "…"


def _head(options: Options) -> str:
    names = [say(f"render.{n}", options.lang) for n in ("verdict", "draft", "finding", "words", "way-out")]
    return f"| {' | '.join(names)} |\n|{' --- |' * len(names)}\n"


def _line(row: _Row) -> str:
    return f"| {' | '.join(map(_inert, row))} |\n"


def _end(summary: Summary, left_out: int, options: Options) -> Iterator[str]:
    if left_out:
        yield f"\n{say('render.more-rows', options.lang, {'number': f'{left_out:,}'})}\n"
    plain = Options(options.version, options.lang)
    yield "\n" + "".join(f"- {_inert(line)}\n" for line in summary_lines(summary, plain))


def _inert(text: str) -> str:
    """Text that Markdown and HTML read as nothing but text: every sign that could mean something is an entity."""
    return _MEANT.sub(lambda m: f"&#{ord(m[0])};", visible(text))
