"""Changing a text while remembering where each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from replylint.source.spans import Span


class Traced(NamedTuple):
    """A text with the original offset of each of its characters, and one more offset for the end."""

    text: str
    origin: Sequence[int]

    def original(self, start: int, end: int) -> Span:
        """The original place of a non-empty range of the text."""
        return place_in_original(self.origin, start, end)


def place_in_original(origin: Sequence[int], start: int, end: int) -> Span:
    """The original place of a non-empty range of characters, given where each came from and where the text ends.

    What was taken out behind the range, such as a mark on its last letter, belongs to it.
    """
    return Span(origin[start], max(origin[end - 1] + 1, origin[end]))


class Edit(NamedTuple):
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str


def apply(traced: Traced, edits: Iterable[Edit]) -> Traced:
    """The text after the edits, which are in order and do not overlap.

    A replacement as long as what it replaces keeps the offsets character by character; any other takes the offset
    of the first character replaced.
    """
    text, origin = traced
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for start, end, new in edits:
        parts += (text[done:start], new)
        offsets += origin[done:start]
        offsets += origin[start:end] if len(new) == end - start else [origin[start]] * len(new)
        done = end
    if not done and not parts:
        return traced
    return Traced("".join([*parts, text[done:]]), [*offsets, *origin[done:]])
