"""From wordings to a matcher: one automaton for all literals, and patterns that say how their hits join.

A pattern is a sequence of atoms (see `matcher`). Each pattern hangs on one atom, the one least likely to occur, so that
a text wakes only the few patterns that could match it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from replylint.facts.folding import Piece, fold_expression, fold_literals
from replylint.facts.matcher import (
    ADJACENT,
    ALWAYS,
    COMPARED,
    LEFT,
    NEVER,
    NOTHING,
    PREFIX,
    PRINTABLE,
    REPLIES,
    REVIEWS,
    RIGHT,
    Group,
    Joined,
    Matcher,
    Step,
    continues_word,
    group_row,
    joined_row,
)
from replylint.facts.names import FactName
from replylint.facts.required import required_words
from replylint.facts.schema import FACT_TYPES
from replylint.facts.wordings import (
    Choice,
    Expression,
    Gap,
    Lexicon,
    Pattern,
    PhraseRef,
    Slot,
    Together,
    Wording,
    Words,
)
from replylint.source.pause import collector_paused

_K = TypeVar("_K")
_SLOT_WEIGHT, _EXPRESSION_WEIGHT = 6, 1
_GENERIC, _THING = FactName("cue", "generic"), FactName("cue", "thing")
_CUES_OF_REVIEWS = frozenset({"negation", "negation_after", "contrast", "business"})


@collector_paused()
def compile_lexicon(lexicon: Lexicon) -> Matcher:
    """The matcher of a lexicon.

    Raises KeyError for a phrase that does not exist and ValueError for one that contains itself; the language layer
    has refused such lexicons before, with their place.
    """
    patterns = [wording.pattern for wording in lexicon.wordings]
    patterns += [option for options in lexicon.phrases.values() for option in options]
    compiler = _Compiler(lexicon.phrases, fold_literals(_literal_texts(patterns)))
    wordings = [compiler.join(wording.pattern) for wording in lexicon.wordings]
    return _numbered(lexicon.wordings, wordings, compiler)


def _numbered(written: Sequence[Wording], joined: Sequence[Joined | None], compiler: _Compiler) -> Matcher:
    """The matcher, its atoms numbered anew: literals, slots, expressions, groups."""
    literals = [*compiler.literals.items(), *(((word, False), atom) for word, atom in compiler.parts.items())]
    basic = [*(atom for _, atom in literals), *compiler.slots.values(), *compiler.expressions.values()]
    new = {atom: number for number, atom in enumerate([*basic, *compiler.groups])}
    heard = [_heard_in(w, j, compiler) for w, j in zip(written, joined, strict=True)]
    wanted = _wanted(joined, heard, compiler)
    sources = {id(wording.origin.source): wording.origin.source for wording in written}
    number = {key: index for index, key in enumerate(sources)}
    return Matcher(
        literals=tuple(text for (text, _), _ in literals),
        literal_marks=bytes(compiler.edges(piece, atom) | wanted.get(atom, 0) for piece, atom in literals),
        expressions=tuple(
            (text, new[atom], wanted.get(atom, 0) | (0 if compiler.required[atom] else ALWAYS))
            for text, atom in compiler.expressions.items()
        ),
        slots={kind: new[atom] for kind, atom in compiler.slots.items()},
        stirs=tuple(_stirs(compiler, basic, new)),
        groups=tuple(group_row(group, new) for group in compiler.groups.values()),
        anchors=tuple(new[j.anchor] if j else NOTHING for j in joined),
        patterns={index: joined_row(j, new) for index, j in enumerate(joined) if j and len(j.steps) > 1},
        names=tuple(wording.fact for wording in written),
        marks=bytes(PRINTABLE | h | (NEVER if w.excludes else 0) for h, w in zip(heard, written, strict=True)),
        sources=tuple(sources.values()),
        places=tuple(
            f"{number[id(where.source)]} {where.span.start} {where.span.end}" for where in (w.origin for w in written)
        ),
    )


def _heard_in(wording: Wording, joined: Joined | None, compiler: _Compiler) -> int:
    """Where a wording is looked for; a lone generic word nowhere, since it can be looked up by token."""
    name = wording.fact
    if name == _GENERIC and not wording.excludes and joined and compiler.is_lone(joined):
        return 0
    if name == _THING:
        return COMPARED
    side = FACT_TYPES[name.type].side
    in_reviews = side == "review" or (side == "cue" and name.kind in _CUES_OF_REVIEWS)
    return REPLIES | (REVIEWS if in_reviews else 0)


def _wanted(joined: Sequence[Joined | None], heard: Sequence[int], compiler: _Compiler) -> dict[int, int]:
    """For each atom, where the wordings that it belongs to are looked for."""
    wanted: dict[int, int] = {}
    for where in (REPLIES, REVIEWS, COMPARED):
        for atom in compiler.used(j for j, mark in zip(joined, heard, strict=True) if j and mark & where):
            wanted[atom] = wanted.get(atom, 0) | where
    return wanted


def _stirs(compiler: _Compiler, basic: Sequence[int], new: Mapping[int, int]) -> Iterator[str]:
    """Of each basic atom the expressions and groups that it may make occur."""
    stirred: dict[int, list[int]] = {atom: [] for atom in basic}
    for stirs in (compiler.required, compiler.triggers):
        for atom, triggers in stirs.items():
            for trigger in triggers:
                stirred[trigger].append(new[atom])
    return (" ".join(map(str, atoms)) for atoms in stirred.values())


def _literal_texts(patterns: Iterable[Pattern]) -> Iterable[str]:
    for pattern in patterns:
        for element in pattern:
            if isinstance(element, Words):
                yield element.text
            elif isinstance(element, Choice):
                yield from _literal_texts(element.options)
            elif isinstance(element, Together):
                parts = (*element.parts, *element.absent)
                yield from _literal_texts(option for part in parts for option in part.options)


class _Compiler:
    """Numbers everything that can occur, and joins patterns from it."""

    def __init__(self, phrases: Mapping[str, tuple[Pattern, ...]], folded: Mapping[str, tuple[Piece, ...]]):
        self.literals: dict[Piece, int] = {}
        self.expressions: dict[str, int] = {}
        self.parts: dict[str, int] = {}  # words that expressions cannot match without
        self.required: dict[int, frozenset[int]] = {}  # of each expression, those words; none when they are not known
        self.slots: dict[str, int] = {}
        self.groups: dict[int, Group] = {}
        self.triggers: dict[int, frozenset[int]] = {}  # of each group, the basic atoms without which it cannot occur
        self._phrases = phrases
        self._folded = folded
        self._characters = Counter(char for pieces in folded.values() for text, _ in pieces for char in text)
        self._weights: list[int] = []  # of each atom; the larger, the rarer it is thought to be
        self._numbers: dict[PhraseRef | Choice | Together, int] = {}
        self._met: dict[int, int] = {}  # a choice by identity: hashing it hashes all that is in it
        self._open: set[str] = set()
        self._lone: set[int] = set()

    def join(self, pattern: Pattern) -> Joined | None:
        """A pattern made ready; None for one that nothing is required of, which would match everywhere."""
        steps = tuple(self._steps(pattern))
        needs = dict.fromkeys([step.atom for step in steps if not step.optional])
        if not needs:
            return None
        return Joined(steps, frozenset(needs), max(needs, key=self._weights.__getitem__))

    def is_lone(self, joined: Joined) -> bool:
        """Whether a pattern is one literal that can be looked up by token."""
        return len(joined.steps) == 1 and joined.anchor in self._lone

    def used(self, patterns: Iterable[Joined]) -> set[int]:
        """All atoms that patterns are made of."""
        met: set[int] = set()
        todo = [step.atom for joined in patterns for step in joined.steps]
        while todo:
            atom = todo.pop()
            if atom in met:
                continue
            met.add(atom)
            todo += self.required.get(atom, ())
            if group := self.groups.get(atom):
                todo += [*group.singles, *group.meets, *group.absent]
                todo += [step.atom for joined in group.longer for step in joined.steps]
        return met

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

    def _other(self, element: Slot | Expression | PhraseRef | Choice | Together) -> int:
        if isinstance(element, Slot):
            return self._number(self.slots, element.kind, _SLOT_WEIGHT if element.kind != "start" else 0)
        if isinstance(element, Expression):
            return self._expression(fold_expression(element.pattern))
        return self._group(element)

    def _literal(self, piece: Piece) -> int:
        number = self.literals.get(piece)
        if number is None:
            number = self._number(self.literals, piece, _weight(*piece))
            if _is_lone(piece):
                self._lone.add(number)
        return number

    def _expression(self, pattern: str) -> int:
        number = self.expressions.get(pattern)
        if number is None:
            number = self._number(self.expressions, pattern, _EXPRESSION_WEIGHT)
            self.required[number] = frozenset(map(self._part, sorted(required_words(pattern, self._commonness))))
        return number

    def _commonness(self, word: str) -> float:
        """How often a word is thought to occur: as often as its rarest character stands in the lexicon's own words."""
        return min(map(self._characters.__getitem__, word)) / len(word)

    def _part(self, word: str) -> int:
        """A literal that may stand inside a word, too."""
        inside = continues_word(word[0]) or continues_word(word[-1])
        return self._number(self.parts, word, 0) if inside else self._literal((word, False))

    def _triggers(self, atom: int) -> frozenset[int]:
        """The basic atoms of which one occurs wherever an atom does."""
        if atom in self.groups:
            return self.triggers[atom]
        return self.required.get(atom) or frozenset((atom,))

    def edges(self, piece: Piece, atom: int) -> int:
        """How a literal is bounded; one that stands for an expression is not."""
        return PRINTABLE if self.parts.get(piece[0]) == atom else _edges(*piece)

    def _number(self, table: dict[_K, int], key: _K, weight: int) -> int:
        number = table.get(key)
        if number is None:
            number = table[key] = len(self._weights)
            self._weights.append(weight)
        return number

    def _group(self, group: PhraseRef | Choice | Together) -> int:
        number = self._met.get(id(group))
        if number is None:
            number = self._numbers.get(group)
            if number is None:
                number = self._new_group(group)
            self._met[id(group)] = number
        return number

    def _new_group(self, group: PhraseRef | Choice | Together) -> int:
        if isinstance(group, Together):
            return self._meeting(group)
        if isinstance(group, PhraseRef):
            if group.name in self._open:
                raise ValueError(f"phrase `{group.name}` contains itself")
            self._open.add(group.name)
        alternatives = [joined for option in self._options(group) if (joined := self.join(option))]
        weight = min((self._weights[joined.anchor] for joined in alternatives), default=0)
        number = self._number(self._numbers, group, weight)
        singles = {joined.anchor for joined in alternatives if self._is_basic(joined)}
        self.groups[number] = Group(frozenset(singles), tuple(j for j in alternatives if not self._is_basic(j)))
        self.triggers[number] = frozenset().union(*(self._triggers(joined.anchor) for joined in alternatives))
        return number

    def _meeting(self, together: Together) -> int:
        atoms = sorted(map(self._group, together.parts), key=self._weights.__getitem__, reverse=True)
        number = self._number(self._numbers, together, self._weights[atoms[0]])
        self.groups[number] = Group(frozenset(), (), tuple(atoms), tuple(map(self._group, together.absent)))
        self.triggers[number] = min((self.triggers[atom] for atom in atoms), key=len)
        return number

    def _is_basic(self, joined: Joined) -> bool:
        return len(joined.steps) == 1 and joined.anchor not in self.groups

    def _options(self, group: PhraseRef | Choice) -> tuple[Pattern, ...]:
        return self._phrases[group.name] if isinstance(group, PhraseRef) else group.options

    def _optional(self, element: object) -> bool:
        return isinstance(element, PhraseRef | Choice) and () in self._options(element)


def _weight(text: str, prefix: bool) -> int:
    # In UTF-8 a Chinese character has three bytes, and tells about as much as three Latin letters.
    return len(text.encode()) - prefix


def _edges(text: str, prefix: bool) -> int:
    left, right = continues_word(text[0]), continues_word(text[-1])
    return PRINTABLE | (LEFT if left else 0) | (RIGHT if right else 0) | (PREFIX if prefix else 0)


def _is_lone(piece: Piece) -> bool:
    """Whether words can be looked up by token: without blanks, and of Chinese one character, as tokens may be short."""
    text, prefix = piece
    return not prefix and (len(text) == 1 if text[0] >= "\u2e80" else " " not in text)
