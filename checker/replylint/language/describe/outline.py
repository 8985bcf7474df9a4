"""Long conditions as lists: one condition a line, each list under what its lines have to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from replylint.language import rules as r
from replylint.language.describe.conditions import ConditionTeller, facts_of, sort_of

_MOST_IN_A_SENTENCE = 3
"""More conditions than these are a list."""
_MOST_NAMES = 5
"""More facts or actions than these are a list, too."""


class Line(NamedTuple):
    """A line of what a rule means.

    depth: 0 for a sentence; lines of the list below it are one deeper, and so on.
    """

    depth: int
    words: str


@dataclass(frozen=True)
class Listed:
    """A condition as a list.

    of: what its lines have to do, as a clause: "all of these hold". below: the lines, a list or the words of a
    single condition.
    """

    of: str
    below: tuple[Listed | str, ...]


class OutlineTeller(ConditionTeller):
    """Tells conditions as lists where a sentence would be a nest of brackets."""

    def listed(self, node: r.Condition) -> Listed | str:
        """The condition as a list, or as a clause of a sentence where that is easy to read."""
        match node:
            case r.All(parts):
                return self._of_several("all", parts) or self.condition(node)
            case r.Any(parts):
                return self._any_listed(parts) or self.condition(node)
            case r.Negation(r.All(parts) | r.Any(parts) as inner):
                kind = "not-all" if isinstance(inner, r.All) else "none"
                return self._list(kind, parts)
        return self.condition(node)

    def _any_listed(self, parts: tuple[r.Condition, ...]) -> Listed | None:
        runs = [(sort, tuple(run)) for sort, run in groupby(parts, sort_of)]
        if len(runs) == 1 and runs[0][0]:
            names = tuple(self._there(part) for part in parts)
            return self._named(runs[0][0], names) if len(names) > _MOST_NAMES else None
        merged: list[r.Condition] = []
        for sort, run in runs:
            merged += [r.Any(run)] if sort and len(run) > 1 else run
        return self._of_several("any", merged)

    def _of_several(self, kind: str, parts: Sequence[r.Condition]) -> Listed | None:
        """A list of conditions, or None where they are short enough for a sentence."""
        if len(parts) <= _MOST_IN_A_SENTENCE and not any(map(_compound, parts)):
            return None
        return self._list(kind, parts)

    def _list(self, kind: str, parts: Sequence[r.Condition]) -> Listed:
        return Listed(self._say(f"list-{kind}"), tuple(map(self.listed, parts)))

    def _named(self, sort: str, names: tuple[str, ...]) -> Listed:
        return Listed(self._say(f"list-{sort}"), names)

    def lines(self, below: tuple[Listed | str, ...], depth: int) -> Iterator[Line]:
        """The lines of a list, and of the lists inside it."""
        for each in below:
            if isinstance(each, str):
                yield Line(depth, each)
            else:
                yield Line(depth, self._say("list", of=each.of))
                yield from self.lines(each.below, depth + 1)

    def _there(self, node: r.Condition) -> str:
        return self._name(node.action if isinstance(node, r.HasAction) else facts_of((node,))[0])


def _compound(node: r.Condition) -> bool:
    """Whether a condition would stand in brackets; several facts that share their verb would hardly be seen as such."""
    match node:
        case r.Any(parts):
            return len({sort_of(part) for part in parts} - {""}) != 1 or any(not sort_of(part) for part in parts)
        case r.All():
            return True
        case r.Negation(inner):
            return isinstance(inner, r.All | r.Any)
    return False
