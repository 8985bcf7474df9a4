"""A compiled lexicon: what is looked for in texts, as numbers and rows of text that are decoded when they are needed.

Everything is an *atom*, something that occurs at places of a text: a literal, a slot, an expression, or a group (a
phrase or a choice: the union of its alternatives). Atoms are numbered in this order, literals from 0. A run needs few
of the thousands of groups and patterns, so they stay rows of JSON until they are asked for: making them all took
a third of the time of checking one draft.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from replylint.facts.names import FactName
from replylint.source.spans import Location, Source, Span

ADJACENT = -1
NOTHING = -1
REPLIES, REVIEWS, NEVER = 1, 2, 4
LEFT, RIGHT, PREFIX = 4, 8, 16
COMPARED = 32
"""Where things are looked for: in both texts, but only when one reply's reviews are compared."""
ALWAYS = 128
PRINTABLE = 64
"""Set in every mark, so that marks are letters when they are kept."""
_T = TypeVar("_T")


class Step(NamedTuple):
    """One atom of a pattern.

    gap: how many units may stand before it, or ADJACENT (one space at most). optional: may be left out.
    """

    atom: int
    gap: int
    optional: bool


class Joined(NamedTuple):
    """A pattern ready to match.

    needs: atoms that must all occur. anchor: the one of them that is thought to be the rarest.
    """

    steps: tuple[Step, ...]
    needs: frozenset[int]
    anchor: int


class Group(NamedTuple):
    """The alternatives of a phrase or a choice.

    singles: basic atoms that are alternatives by themselves. longer: alternatives of several atoms.
    meets: if any, there are no alternatives: the atoms that occur together, in any order, the rarest first.
    absent: atoms beside which they do not count.
    """

    singles: frozenset[int]
    longer: tuple[Joined, ...]
    meets: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matcher:
    """A compiled lexicon.

    literals: the folded words of the automaton. literal_marks: of each, LEFT and RIGHT where the character before, or
        after, must not continue a Latin word, PREFIX for the beginning of a word (`refund*`), and where it is looked
        for: REPLIES, REVIEWS, COMPARED.
    expressions: RE2 pattern, atom, where it is looked for, and ALWAYS when no literal tells that it may occur.
    slots: kind → atom.
    stirs: of each atom that is no group, the groups it may make occur, as numbers with blanks between.
    groups: rows. anchors: of each wording, the atom it hangs on; NOTHING for one that requires nothing.
    patterns: rows of the wordings that are more than their anchor. names: of each wording.
    marks: of each wording, NEVER for `never reads`, and where it is read: REPLIES, REVIEWS, COMPARED; a lone generic
        word is read by token instead.
    sources, places: where each wording stands: source, start and end, with blanks between.
    """

    literals: tuple[str, ...]
    literal_marks: bytes
    expressions: tuple[tuple[str, int, int], ...]
    slots: Mapping[str, int]
    stirs: tuple[str, ...]
    groups: tuple[str, ...]
    anchors: tuple[int, ...]
    patterns: Mapping[int, str]
    names: tuple[FactName, ...]
    marks: bytes
    sources: tuple[Source, ...]
    places: tuple[str, ...]

    def origin(self, wording: int) -> Location:
        """The line of the lexicon that a wording was read from."""
        source, start, end = map(int, self.places[wording].split())
        return Location(self.sources[source], Span(start, end))

    def heard_in(self, where: int) -> list[int]:
        """The wordings that are looked for in REPLIES, in REVIEWS, or in both when they are COMPARED."""
        return [index for index, mark in enumerate(self.marks) if mark & where]

    def lone_words(self) -> frozenset[str]:
        """The generic words that are looked up by token."""
        alone = (anchor for anchor, mark in zip(self.anchors, self.marks, strict=True) if mark == PRINTABLE)
        return frozenset(self.literals[anchor] for anchor in alone if anchor != NOTHING)


class Decoded(dict[int, _T]):
    """What rows of text stand for, by their numbers, made when it is first asked for.

    first: the number of the first row.
    """

    def __init__(self, rows: Sequence[str] | Mapping[int, str], make: Callable[[str], _T], first: int = 0):
        super().__init__()
        self._rows, self._make, self._first = rows, make, first

    def __missing__(self, number: int) -> _T:
        made = self[number] = self._make(self._rows[number - self._first])
        return made


def continues_word(char: str) -> bool:
    """Whether a character belongs to a Latin word or a number, which literals match whole."""
    return char < "\u2e80" and char.isalnum()


def numbers(row: str) -> tuple[int, ...]:
    """The numbers of a row of them."""
    return tuple(map(int, row.split()))


def joined_row(joined: Joined, new: Mapping[int, int]) -> str:
    """A pattern as a row. new: its atoms' numbers."""
    return _row(_plain(joined, new))


def joined_of(row: str) -> Joined:
    """The pattern of a row."""
    return _joined(*json.loads(row))


def group_row(group: Group, new: Mapping[int, int]) -> str:
    """A group as a row. new: its atoms' numbers."""
    longer = [_plain(joined, new) for joined in group.longer]
    singles = sorted(new[atom] for atom in group.singles)
    return _row([singles, longer, [new[atom] for atom in group.meets], [new[atom] for atom in group.absent]])


def group_of(row: str) -> Group:
    """The group of a row."""
    singles, longer, meets, absent = json.loads(row)
    return Group(frozenset(singles), tuple(_joined(*plain) for plain in longer), tuple(meets), tuple(absent))


def _row(plain: Any) -> str:
    return json.dumps(plain, separators=(",", ":"))


def _plain(joined: Joined, new: Mapping[int, int]) -> list[Any]:
    steps = [number for step in joined.steps for number in (new[step.atom], step.gap, int(step.optional))]
    return [steps, sorted(new[atom] for atom in joined.needs), new[joined.anchor]]


def _joined(flat: list[int], needs: list[int], anchor: int) -> Joined:
    steps = map(Step, flat[::3], flat[1::3], map(bool, flat[2::3]))
    return Joined(tuple(steps), frozenset(needs), anchor)
