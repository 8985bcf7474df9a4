"""From wordings to a matcher: one automaton for all literals, and patterns that say how their hits join.

Everything becomes an *atom*, something that occurs at places of a text: a literal, a slot, an expression, or a group
(a phrase or a choice: the union of its alternatives). A pattern is a sequence of atoms. Each pattern hangs on one
atom, the one least likely to occur, so that a text wakes only the few patterns that could match it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from replylint.facts.folding import Piece, fold_expression, fold_literals
from replylint.facts.wordings import (
    Choice,
    Expression,
    FactName,
    Gap,
    Lexicon,
    Pattern,
    PhraseRef,
    Slot,
    Words,
)
from replylint.source.spans import Location

ADJACENT = -1
_UNNUMBERED = -(10**9)
_K = TypeVar("_K")
_SLOT_WEIGHT, _EXPRESSION_WEIGHT = 6, 4


class Step(NamedTuple):
    """One atom of a pattern.

    gap: how many units may stand before it, or ADJACENT (one space at most). optional: may be left out.
    """

    atom: int
    gap: int
    optional: bool


class Joined(NamedTuple):
    """A pattern ready to match.

    owner: the group it is an alternative of, or ~index of its wording. needs: atoms that must all occur.
    """

    owner: int
    steps: tuple[Step, ...]
    needs: tuple[int, ...]


class Literal(NamedTuple):
    """Folded words of the automaton.

    whole, prefix: the atom that stands for them as whole words, and as the beginning of a word (`refund*`).
    left, right: whether the character before, or after, must not continue a Latin word.
    """

    text: str
    whole: int | None
    prefix: int | None
    left: bool
    right: bool


@dataclass(frozen=True)
class Matcher:
    """A compiled lexicon; plain numbers and texts only, apart from the origins that facts are reported with.

    expressions: RE2 pattern and atom. slots: kind → atom. joined: all patterns. hangs: atom → patterns that wait
    for it. A group has a higher number than what it is made of.
    names, origins, excludes: of each wording, by its index.
    """

    literals: tuple[Literal, ...]
    expressions: tuple[tuple[str, int], ...]
    slots: Mapping[str, int]
    joined: tuple[Joined, ...]
    hangs: Mapping[int, tuple[int, ...]]
    names: tuple[FactName, ...]
    origins: tuple[Location, ...]
    excludes: tuple[bool, ...]


def compile_lexicon(lexicon: Lexicon) -> Matcher:
    """The matcher of a lexicon.

    Raises KeyError for a phrase that does not exist and ValueError for one that contains itself; the language layer
    has refused such lexicons before, with their place.
    """
    patterns = [wording.pattern for wording in lexicon.wordings]
    patterns += [option for options in lexicon.phrases.values() for option in options]
    compiler = _Compiler(lexicon.phrases, fold_literals(_literal_texts(patterns)))
    for index, wording in enumerate(lexicon.wordings):
        compiler.add(~index, wording.pattern)
    return Matcher(
        literals=_literals(compiler.literals),
        expressions=tuple(compiler.expressions.items()),
        slots=compiler.slots,
        joined=tuple(compiler.joined),
        hangs={atom: tuple(indexes) for atom, indexes in compiler.hangs.items()},
        names=tuple(wording.fact for wording in lexicon.wordings),
        origins=tuple(wording.origin for wording in lexicon.wordings),
        excludes=tuple(wording.excludes for wording in lexicon.wordings),
    )


def _literal_texts(patterns: Iterable[Pattern]) -> Iterable[str]:
    for pattern in patterns:
        for element in pattern:
            if isinstance(element, Words):
                yield element.text
            elif isinstance(element, Choice):
                yield from _literal_texts(element.options)


class _Compiler:
    """Numbers everything that can occur, a group after what it is made of, and hangs each pattern on an atom.

    weights: of each atom, the larger the rarer it is thought to be.
    """

    def __init__(self, phrases: Mapping[str, tuple[Pattern, ...]], folded: Mapping[str, tuple[Piece, ...]]):
        self.literals: dict[Piece, int] = {}
        self.expressions: dict[str, int] = {}
        self.slots: dict[str, int] = {}
        self.joined: list[Joined] = []
        self.hangs: dict[int, list[int]] = {}
        self._phrases = phrases
        self._folded = folded
        self._weights: list[int] = []
        self._groups: dict[PhraseRef | Choice, int] = {}
        self._met: dict[int, int] = {}  # a choice by identity: hashing it hashes all that is in it
        self._open: set[str] = set()

    def add(self, owner: int, pattern: Pattern) -> int:
        """Take in a pattern; its weight. One that nothing is required of would match everywhere and is left out."""
        steps = tuple(self._steps(pattern))
        needs = tuple(dict.fromkeys([step.atom for step in steps if not step.optional]))
        if not needs:
            return 0
        anchor = max(needs, key=self._weights.__getitem__) if len(needs) > 1 else needs[0]
        self.hangs.setdefault(anchor, []).append(len(self.joined))
        self.joined.append(Joined(owner, steps, needs))
        return self._weights[anchor]

    def _steps(self, pattern: Pattern) -> Iterable[Step]:
        gap = ADJACENT
        for element in pattern:
            if isinstance(element, Gap):
                gap = element.limit + max(gap, 0)
                continue
            if isinstance(element, Words):
                for piece in self._folded[element.text]:
                    yield Step(self._literal(piece), gap, False)
                    gap = ADJACENT
            else:
                yield Step(self._other(element), gap, self._optional(element))
                gap = ADJACENT

    def _other(self, element: Slot | Expression | PhraseRef | Choice) -> int:
        if isinstance(element, Slot):
            return self._number(self.slots, element.kind, _SLOT_WEIGHT)
        if isinstance(element, Expression):
            return self._number(self.expressions, fold_expression(element.pattern), _EXPRESSION_WEIGHT)
        return self._group(element)

    def _literal(self, piece: Piece) -> int:
        number = self.literals.get(piece)
        return self._number(self.literals, piece, _weight(*piece)) if number is None else number

    def _number(self, table: dict[_K, int], key: _K, weight: int) -> int:
        number = table.get(key)
        if number is None:
            number = table[key] = len(self._weights)
            self._weights.append(weight)
        return number

    def _group(self, group: PhraseRef | Choice) -> int:
        number = self._met.get(id(group))
        if number is None:
            number = self._groups.get(group)
            if number is None:
                number = self._new_group(group)
            self._met[id(group)] = number
        return number

    def _new_group(self, group: PhraseRef | Choice) -> int:
        if isinstance(group, PhraseRef):
            if group.name in self._open:
                raise ValueError(f"phrase `{group.name}` contains itself")
            self._open.add(group.name)
        options = self._options(group)
        first = len(self.joined)
        # The number comes after those of the parts, so the owner is filled in afterwards.
        weights = [self.add(_UNNUMBERED, option) for option in options if option]
        number = self._number(self._groups, group, min(weights, default=0))
        for index in range(first, len(self.joined)):
            if self.joined[index].owner == _UNNUMBERED:
                self.joined[index] = self.joined[index]._replace(owner=number)
        return number

    def _options(self, group: PhraseRef | Choice) -> tuple[Pattern, ...]:
        return self._phrases[group.name] if isinstance(group, PhraseRef) else group.options

    def _optional(self, element: object) -> bool:
        return isinstance(element, PhraseRef | Choice) and () in self._options(element)


def _weight(text: str, prefix: bool) -> int:
    # A Chinese character tells about as much as three Latin letters.
    return sum(1 if char < "\u2e80" else 3 for char in text) - prefix


def continues_word(char: str) -> bool:
    """Whether a character belongs to a Latin word or a number, which literals match whole."""
    return char < "\u2e80" and char.isalnum()


def _literals(table: Mapping[Piece, int]) -> tuple[Literal, ...]:
    texts = dict.fromkeys(text for text, _ in table)
    return tuple(
        Literal(
            text,
            table.get((text, False)),
            table.get((text, True)),
            continues_word(text[0]),
            continues_word(text[-1]),
        )
        for text in texts
    )
