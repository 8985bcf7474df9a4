"""Lines of a source with words underlined, as narrow as the reader's screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, zip_longest

from replylint.render.style import Style, paint
from replylint.render.visible import columns, glyphs
from replylint.source.spans import Location, Source, Span

# A span over more lines than this is shown by its first and last line.
_LINES_SHOWN = 3
_CUT = "…"


@dataclass(frozen=True)
class Mark:
    """Words to underline with `sign`, both in `style`. An empty span gets one sign."""

    span: Span
    sign: str
    style: Style


@dataclass(frozen=True)
class Row:
    """A line of a source: its number (None for lines left out), text and underline, without colour."""

    number: int | None
    text: str
    under: str
    colours: tuple[tuple[int, int, Style], ...] = ()

    def painted(self, colour: bool) -> tuple[str, str]:
        """The text and its underline in colour; underlines are coloured whole."""
        if not (colour and self.colours):
            return self.text, self.under
        text, at = "", 0
        for start, end, style in self.colours:
            text += self.text[at:start] + paint(self.text[start:end], style, True)
            at = max(at, end)
        return text + self.text[at:], paint(self.under, self.colours[0][2], True)


def rows(source: Source, marks: Sequence[Mark], room: int) -> Iterator[Row]:
    """The lines that the first mark touches, underlined, with the other marks where they fall on them."""
    lines = _lines_of(source, marks[0].span)
    left_out = len(lines) > _LINES_SHOWN
    for line in (lines[0], lines[-1]) if left_out else lines:
        yield _row(source, line, marks, room)
        if left_out and line == lines[0]:
            yield Row(None, "⋮", "")


@lru_cache(maxsize=256)  # a report names the same few rules and clauses again and again
def excerpt(where: Location, room: int) -> str:
    """The line of a place in at most `room` columns, without indentation, cut around its words."""
    line = _lines_of(where.source, where.span)[0]
    text = where.source.text[line.start : line.end]
    indent = len(text) - len(text.lstrip())
    line = Span(min(line.start + indent, max(line.start, where.span.start)), line.end)
    return _row(where.source, line, (Mark(where.span, "^", "strong"),), room).text


def _lines_of(source: Source, span: Span) -> list[Span]:
    lines = [source.line_at(span.start)]
    while (start := source.text.find("\n", lines[-1].end) + 1) and start < span.end:
        lines.append(source.line_at(start))
    return lines


def _row(source: Source, line: Span, marks: Sequence[Mark], room: int) -> Row:
    text = source.text[line.start : line.end]
    shown, sums = _measured(text)
    indent = len(text) - len(text.lstrip())
    parts = [(part, m) for m in marks if (part := _part(line, indent, m.span)) is not None]
    focus = parts[0][0] if parts else Span(0, 0)
    window = _window(sums, focus, room)
    before = _CUT if window.start > 0 else ""
    after = _CUT if window.end < len(shown) else ""
    cut = before + "".join(shown[window.start : window.end]) + after
    under, colours = _underline(shown, sums, parts, window, len(before))
    return Row(source.position(line.start)[0], cut, under, colours)


@lru_cache(maxsize=64)  # findings come one after the other on the same few lines
def _measured(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """What is shown for each character of a line, and how many columns all before each take, and all together."""
    shown = glyphs(text)
    return shown, [0, *accumulate(map(_columns, shown))]


_columns = lru_cache(maxsize=4096)(columns)  # of a character; asked for each one of each line


def _part(line: Span, indent: int, span: Span) -> Span | None:
    """The part of a span on a line, relative to the line's start; its line break counts as its end.

    Where it goes on from an earlier line, it begins behind the indentation.
    """
    if span.end < line.start or span.start > line.end + 1 or (span.end == line.start and span.length):
        return None
    start = min(line.start + indent if span.start < line.start else span.start, line.end)
    return Span(start - line.start, max(min(span.end, line.end), start) - line.start)


def _window(sums: Sequence[int], focus: Span, room: int) -> Span:
    """The characters to show: all when they fit, else the focus with as much around it as fits."""
    characters = len(sums) - 1
    if sums[-1] <= room:
        return Span(0, characters)
    room = max(room - 2 * len(_CUT), 2)
    start = end = focus.start
    while end < focus.end and sums[end + 1] - sums[start] <= room:
        end += 1
    # Grow on both sides in turn; one side that has ended leaves its room to the other.
    growing = True
    while growing:
        growing = False
        if start > 0 and sums[end] - sums[start - 1] <= room:
            start, growing = start - 1, True
        if end < characters and sums[end + 1] - sums[start] <= room:
            end, growing = end + 1, True
    return Span(start, end)


def _underline(
    shown: Sequence[str], sums: Sequence[int], parts: Sequence[tuple[Span, Mark]], window: Span, shift: int
) -> tuple[str, tuple[tuple[int, int, Style], ...]]:
    under = ""
    colours: list[tuple[int, int, Style]] = []
    for part, mark in parts:
        if part.end < window.start or part.start > window.end:
            continue
        start, end = max(part.start, window.start), min(part.end, window.end)
        first = shift + sums[start] - sums[window.start]
        under = _over(under, " " * first + mark.sign * max(sums[end] - sums[start], 1))
        at = shift + sum(map(len, shown[window.start : start]))
        colours.append((at, at + sum(map(len, shown[start:end])), mark.style))
    return under, _apart(colours)


def _over(under: str, more: str) -> str:
    """Two underlines as one; where both have signs, those of the first."""
    if not under:
        return more
    return "".join(sign if sign != " " else other for sign, other in zip_longest(under, more, fillvalue=" "))


def _apart(colours: list[tuple[int, int, Style]]) -> tuple[tuple[int, int, Style], ...]:
    """In order and without overlaps; what comes first keeps its place."""
    kept: list[tuple[int, int, Style]] = []
    for start, end, style in sorted(colours, key=lambda c: c[0]):
        if end > start and (not kept or start >= kept[-1][1]):
            kept.append((start, end, style))
    return tuple(kept)
