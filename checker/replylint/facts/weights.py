"""What signs weigh: the tables that `corpora/weigh.py` learns, a file for each language and for what is told by it."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, NoReturn

from replylint.facts.model import Fact
from replylint.facts.schema import FACT_TYPES
from replylint.facts.signs import by_sign, grouped, signs_in_sentence, without_quoted
from replylint.source.memory import Memory
from replylint.source.spans import Span
from replylint.source.values import Money, Percent

WHOLE = 1000
"""Weights are kept in thousandths, as whole numbers."""
TEMPLATE = "template"
"""The sentences that would fit any review. Such a one is no fact: it only says what takes nothing up."""
_KINDS = {**{name: of.kinds for name, of in FACT_TYPES.items()}, TEMPLATE: (TEMPLATE,)}
_OF_REVIEWS = frozenset(name for name, of in FACT_TYPES.items() if of.side == "review")
_REMEMBERED, _SELDOM = 2048, 64
"""How many sentences of replies, some megabytes; of reviews, which seldom repeat. Whole texts, an eighth of that."""
_LONGEST_TEXT = 600
_FIELD, _ZERO = 64, 1 << 63


@dataclass(frozen=True)
class Weights:
    """The signs of one language.

    fact: the type of fact that they tell, such as `tenor`, and by that the text that is read; or TEMPLATE. faintest:
    percent; what is less strong is not told. whole: the text as a whole counts like its most telling sentence, else
    only that. longest: of how many characters, or words, a sign consists at most. kinds: of the fact.
    biases: of each kind, before any sign is seen. signs: for each the square of its length, which counts whatever it
    weighs, and its weight for every kind; in thousandths. acts: names of facts, such as "apology" or "invite/private",
    with a blank between them, and the weight for every kind of a reply that holds any of them; in thousandths.
    groups: signs that count together as well, by the name of their group, see `signs.grouped`.
    """

    language: str
    fact: str
    faintest: int
    whole: bool
    longest: int
    kinds: tuple[str, ...]
    biases: tuple[int, ...]
    signs: Mapping[str, Sequence[int]]
    acts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def known(self, sentence: str) -> Signs:
        """The signs in a folded sentence, in a reply but for what it quotes; those of the latest are remembered,
        because replies share them."""
        found = self._latest.recall(sentence)
        if found is None:
            found = self._among(self._signs_in(sentence))
            self._latest.keep(sentence, found)
        return found

    def _signs_in(self, sentence: str) -> frozenset[str]:
        own = without_quoted(sentence) if self._of_replies else sentence
        return signs_in_sentence(own, self.language, self.longest)

    def _among(self, signs: frozenset[str]) -> Signs:
        known = frozenset(self.signs.keys() & signs.union(grouped(signs, self._groups)))
        return Signs(known, self.sums.of(known))

    def known_in(self, folded: str, sentences: Sequence[Span]) -> tuple[tuple[Signs, ...], Signs]:
        """The signs in each of some sentences of a folded text, and in all of them; remembered likewise."""
        found = self._latest_texts.recall(folded) if len(folded) <= _LONGEST_TEXT else None
        if found is None:
            own = tuple(self.known(folded[span.start : span.end]) for span in sentences)
            found = own, self._together(own, folded, sentences)
            if len(folded) <= _LONGEST_TEXT:
                self._latest_texts.keep(folded, found)
        return found

    def _together(self, own: Sequence[Signs], folded: str, sentences: Sequence[Span]) -> Signs:
        if not self.groups:
            return own[0].joined(own[1:], self)
        # Sentences with one of a group each have several of it together.
        return self._among(frozenset().union(*(self._signs_in(folded[span.start : span.end]) for span in sentences)))

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[str]]:
        return by_sign(self.groups)

    @cached_property
    def sums(self) -> Sums:
        """What adds the rows of signs."""
        return Sums(self.signs, len(self.kinds) + 1)

    def acted(self, facts: Iterable[Fact]) -> Sequence[float]:
        """How much it speaks for each kind that a reply holds these facts, and no others."""
        there = names_of(facts)
        found = self._latest_acts.recall(there)
        if found is None:
            rows = [row for names, row in self._acts if not names.isdisjoint(there)]
            found = [sum(column) / WHOLE for column in zip(*rows, strict=True)] or [0.0] * len(self.kinds)
            self._latest_acts.keep(there, found)
        return found

    @cached_property
    def _acts(self) -> list[tuple[frozenset[str], Sequence[int]]]:
        return [(frozenset(names.split()), row) for names, row in self.acts.items()]

    @cached_property
    def _latest_acts(self) -> Memory[frozenset[str], Sequence[float]]:
        return Memory(self._most // 8)

    @cached_property
    def _latest(self) -> Memory[str, Signs]:
        return Memory(self._most)

    @cached_property
    def _latest_texts(self) -> Memory[str, tuple[tuple[Signs, ...], Signs]]:
        return Memory(self._most // 8)

    @property
    def _most(self) -> int:
        return _REMEMBERED if self._of_replies else _SELDOM

    @cached_property
    def _of_replies(self) -> bool:
        return self.fact not in _OF_REVIEWS


class Signs(NamedTuple):
    """Signs that have weights, and the sum of their rows, see Sums."""

    names: frozenset[str]
    sum: int

    def joined(self, others: Iterable[Signs], table: Weights) -> Signs:
        """These signs and others, each once."""
        names, total = set(self.names), self.sum
        for other in others:
            total += other.sum - table.sums.of(names & other.names)
            names |= other.names
        return Signs(frozenset(names), total)

    def without(self, told: Iterable[str], table: Weights) -> Signs:
        """These signs but for some."""
        gone = self.names.intersection(told)
        return Signs(self.names - gone, self.sum - table.sums.of(gone)) if gone else self


class Sums(dict[str, int]):
    """The rows of signs, each as one large number with a field for every column, so that adding numbers adds rows.

    A row is made when its sign is first met. A field has room for the sum of more signs than a text can hold.
    """

    def __init__(self, rows: Mapping[str, Sequence[int]], columns: int):
        super().__init__()
        self._rows = rows
        self._fields = struct.Struct(f"<{columns}Q")
        self._zero = sum(_ZERO << _FIELD * column for column in range(columns))

    def __missing__(self, sign: str) -> int:
        made = self[sign] = sum(value << _FIELD * column for column, value in enumerate(self._rows[sign]))
        return made

    def of(self, signs: Iterable[str]) -> int:
        """The sum of the rows of signs."""
        return sum(map(self.__getitem__, signs))

    def columns(self, total: int) -> list[int]:
        """The columns of a sum of rows."""
        # Fields count from a zero in their middle here: a sum below zero would borrow from the next field.
        fields = self._fields.unpack((total + self._zero).to_bytes(self._fields.size, "little"))
        return [field - _ZERO for field in fields]


def weights_of(text: str) -> Weights:
    """The weights that a file holds. Raises ValueError, KeyError or TypeError for any other text."""
    plain: Any = json.loads(text, parse_float=_no_fraction)
    kinds, biases = tuple(plain["kinds"]), tuple(plain["biases"])
    head = (plain["language"], plain["fact"], plain["faintest"], plain["whole"], plain["longest"])
    found = Weights(*head, kinds, biases, plain["signs"], plain["acts"], plain.get("groups", {}))
    if not set(kinds) <= set(_KINDS[found.fact]):
        raise ValueError("no such facts")
    wide = len(found.kinds)
    short, long = {len(found.biases), *map(len, found.acts.values())}, {*map(len, found.signs.values())}
    if short != {wide} or long - {wide + 1}:
        raise ValueError("rows of different lengths")
    return found


def _no_fraction(number: str) -> NoReturn:
    raise ValueError(number)


def names_of(facts: Iterable[Fact]) -> frozenset[str]:
    """The types of facts, and type and kind as one, such as "invite" and "invite/private".

    Also what is stated with them: "promise/amount" where a promise says how much, and sets a limit by that.
    """
    return frozenset(chain.from_iterable(map(_names, facts)))


def _names(fact: Fact) -> Iterator[str]:
    yield from (fact.type, f"{fact.type}/{fact.kind}")
    stated = (fact.attributes.get(name) for name in ("amount", "percent"))
    if any(found is not None and isinstance(found.value, Money | Percent) for found in stated):
        yield f"{fact.type}/amount"
