"""Places as the machine-readable formats tell them."""

from __future__ import annotations

from dataclasses import dataclass

from replylint.source.spans import Location


@dataclass(frozen=True)
class Place:
    """Lines and columns count from 1, in code points; the end column is that of the character after."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def place_of(where: Location) -> Place:
    """The place of a location; an empty one ends where it starts."""
    line, column = where.source.position(where.span.start)
    end_line, end_column = where.source.position(where.span.end)
    return Place(where.source.path, line, column, end_line, end_column)
