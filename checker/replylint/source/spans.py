"""Texts and the places in them.

All offsets are Unicode code points into the text as the person wrote it, from the first step to the last:
a place is carried along, never searched for again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate
from typing import NamedTuple
from zlib import compress, decompress

_LONG = 65_536
"""Characters: a longer text is a whole file that many places are in."""


class Span(NamedTuple):
    """A half-open range of characters, `start` included and `end` excluded.

    A text has hundreds, which is why it is no dataclass: a tuple is made and compared in a fifth of the time.
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many characters."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        """The same range, so much later."""
        return Span(self.start + by, self.end + by)

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True)
class Source:
    """A file's text under the name shown to people.

    `first_line` is the number of the text's first line in its file: a row of a JSON Lines file is a Source of its
    own, so that a large file need not be held in memory.
    """

    path: str
    text: str
    first_line: int = 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")[:-1]), initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character, both counted from 1, the column in code points."""
        index = bisect_right(self._line_starts, offset) - 1
        return index + self.first_line, offset - self._line_starts[index] + 1

    def line_at(self, offset: int) -> Span:
        """The span of the line that holds a character, without its line break."""
        start = self._line_starts[bisect_right(self._line_starts, offset) - 1]
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return Span(start, end - 1 if end > start and self.text[end - 1] == "\r" else end)

    @cached_property
    def packed(self) -> Source:
        """The same text, compressed where it is not long: rows are remembered by the thousand, and seldom shown."""
        return _Packed(self) if len(self.text) <= _LONG else self


class _Packed(Source):
    """A text that is made from its compressed form each time that it is asked for."""

    def __init__(self, source: Source):
        # The parent is frozen; `text` is left out on purpose, so that __getattr__ is asked for it.
        packed = compress(source.text.encode("utf-8", "surrogatepass"), 1)
        self.__dict__.update(path=source.path, first_line=source.first_line, _packed=packed)

    def __getattr__(self, name: str) -> str:
        if name != "text":
            raise AttributeError(name)
        return decompress(self.__dict__["_packed"]).decode("utf-8", "surrogatepass")

    @property
    def packed(self) -> Source:
        return self


@dataclass(frozen=True)
class Location:
    """A span of a source."""

    source: Source
    span: Span

    @property
    def words(self) -> str:
        """The text at this place."""
        return self.source.text[self.span.start : self.span.end]

    @property
    def settled(self) -> Location:
        """The same place, without what it is worked out from, its text compressed: to be remembered for long."""
        return Location(self.source.packed, self.span)

    def __str__(self) -> str:
        line, column = self.source.position(self.span.start)
        return f"{self.source.path}:{line}:{column}"


class Later(Location):
    """A location whose span is worked out when it is first asked for.

    Most drafts give no finding, so most places are never needed.
    """

    def __init__(self, source: Source, find: Callable[[], Span]):
        # The parent is frozen; `span` is left out on purpose, so that __getattr__ is asked for it.
        self.__dict__.update(source=source, _find=find)

    def __getattr__(self, name: str) -> Span:
        if name != "span":
            raise AttributeError(name)
        span: Span = self.__dict__["_find"]()
        self.__dict__["span"] = span
        return span

    def __eq__(self, other: object) -> bool:
        # What is the same object need not be worked out to be equal.
        return self is other or (
            isinstance(other, Location) and (self.source, self.span) == (other.source, other.span)
        )

    def __hash__(self) -> int:
        return hash((self.source, self.span))


@dataclass(frozen=True)
class Embedded:
    """A text that stands inside a source: a Markdown body, a CSV cell, a JSON string with escapes.

    `origin` is the offset in the source of the first character when the text stands there letter by letter;
    otherwise one offset for each character, and one more for the end.
    """

    text: str
    source: Source
    origin: int | Sequence[int] = 0

    def locate(self, span: Span) -> Location:
        """Where a span of this text stands in the source."""
        return Location(self.source, _stretch(self.origin, span.end, span.start))

    @cached_property
    def location(self) -> Location:
        """Where the whole text stands in the source."""
        # Not by way of this text, which would go round in a circle that only the garbage collector finds.
        return Later(self.source, partial(_stretch, self.origin, len(self.text)))


def _stretch(origin: int | Sequence[int], end: int, start: int = 0) -> Span:
    """Where a stretch of an embedded text stands in its source; origin: as `Embedded` has it."""
    if isinstance(origin, int):
        return Span(origin + start, origin + end)
    first, last = origin[start], min(max(end, start + 1), len(origin) - 1)
    return Span(first, max(origin[last], first))


def plain(text: str, path: str = "<text>") -> Embedded:
    """A text that is its own source, as in the Python API and in tests."""
    return Embedded(text, Source(path, text))
