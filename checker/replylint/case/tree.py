"""Plain values together with their places: what every format is read into before the schema looks at it.

Places are worked out only when somebody asks for one. Most drafts of a large file give no finding, so most places
are never needed, and reading stays as quick as the plain parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Protocol, overload

from replylint.source.spans import Embedded, Later, Location, Source, Span

Path = tuple[str | int, ...]


class Places(Protocol):
    """Where the values of one document stand in its source; a path is the keys and indexes from the top."""

    def value(self, path: Path) -> Span:
        """The value at a path."""

    def key(self, path: Path) -> Span:
        """The key, or the column's header, that names the value at a path; the value where nothing names it."""

    def origin(self, path: Path) -> int | Sequence[int]:
        """The offset of each character of the text at a path, as `Embedded.origin`."""


@dataclass(frozen=True)
class Tree:
    """A value of a document: None, bool, int, Decimal, str, list or dict, and how to find it in the source."""

    value: Any
    source: Source
    places: Places
    path: Path = ()

    def child(self, step: str | int) -> Tree:
        """The value under a key or an index, which must exist."""
        return Tree(self.value[step], self.source, self.places, (*self.path, step))

    @property
    def where(self) -> Location:
        """Where the value stands."""
        return Later(self.source, partial(self.places.value, self.path))

    @property
    def key_where(self) -> Location:
        """Where the name of the value stands."""
        return Location(self.source, self.places.key(self.path))

    @property
    def embedded(self) -> Embedded:
        """The value, which must be a text, with the place of each of its characters."""
        return Embedded(self.value, self.source, Offsets(self.places, self.path, len(self.value) + 1))


@dataclass(frozen=True)
class InText:
    """Places of a document that is itself a text of another one, such as JSON in a cell of a table."""

    text: Embedded
    inner: Places

    def value(self, path: Path) -> Span:
        """The value at a path."""
        return self.text.locate(self.inner.value(path)).span

    def key(self, path: Path) -> Span:
        """The key, or the column's header, that names the value at a path."""
        return self.text.locate(self.inner.key(path)).span

    def origin(self, path: Path) -> Sequence[int]:
        """The offset of each character of the text at a path."""
        origin = self.inner.origin(path)
        inside = range(origin, len(self.text.text) + 1) if isinstance(origin, int) else origin
        return [self.text.locate(Span(offset, offset)).span.start for offset in inside]


class Offsets(Sequence[int]):
    """The offset of each character of an embedded text and of its end, worked out when one is first asked for."""

    def __init__(self, places: Places, path: Path, length: int):
        self._places, self._path, self._length = places, path, length

    @cached_property
    def _offsets(self) -> Sequence[int]:
        origin = self._places.origin(self._path)
        if isinstance(origin, int):
            return range(origin, origin + self._length)
        # Every character has a place, even if a format's own rules were misjudged: then that of the last one known.
        return [*origin, *[origin[-1]] * (self._length - len(origin))]

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        return self._offsets[index]

    def __len__(self) -> int:
        return self._length
