"""Marks: the span of every value of a JSON or YAML document, in the shape of the document itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from replylint.case.tree import Path
from replylint.source.spans import Span


@dataclass(slots=True)
class Mark:
    """One value: where it stands, what is inside it, where the keys of a mapping stand, and the style of a scalar.

    Filled while a document is read and not changed afterwards. `style` is the opening quote or block sign, or "".
    """

    start: int
    end: int
    style: str = ""
    children: dict[str | int, Mark] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return Span(self.start, self.end)

    def at(self, path: Path) -> Mark:
        """The mark of the value at a path that exists."""
        mark = self
        for step in path:
            mark = mark.children[step]
        return mark


Unfold = Callable[[str, Mark], int | Sequence[int]]


@dataclass(frozen=True)
class MarkedPlaces:
    """Places by marks; `unfold` gives the offsets of a scalar's characters in the way of its format."""

    text: str
    root: Mark
    unfold: Unfold

    def value(self, path: Path) -> Span:
        """The value at a path."""
        return self.root.at(path).span

    def key(self, path: Path) -> Span:
        """The key that names the value at a path."""
        if path and isinstance(path[-1], str):
            return self.root.at(path[:-1]).keys[path[-1]]
        return self.value(path)

    def origin(self, path: Path) -> int | Sequence[int]:
        """The offset of each character of the text at a path."""
        return self.unfold(self.text, self.root.at(path))
