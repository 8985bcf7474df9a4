"""Where a contract is no YAML: what whoever wrote the line most likely meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replylint.source.foreign_quotes import OPENED
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

# What the parser says of a line that is not split into a key and its value as it was meant.
_SPLIT = ("second-colon", "no-colon", "open-bracket", "quote-needed")
_NO_SPACE_AFTER_DASH = re.compile(r"[ ]*(-)[^\s\-\d]")
_NO_SPACE_AFTER_COLON = re.compile(r"[ ]*(?:- )?[^\s:\"'{}\[\]#]+(:)[^\s:/]")
# Where YAML wants a space: before a name, and behind its colon.
_ODD_BLANK = re.compile(r"[ -]*(?:[^\s:]+:)?([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_WIDE_BRACKET = re.compile("[｛｝［］【】]")
_WIDE_COMMA = re.compile(r"[{\[][^{}\[\]]*([，、])")
_VALUE = re.compile(r"[ ]*[^\s:#]+:[ ]+[^\s|>#]")


def slip(where: Location, name: str) -> Problem | None:
    """The mistake behind one that the YAML parser found, by the name of that one; None when it says it well itself."""
    if name not in _SPLIT:
        return None
    source = where.source
    for line in _lines(where):
        words = source.text[line.start : line.end].split(" #", 1)[0]
        for key, at in _found(words, name):
            place = Location(source, Span(line.start + at, line.start + at + 1))
            return Problem(f"contract.{key}", place, {"words": place.words})
        if match := OPENED.search(source.text, line.start, line.end):
            return Problem("contract.foreign-quotes", Location(source, Span(*match.span(1))), {"signs": match[1]})
    return _crooked(where) if name == "second-colon" else None


def _lines(where: Location) -> Iterator[Span]:
    """The last line with words before the place, and its own."""
    source = where.source
    line = source.line_at(where.span.start)
    before = source.text[: line.start].rstrip()
    if before:
        yield source.line_at(len(before) - 1)
    yield line


def _found(words: str, name: str) -> Iterator[tuple[str, int]]:
    """What is wrong with a line and where in it, the surest first."""
    if match := _ODD_BLANK.match(words):
        yield "odd-blank", match.start(1)
    if "：" in words and ":" not in words and name in ("second-colon", "no-colon"):
        yield "full-width-colon", words.index("：")
    for key, pattern in (("full-width-bracket", _WIDE_BRACKET), ("full-width-comma", _WIDE_COMMA)):
        if match := pattern.search(words):
            yield key, match.start(match.lastindex or 0)
    for key, pattern in (("dash-space", _NO_SPACE_AFTER_DASH), ("colon-space", _NO_SPACE_AFTER_COLON)):
        if match := pattern.match(words):
            yield key, match.start(1)


def _crooked(where: Location) -> Problem | None:
    """A line that stands deeper than the one before, which has its value already."""
    source = where.source
    lines = list(_lines(where))
    if len(lines) < 2 or not _VALUE.match(source.text, lines[0].start, lines[0].end):
        return None
    above, here = (_indentation(source, line) for line in lines)
    if here <= above:
        return None
    start = lines[1].start + here
    return Problem("contract.indentation", Location(source, Span(start, start + 1)))


def _indentation(source: Source, line: Span) -> int:
    words = source.text[line.start : line.end]
    return len(words) - len(words.lstrip(" "))
