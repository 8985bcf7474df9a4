"""What is found in a text: places with gaps in them, and how two of them compare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from replylint.source.spans import Span

Hole = tuple[int, int]
Hit = tuple[int, int, tuple[Hole, ...]]
"""Start, end, and the gaps in between: what the wording's words do not cover."""


class Mention(NamedTuple):
    """A wording found in the folded text; `wording` is its index in the lexicon."""

    wording: int
    start: int
    end: int
    holes: tuple[Hole, ...] = ()

    @property
    def span(self) -> Span:
        """The whole mention, gaps included."""
        return Span(self.start, self.end)

    def moved(self, by: int) -> Mention:
        """The same mention, so much later."""
        holes = tuple((start + by, end + by) for start, end in self.holes) if self.holes else ()
        return Mention(self.wording, self.start + by, self.end + by, holes)

    def solids(self) -> Iterable[Hole]:
        """The stretches that the wording's own words cover."""
        at = self.start
        for start, end in self.holes:
            yield at, start
            at = end
        yield at, self.end


def cover(hits: Iterable[Hit]) -> Hit:
    """From the first of some hits to the last; what lies between them are gaps."""
    ordered = sorted(hits)
    holes: list[Hole] = []
    for (_, end, inside), (start, _, _) in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        holes += [*inside, (end, start)] if start > end else inside
    return ordered[0][0], ordered[-1][1], tuple(holes)


def one_each(hits: Iterable[Hit]) -> list[Hit]:
    """One hit for each place: of several ways to have come there the one whose words cover most of it."""
    found: dict[Hole, Hit] = {}
    for hit in hits:
        held = found.get(hit[:2])
        if held is None or left_open(hit) < left_open(held):
            found[hit[:2]] = hit
    return list(found.values())


def left_open(hit: Hit) -> tuple[int, tuple[Hole, ...]]:
    """How much a hit's words do not cover; where that is the same, the order of the gaps decides, never chance."""
    return sum(end - start for start, end in hit[2]), hit[2]
