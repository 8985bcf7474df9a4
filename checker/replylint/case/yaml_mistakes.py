"""What is wrong where the YAML parser stopped, told by what people write rather than by what it expected."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from replylint.source.foreign_quotes import CLOSED, OPENED
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

_ODD_BLANK = re.compile(r"^[ \t-]*(?:[^\s:]+:)?([\u00a0\u2000-\u200a\u202f\u205f\u3000]+)", re.MULTILINE)
_WIDE_COLON = re.compile(r"^[ \t-]*\w+：", re.MULTILINE)
_UNPARTED = re.compile(r"\s*- +(?P<name>[^\s:{}]+) +(?P<rest>\{[^{}]*\})\s*")
"""An action and its parameters without the colon between them: `- refund {amount: TWD 300, order: A-1}`."""

# What the parser says, and the sentence that tells it; the first that occurs in its words counts.
_SENTENCES = {
    "mapping values are not allowed": "yaml-colon",
    "could not find expected ':'": "yaml-missing-colon",
    "cannot start any token": "yaml-sign",
    "while scanning an alias": "yaml-sign",
    "while scanning an anchor": "yaml-sign",
    "unknown escape": "yaml-escape",
    "while scanning a quoted scalar": "yaml-unclosed",
    "while parsing a block": "yaml-indent",
    "while parsing a flow": "yaml-bracket",
    "special characters": "yaml-character",
    "control characters": "yaml-character",
}


@dataclass(frozen=True)
class _Stop:
    """Where the parser stopped.

    offset: the character it stopped at. opened: where what it was reading begins, if it says so. line: the line that it
    stopped in. above: the beginning of the last line before that which is not empty.
    """

    source: Source
    offset: int
    opened: int | None
    line: Span
    above: int

    @property
    def here(self) -> Location:
        """The character it stopped at, if the text does not end before."""
        return Location(self.source, Span(self.offset, min(self.offset + 1, len(self.source.text))))


def syntax_mistake(source: Source, span: Span, error: yaml.YAMLError) -> Problem:
    """What an error of the parser is about; span: the part of the source that it read."""
    stop = _stop(source, span, error)
    for look in (_tab, _odd_blank, _wide_colon, _unparted_action, _foreign_quotes):
        if found := look(stop):
            return found
    return _as_the_parser_says(stop, error)


def _stop(source: Source, span: Span, error: yaml.YAMLError) -> _Stop:
    mark = getattr(error, "problem_mark", None)
    reached = span.start + (mark.index if mark else getattr(error, "position", 0))
    offset = min(reached, max(len(source.text) - 1, 0))
    context = getattr(error, "context_mark", None)
    opened = span.start + context.index if context else None
    line = source.line_at(offset)
    written = len(source.text[span.start : line.start].rstrip()) + span.start
    return _Stop(source, offset, opened, line, source.line_at(max(written - 1, span.start)).start)


def _tab(stop: _Stop) -> Problem | None:
    return Problem("case.yaml-tab", stop.here) if stop.source.text.startswith("\t", stop.offset) else None


def _odd_blank(stop: _Stop) -> Problem | None:
    """Indentation, or a space behind a colon, of another width than YAML knows."""
    found = _ODD_BLANK.search(stop.source.text, stop.above, stop.line.end)
    return Problem("case.yaml-blank", Location(stop.source, Span(*found.span(1)))) if found else None


def _wide_colon(stop: _Stop) -> Problem | None:
    begin = stop.source.line_at(max(stop.offset - 1, 0)).start
    found = _WIDE_COLON.search(stop.source.text, begin, stop.line.end)
    return Problem("case.wide-colon", Location(stop.source, Span(found.end() - 1, found.end()))) if found else None


def _unparted_action(stop: _Stop) -> Problem | None:
    found = _UNPARTED.fullmatch(stop.source.text, *stop.line)
    if found is None:
        return None
    values = {"name": found["name"], "meant": f"{found['name']}: {found['rest']}"}
    return Problem("case.action-colon", Location(stop.source, Span(found.start("name"), found.end("rest"))), values)


def _foreign_quotes(stop: _Stop) -> Problem | None:
    begin = stop.line.start if stop.opened is None else stop.source.line_at(stop.opened).start
    for pattern in (OPENED, CLOSED):
        if found := pattern.search(stop.source.text, min(begin, stop.above), stop.line.end):
            return Problem("case.yaml-quotes", Location(stop.source, Span(*found.span(1))), {"signs": found[1]})
    return None


def _as_the_parser_says(stop: _Stop, error: yaml.YAMLError) -> Problem:
    words = " ".join(str(getattr(error, name, "") or "") for name in ("problem", "context", "reason"))
    key = next((key for part, key in _SENTENCES.items() if part in words), "yaml-syntax")
    if key == "yaml-unclosed" and stop.opened is not None:
        return Problem(f"case.{key}", Location(stop.source, Span(stop.opened, stop.opened + 1)))
    return Problem(f"case.{key}", stop.here)
