"""A compiled lexicon: what is looked for in texts, as numbers and rows of text that are decoded when they are needed.

Everything is an *atom*, something that occurs at places of a text: a literal, a slot, an expression, or a group (a
phrase or a choice: the union of its alternatives). Atoms are numbered in this order, literals from 0. A *pattern* is a
row of atoms: what a wording is, or an alternative of a group; they are numbered, too, those of groups first. A run
needs few of the thousands of groups and patterns, so they stay rows of JSON until they are asked for: making them all
took a third of the time of checking one draft.

Which patterns a text may hold is known before any is tried. Of what a pattern cannot do without, up to NEEDED atoms,
the rarest, have each a *bit*: the pattern's number, and so many times the number of all patterns. `wakes` says which
bits an atom sets. Where all the bits of a pattern are set it may occur.
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
NEEDED = 3
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
    """A pattern ready to match. needs: atoms that must all occur, the rarest first."""

    steps: tuple[Step, ...]
    needs: tuple[int, ...]


class Group(NamedTuple):
    """The alternatives of a phrase or a choice.

    singles: atoms that are alternatives by themselves and no groups. longer: all other alternatives, as bits.
    meets: if any, there are no alternatives: the atoms that occur together, in any order, the rarest first.
    absent: atoms beside which they do not count.
    """

    singles: frozenset[int]
    longer: int
    meets: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matcher:
    """A compiled lexicon.

    literals: the folded words of the automaton. literal_marks: of each, LEFT and RIGHT where the character before, or
        after, must not continue a Latin word, PREFIX for the beginning of a word (`refund*`), and where it is looked
        for: REPLIES, REVIEWS, COMPARED.
    expressions: RE2 pattern, atom, where it is looked for, and ALWAYS when no literal tells that it may occur.
    slots: kind → atom. slot_marks: kind → where it is looked for, likewise.
    stirs: of each atom that is no group, the expressions and groups it may make occur, as numbers with blanks between.
    wakes: of an atom, the bits that it sets, likewise. free: the bits that nothing has to set, as a number in base 16.
    groups, patterns: rows. wordings: of which wording each of the last patterns is.
    alone: of each wording the atom that is all of it; NOTHING for those with a pattern, and for one that requires
        nothing and so is not read. names: of each wording.
    marks: of each wording, NEVER for `never reads`, and where it is read: REPLIES, REVIEWS, COMPARED; a lone generic
        word is read by token instead.
    sources, places: where each wording stands: source, start and end, with blanks between.
    """

    literals: tuple[str, ...]
    literal_marks: bytes
    expressions: tuple[tuple[str, int, int], ...]
    slots: Mapping[str, int]
    slot_marks: Mapping[str, int]
    stirs: tuple[str, ...]
    wakes: Mapping[int, str]
    free: str
    groups: tuple[str, ...]
    patterns: tuple[str, ...]
    wordings: tuple[int, ...]
    alone: tuple[int, ...]
    names: tuple[FactName, ...]
    marks: bytes
    sources: tuple[Source, ...]
    places: tuple[str, ...]

    def origin(self, wording: int) -> Location:
        """The line of the lexicon that a wording was read from."""
        source, start, end = map(int, self.places[wording].split())
        return Location(self.sources[source], Span(start, end))

    def lone_words(self) -> frozenset[str]:
        """The generic words that are looked up by token."""
        alone = (atom for atom, mark in zip(self.alone, self.marks, strict=True) if mark == PRINTABLE)
        return frozenset(self.literals[atom] for atom in alone if atom != NOTHING)


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


def set_bits(bits: int) -> list[int]:
    """Which bits of a number are set, the highest first."""
    found = []
    while bits:
        found.append(bits.bit_length() - 1)
        bits ^= 1 << found[-1]
    return found


def numbers(row: str) -> tuple[int, ...]:
    """The numbers of a row of them."""
    return tuple(map(int, row.split()))


def joined_row(joined: Joined, new: Mapping[int, int]) -> str:
    """A pattern as a row. new: its atoms' numbers."""
    steps = [number for step in joined.steps for number in (new[step.atom], step.gap, int(step.optional))]
    return _row([steps, [new[atom] for atom in joined.needs]])


def joined_of(row: str) -> Joined:
    """The pattern of a row."""
    flat, needs = json.loads(row)
    steps = map(Step, flat[::3], flat[1::3], map(bool, flat[2::3]))
    return Joined(tuple(steps), tuple(needs))


def group_row(group: Group, new: Mapping[int, int]) -> str:
    """A group as a row. new: its atoms' numbers."""
    singles = sorted(new[atom] for atom in group.singles)
    return _row([singles, group.longer, [new[atom] for atom in group.meets], [new[atom] for atom in group.absent]])


def group_of(row: str) -> Group:
    """The group of a row."""
    singles, longer, meets, absent = json.loads(row)
    return Group(frozenset(singles), longer, tuple(meets), tuple(absent))


def _row(plain: Any) -> str:
    return json.dumps(plain, separators=(",", ":"))
