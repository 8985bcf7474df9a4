"""From wordings to a matcher: one automaton for all literals, and patterns that say how their hits join.

Everything becomes an *atom*, something that occurs at places of a text: a literal, a slot, an expression, or a group
(a phrase or a choice: the union of its alternatives). A pattern is a sequence of atoms. Each pattern hangs on one
atom, the one least likely to occur, so that a text wakes only the few patterns that could match it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

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
_K = TypeVar("_K")
_SLOT_WEIGHT, _EXPRESSION_WEIGHT = 6, 4


@dataclass(frozen=True)
class Step:
    """One atom of a pattern.

    gap: how many units may stand before it, or ADJACENT (one space at most). optional: may be left out.
    """

    atom: int
    gap: int
    optional: bool


@dataclass(frozen=True)
class Joined:
    """A pattern ready to match.

    owner: the group it is an alternative of, or ~index of its wording. needs: atoms that must all occur.
    """

    owner: int
    steps: tuple[Step, ...]
    needs: tuple[int, ...]


@dataclass(frozen=True)
class Literal:
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
    for it. first_group: atoms from here on are groups, each after those it is made of.
    names, origins, excludes: of each wording, by its index.
    """

    literals: tuple[Literal, ...]
    expressions: tuple[tuple[str, int], ...]
    slots: Mapping[str, int]
    joined: tuple[Joined, ...]
    hangs: Mapping[int, tuple[int, ...]]
    first_group: int
    names: tuple[FactName, ...]
    origins: tuple[Location, ...]
    excludes: tuple[bool, ...]


def compile_lexicon(lexicon: Lexicon) -> Matcher:
    """The matcher of a lexicon. Raises KeyError for a phrase that does not exist and ValueError for one that
    contains itself; the language layer has refused such lexicons before, with their place."""
    patterns = [wording.pattern for wording in lexicon.wordings]
    patterns += [option for options in lexicon.phrases.values() for option in options]
    atoms = _Atoms(fold_literals(_literal_texts(patterns)))
    for wording in lexicon.wordings:
        atoms.collect(wording.pattern, lexicon.phrases)
    return _Builder(atoms, lexicon).matcher()


def _literal_texts(patterns: Iterable[Pattern]) -> Iterable[str]:
    for pattern in patterns:
        for element in pattern:
            if isinstance(element, Words):
                yield element.text
            elif isinstance(element, Choice):
                yield from _literal_texts(element.options)


class _Atoms:
    """Numbers for everything that can occur: basic atoms first, then groups, innermost first."""

    def __init__(self, folded: Mapping[str, tuple[Piece, ...]]) -> None:
        self.folded = folded
        self.literals: dict[Piece, int] = {}
        self.expressions: dict[str, int] = {}
        self.slots: dict[str, int] = {}
        self.groups: dict[PhraseRef | Choice, tuple[Pattern, ...]] = {}
        self._basic = 0
        self._open: set[PhraseRef | Choice] = set()

    def collect(self, pattern: Pattern, phrases: Mapping[str, tuple[Pattern, ...]]) -> None:
        for element in pattern:
            match element:
                case Words(text):
                    for piece in self.folded[text]:
                        self._number(self.literals, piece)
                case Slot(kind):
                    self._number(self.slots, kind)
                case Expression(source):
                    self._number(self.expressions, fold_expression(source))
                case PhraseRef() | Choice():
                    self._group(element, phrases)

    def _number(self, table: dict[_K, int], key: _K) -> None:
        if key not in table:
            table[key] = self._basic
            self._basic += 1

    def _group(self, group: PhraseRef | Choice, phrases: Mapping[str, tuple[Pattern, ...]]) -> None:
        if group in self.groups:
            return
        if group in self._open:
            raise ValueError(f"phrase `{group}` contains itself")
        self._open.add(group)
        options = phrases[group.name] if isinstance(group, PhraseRef) else group.options
        for option in options:
            self.collect(option, phrases)
        self.groups[group] = options

    @property
    def first_group(self) -> int:
        return self._basic


class _Builder:
    def __init__(self, atoms: _Atoms, lexicon: Lexicon):
        self.atoms = atoms
        self.lexicon = lexicon
        self.group_ids = {group: atoms.first_group + n for n, group in enumerate(atoms.groups)}
        self.weights: dict[int, int] = {number: _weight(*key) for key, number in atoms.literals.items()}
        self.weights |= dict.fromkeys(atoms.slots.values(), _SLOT_WEIGHT)
        self.weights |= dict.fromkeys(atoms.expressions.values(), _EXPRESSION_WEIGHT)

    def matcher(self) -> Matcher:
        joined = [*self._groups(), *self._wordings()]
        hangs: dict[int, list[int]] = {}
        for index, pattern in enumerate(joined):
            anchor = max(pattern.needs, key=self.weights.__getitem__)
            hangs.setdefault(anchor, []).append(index)
        wordings = self.lexicon.wordings
        return Matcher(
            literals=_literals(self.atoms.literals),
            expressions=tuple(self.atoms.expressions.items()),
            slots=self.atoms.slots,
            joined=tuple(joined),
            hangs={atom: tuple(indexes) for atom, indexes in hangs.items()},
            first_group=self.atoms.first_group,
            names=tuple(w.fact for w in wordings),
            origins=tuple(w.origin for w in wordings),
            excludes=tuple(w.excludes for w in wordings),
        )

    def _groups(self) -> Iterable[Joined]:
        for group, options in self.atoms.groups.items():
            number = self.group_ids[group]
            alternatives = [p for option in options if (p := self._join(number, option))]
            # A group is as common as its commonest alternative.
            self.weights[number] = min((self._rarest(p) for p in alternatives), default=0)
            yield from alternatives

    def _wordings(self) -> Iterable[Joined]:
        for index, wording in enumerate(self.lexicon.wordings):
            if pattern := self._join(~index, wording.pattern):
                yield pattern

    def _rarest(self, pattern: Joined) -> int:
        return max(self.weights[atom] for atom in pattern.needs)

    def _join(self, owner: int, pattern: Pattern) -> Joined | None:
        """None for a pattern that nothing is required of: it would match everywhere."""
        steps: list[Step] = []
        gap = ADJACENT
        for element in pattern:
            if isinstance(element, Gap):
                gap = element.limit + max(gap, 0)
                continue
            for atom, optional in self._parts(element):
                steps.append(Step(atom, gap, optional))
                gap = ADJACENT
        needs = tuple(dict.fromkeys(step.atom for step in steps if not step.optional))
        return Joined(owner, tuple(steps), needs) if needs else None

    def _parts(self, element: object) -> list[tuple[int, bool]]:
        match element:
            case Words(text):
                return [(self.atoms.literals[piece], False) for piece in self.atoms.folded[text]]
            case Slot(kind):
                return [(self.atoms.slots[kind], False)]
            case Expression(source):
                return [(self.atoms.expressions[fold_expression(source)], False)]
            case Choice(options):
                return [(self.group_ids[element], () in options)]
            case PhraseRef():
                return [(self.group_ids[element], () in self.atoms.groups[element])]
        raise TypeError(element)


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
