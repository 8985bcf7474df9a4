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
from replylint.source.pause import collector_paused
from replylint.source.spans import Location

ADJACENT = -1
_K = TypeVar("_K")
_SLOT_WEIGHT, _EXPRESSION_WEIGHT = 6, 1


class Step(NamedTuple):
    """One atom of a pattern.

    gap: how many units may stand before it, or ADJACENT (one space at most). optional: may be left out.
    """

    atom: int
    gap: int
    optional: bool


class Joined(NamedTuple):
    """A pattern ready to match.

    needs: atoms that must all occur, the ones quickly known first. anchor: the one that is thought to be the rarest.
    """

    steps: tuple[Step, ...]
    needs: tuple[int, ...]
    anchor: int


class Group(NamedTuple):
    """The alternatives of a phrase or a choice.

    singles: basic atoms that are alternatives by themselves. joined: longer alternatives by their anchors.
    loose: alternatives whose anchor is itself a group. triggers: basic atoms without which nothing here can occur.
    """

    singles: frozenset[int]
    joined: Mapping[int, tuple[Joined, ...]]
    loose: tuple[Joined, ...]
    triggers: frozenset[int]


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

    expressions: RE2 pattern and atom. slots: kind → atom. groups: by atom. wordings: the pattern of each wording,
    None for one that requires nothing. names, origins, excludes: of each wording.
    """

    literals: tuple[Literal, ...]
    expressions: tuple[tuple[str, int], ...]
    slots: Mapping[str, int]
    groups: Mapping[int, Group]
    wordings: tuple[Joined | None, ...]
    names: tuple[FactName, ...]
    origins: tuple[Location, ...]
    excludes: tuple[bool, ...]

    def lone_words(self, name: FactName) -> dict[int, str]:
        """The wordings of a fact that are one short literal, by index, with its text: they can be looked up by token.

        Short are words without blanks, and of Chinese ones single characters: others may hold several tokens.
        """
        texts = {literal.whole: literal.text for literal in self.literals if _is_lone(literal.text)}
        return {
            index: texts[joined.anchor]
            for index, joined in enumerate(self.wordings)
            if joined and self.names[index] == name and len(joined.steps) == 1 and joined.anchor in texts
        }


def _is_lone(text: str) -> bool:
    return len(text) == 1 if text[0] >= "\u2e80" else " " not in text


@collector_paused()
def compile_lexicon(lexicon: Lexicon) -> Matcher:
    """The matcher of a lexicon.

    Raises KeyError for a phrase that does not exist and ValueError for one that contains itself; the language layer
    has refused such lexicons before, with their place.
    """
    patterns = [wording.pattern for wording in lexicon.wordings]
    patterns += [option for options in lexicon.phrases.values() for option in options]
    compiler = _Compiler(lexicon.phrases, fold_literals(_literal_texts(patterns)))
    wordings = tuple(compiler.join(wording.pattern) for wording in lexicon.wordings)
    return Matcher(
        literals=_literals(compiler.literals),
        expressions=tuple(compiler.expressions.items()),
        slots=compiler.slots,
        groups=compiler.groups,
        wordings=wordings,
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
    """Numbers everything that can occur, and joins patterns from it."""

    def __init__(self, phrases: Mapping[str, tuple[Pattern, ...]], folded: Mapping[str, tuple[Piece, ...]]):
        self.literals: dict[Piece, int] = {}
        self.expressions: dict[str, int] = {}
        self.slots: dict[str, int] = {}
        self.groups: dict[int, Group] = {}
        self._phrases = phrases
        self._folded = folded
        self._weights: list[int] = []  # of each atom; the larger, the rarer it is thought to be
        self._numbers: dict[PhraseRef | Choice, int] = {}
        self._met: dict[int, int] = {}  # a choice by identity: hashing it hashes all that is in it
        self._open: set[str] = set()
        self._expression_atoms: set[int] = set()

    def join(self, pattern: Pattern) -> Joined | None:
        """A pattern made ready; None for one that nothing is required of, which would match everywhere."""
        steps = tuple(self._steps(pattern))
        needs = list(dict.fromkeys([step.atom for step in steps if not step.optional]))
        if not needs:
            return None
        if len(needs) == 1:
            return Joined(steps, tuple(needs), needs[0])
        needs.sort(key=self._cost)
        return Joined(steps, tuple(needs), max(needs, key=self._weights.__getitem__))

    def _cost(self, atom: int) -> int:
        """How much work it is to know whether an atom occurs."""
        if atom in self.groups:
            return 1
        return 2 if atom in self._expression_atoms else 0

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
            number = self._number(self.expressions, fold_expression(element.pattern), _EXPRESSION_WEIGHT)
            self._expression_atoms.add(number)
            return number
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
            number = self._numbers.get(group)
            if number is None:
                number = self._new_group(group)
            self._met[id(group)] = number
        return number

    def _new_group(self, group: PhraseRef | Choice) -> int:
        if isinstance(group, PhraseRef):
            if group.name in self._open:
                raise ValueError(f"phrase `{group.name}` contains itself")
            self._open.add(group.name)
        alternatives = [joined for option in self._options(group) if (joined := self.join(option))]
        weight = min((self._weights[joined.anchor] for joined in alternatives), default=0)
        number = self._number(self._numbers, group, weight)
        self.groups[number] = self._united(alternatives)
        return number

    def _united(self, alternatives: Iterable[Joined]) -> Group:
        singles: set[int] = set()
        longer: dict[int, list[Joined]] = {}
        loose: list[Joined] = []
        triggers: set[int] = set()
        for joined in alternatives:
            if joined.anchor in self.groups:
                loose.append(joined)
                triggers |= self.groups[joined.anchor].triggers
            elif len(joined.steps) == 1:
                singles.add(joined.anchor)
            else:
                longer.setdefault(joined.anchor, []).append(joined)
        triggers |= singles | longer.keys()
        by_anchor = {anchor: tuple(joined) for anchor, joined in longer.items()}
        return Group(frozenset(singles), by_anchor, tuple(loose), frozenset(triggers))

    def _options(self, group: PhraseRef | Choice) -> tuple[Pattern, ...]:
        return self._phrases[group.name] if isinstance(group, PhraseRef) else group.options

    def _optional(self, element: object) -> bool:
        return isinstance(element, PhraseRef | Choice) and () in self._options(element)


def _weight(text: str, prefix: bool) -> int:
    # In UTF-8 a Chinese character has three bytes, and tells about as much as three Latin letters.
    return len(text.encode()) - prefix


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
