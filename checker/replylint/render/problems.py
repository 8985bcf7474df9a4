"""Problems of drafts, rule files and contracts as text: what, where, the words underlined, and what helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from replylint.evaluate.model import Severity
from replylint.render.options import Options
from replylint.render.snippet import Mark, rows
from replylint.render.style import Style, paint
from replylint.render.visible import columns, visible
from replylint.source.messages import describe, say
from replylint.source.problems import Problem
from replylint.source.spans import Location


def problems_text(problems: Iterable[Problem], options: Options, severity: Severity = "error") -> Iterator[str]:
    """All problems, each followed by an empty line; the pieces joined are the text, line ends included."""
    for problem in problems:
        for line in problem_lines(problem, options, severity):
            yield line + "\n"
        yield "\n"


def problem_lines(problem: Problem, options: Options, severity: Severity = "error") -> Iterator[str]:
    """One problem: its sentence, its place with the words underlined, the help; lines without line ends."""
    sentence, help_text = describe(problem, options.lang)
    yield heading(say(f"render.{severity}", options.lang), visible(sentence), severity, options)
    gutter = 2
    if problem.where is not None:
        gutter = gutter_width(problem.where)
        yield arrow(str(problem.where), gutter, options)
        yield from snippet_lines((problem.where,), gutter, severity, options)
    if help_text:
        yield from note("help", help_text, gutter, options, "help")


def heading(word: str, sentence: str, style: Style, options: Options) -> str:
    """The first line of a problem: how bad it is, and the sentence, which must be visible already."""
    values = {
        "severity": paint(word, style, options.colour),
        "message": paint(sentence, "strong", options.colour),
    }
    return say("render.problem", options.lang, values)


def gutter_width(where: Location) -> int:
    """How wide line numbers are: that of the last line of the place, two at least."""
    last = where.source.position(max(where.span.end - 1, where.span.start))[0]
    return max(len(str(last)), 2)


def arrow(place: str, gutter: int, options: Options) -> str:
    """The line that names a place."""
    return f"{' ' * gutter}{paint('-->', 'place', options.colour)} {visible(place)}"


def snippet_lines(
    places: Sequence[Location], gutter: int, style: Style, options: Options, underlined: bool = True
) -> Iterator[str]:
    """The lines of the first place with its words underlined `^`, further places on the same lines `-`."""
    first, *more = places
    marks = [Mark(first.span, "^", style), *(Mark(p.span, "-", "place") for p in more)]
    bar = paint("|", "place", options.colour)
    for row in rows(first.source, marks, max(options.width - gutter - 3, 20)):
        number = f"{'' if row.number is None else row.number:>{gutter}}"
        text, under = row.painted(options.colour and underlined)
        yield f"{paint(number, 'place', options.colour)} {bar} {text}"
        if underlined and row.under:
            yield f"{' ' * gutter} {bar} {under}"


def note(label: str, text: str, gutter: int, options: Options, style: Style = "strong") -> Iterator[str]:
    """`= label: text` under a snippet, a text of several lines indented. `label` names a sentence."""
    word = say(f"render.{label}", options.lang)
    first, *others = text.splitlines() or [""]
    values = {"label": paint(word, style, options.colour), "text": visible(first)}
    yield f"{' ' * gutter} {paint('=', 'place', options.colour)} {say('render.at', options.lang, values)}"
    if others:
        # The bar also keeps a line of a draft from starting a line of the log, where GitHub would read commands.
        indent = " " * columns(say("render.at", options.lang, {"label": word, "text": ""}))
        bar = paint("|", "place", options.colour)
        yield from (f"{' ' * gutter} {bar} {indent}{visible(line)}" for line in others)
