"""What wordings are made of, numbered: literals, slots, expressions, groups, and the patterns that they form.

Each pattern hangs on what is least likely to occur of all that it needs, so that a text wakes only the few patterns
that could match it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from replylint.facts.folding import Piece, fold_expression
from replylint.facts.matcher import ADJACENT, LEFT, NEEDED, PREFIX, PRINTABLE, RIGHT, Joined, Step, continues_word
from replylint.facts.required import required_words
from replylint.facts.wordings import Choice, Expression, Gap, Pattern, PhraseRef, Slot, Together, Words

_K = TypeVar("_K")
_SLOT_WEIGHT, _EXPRESSION_WEIGHT = 6, 1


class Parts(NamedTuple):
    """A group before its alternatives are numbered; see `matcher.Group`."""

    singles: frozenset[int]
    longer: tuple[Joined, ...]
    meets: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()


class Atoms:
    """Numbers everything that can occur, and joins patterns from it."""

    def __init__(self, phrases: Mapping[str, tuple[Pattern, ...]], folded: Mapping[str, tuple[Piece, ...]]):
        self.literals: dict[Piece, int] = {}
        self.expressions: dict[str, int] = {}
        self.parts: dict[str, int] = {}  # words that expressions cannot match without
        self.required: dict[int, frozenset[int]] = {}  # of each expression, those words; none when they are not known
        self.slots: dict[str, int] = {}
        self.groups: dict[int, Parts] = {}
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
        return Joined(steps, tuple(sorted(needs, key=self._weights.__getitem__, reverse=True)))

    def is_lone(self, joined: Joined) -> bool:
        """Whether a pattern is one literal that can be looked up by token."""
        return len(joined.steps) == 1 and joined.needs[0] in self._lone

    def is_basic(self, joined: Joined) -> bool:
        """Whether a pattern is one atom that is no group."""
        return len(joined.steps) == 1 and joined.needs[0] not in self.groups

    def telling(self, joined: Joined) -> list[int]:
        """The rarest atoms that a pattern cannot do without, NEEDED at most."""
        return sorted(self._met_in(joined.needs), key=self._weights.__getitem__, reverse=True)[:NEEDED]

    def _met_in(self, atoms: Iterable[int]) -> Iterable[int]:
        """These atoms, and of words that stand together each of them."""
        for atom in atoms:
            group = self.groups.get(atom)
            yield from self._met_in(group.meets) if group and group.meets else (atom,)

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
        weight = min((self._weights[joined.needs[0]] for joined in alternatives), default=0)
        number = self._number(self._numbers, group, weight)
        singles = {joined.needs[0] for joined in alternatives if self.is_basic(joined)}
        self.groups[number] = Parts(frozenset(singles), tuple(j for j in alternatives if not self.is_basic(j)))
        self.triggers[number] = frozenset().union(*(self._triggers(joined.needs[0]) for joined in alternatives))
        return number

    def _meeting(self, together: Together) -> int:
        atoms = sorted(map(self._group, together.parts), key=self._weights.__getitem__, reverse=True)
        number = self._number(self._numbers, together, self._weights[atoms[0]])
        self.groups[number] = Parts(frozenset(), (), tuple(atoms), tuple(map(self._group, together.absent)))
        self.triggers[number] = min((self.triggers[atom] for atom in atoms), key=len)
        return number

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
