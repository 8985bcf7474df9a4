"""What a reply reads like as a whole: weak signs, none of which says anything by itself, added up.

Wordings know what has been said before. What nobody has said before still sounds like it: advice that nobody asked for,
「這種人」 and 「看多了」 come together where customers are mocked, and hardly anywhere else. Each sign is a few
characters, or a word or two, with a weight for every kind of trouble; `corpora/weigh.py` learns the weights from our
own cases. A score is their sum over the length in signs, as a linear model of text has it (Joachims 1998); the reply
as a whole and its most telling sentence count alike, so that courtesy around it does not drown what is said. What the
reply does counts as well: who mocks seldom gives thanks or a next step.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain
from math import exp, sqrt
from typing import Any, NamedTuple, NoReturn

from replylint.facts.model import Attribute, Fact
from replylint.facts.schema import FACT_TYPES
from replylint.facts.stems import stem
from replylint.source.memory import Memory
from replylint.source.spans import Span
from replylint.source.values import Money, Percent
from replylint.text.model import Text

CLOSE = 10
"""Percent: a text is told to read like what it reads most like, and like what comes so close to that."""
_LEAST_SIGNS, _MOST_SIGNS = 10, 4
"""Fewer signs are too little to go by, such as "thanks a lot!"; of more, so many are shown."""
_DIGIT = re.compile("[1-9]")
_WORDS = {"en": re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s]"), "zh": re.compile(r"[a-z]{2,}|.", re.DOTALL)}
"""The units of a language. A word in Latin letters is one within Chinese, too."""
_REMEMBERED = 2048
"""How many sentences; a megabyte or two. Whole texts, an eighth of that."""
_LONGEST_TEXT = 600
_FIELD, _ZERO = 64, 1 << 63
_WHOLE = 1000
"""Weights are kept in thousandths, as whole numbers."""


@dataclass(frozen=True)
class Weights:
    """The signs of one language.

    fact: the type of fact that they tell, such as `tenor`, and by that the text that is read. faintest: percent; what
    is less strong is not told. whole: the text as a whole counts like its most telling sentence, else only that.
    longest: of how many characters, or words, a sign consists at most. kinds: of the fact.
    biases: of each kind, before any sign is seen. signs: for each the square of its length, which counts whatever it
    weighs, and its weight for every kind; in thousandths. acts: names of facts, such as "apology" or "invite/private",
    with a blank between them, and the weight for every kind of a reply that holds any of them; in thousandths.
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

    def known(self, sentence: str) -> Signs:
        """The signs in a folded sentence; those of the latest are remembered, because replies share them."""
        found = self._latest.recall(sentence)
        if found is None:
            signs = frozenset(self.signs.keys() & _signs_in(sentence, self.language, self.longest))
            found = Signs(signs, self.sums.of(signs))
            self._latest.keep(sentence, found)
        return found

    def known_in(self, folded: str, sentences: Sequence[Span]) -> tuple[tuple[Signs, ...], Signs]:
        """The signs in each of some sentences of a folded text, and in all of them; remembered likewise."""
        found = self._latest_texts.recall(folded) if len(folded) <= _LONGEST_TEXT else None
        if found is None:
            own = tuple(self.known(folded[span.start : span.end]) for span in sentences)
            found = own, own[0].joined(own[1:], self)
            if len(folded) <= _LONGEST_TEXT:
                self._latest_texts.keep(folded, found)
        return found

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
            found = [sum(column) / _WHOLE for column in zip(*rows, strict=True)] or [0.0] * len(self.kinds)
            self._latest_acts.keep(there, found)
        return found

    @cached_property
    def _acts(self) -> list[tuple[frozenset[str], Sequence[int]]]:
        return [(frozenset(names.split()), row) for names, row in self.acts.items()]

    @cached_property
    def _latest_acts(self) -> Memory[frozenset[str], Sequence[float]]:
        return Memory(_REMEMBERED // 8)

    @cached_property
    def _latest(self) -> Memory[str, Signs]:
        return Memory(_REMEMBERED)

    @cached_property
    def _latest_texts(self) -> Memory[str, tuple[tuple[Signs, ...], Signs]]:
        return Memory(_REMEMBERED // 8)


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
    found = Weights(*head, kinds, biases, plain["signs"], plain["acts"])
    if found.fact not in FACT_TYPES or not set(kinds) <= set(FACT_TYPES[found.fact].kinds):
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


def tenors(reply: Text, review: Text | None, tables: Iterable[Weights], facts: Sequence[Fact] = ()) -> Iterator[Fact]:
    """What a text reads like, each fact at the sentence that says most of it. facts: what else it holds.

    What the review says itself is a sign of nothing in a reply; of a review itself no other is given. A language is
    judged where most of the text is written in it.
    """
    for table in tables:
        heard = _heard(reply, review, table, facts)
        if heard is not None:
            yield from _told(reply, heard, table)


def odds(reply: Text, review: Text | None, table: Weights, facts: Sequence[Fact] = ()) -> tuple[float, ...]:
    """How much a reply that holds these facts speaks for each kind, as the logarithm of the odds.

    Nothing where it is in another language, or too short.
    """
    heard = _heard(reply, review, table, facts)
    return heard.odds if heard is not None else ()


def percent(score: float) -> int:
    """How strong these odds are; 50 where they are even."""
    return round(100 / (1 + exp(-score)))


def signs_of(sentence: str, language: str, longest: int) -> list[str]:
    """All that can be a sign in a folded sentence, the shortest first, each in the order of the sentence.

    Runs of characters, or in English of words without their endings. Words in Latin letters within Chinese are units,
    too, and so are the beginning `^` and the end `$` of the sentence.
    """
    units = _units(sentence, language)
    between = " " if language == "en" else ""
    runs = (zip(*(units[first:] for first in range(size)), strict=False) for size in range(2, longest + 1))
    return [*units, *map(between.join, chain.from_iterable(runs))]


@lru_cache(maxsize=64)
def _signs_in(sentence: str, language: str, longest: int) -> frozenset[str]:
    """The signs of a sentence, each once; those of a review are asked for by several tables in turn."""
    return frozenset(signs_of(sentence, language, longest))


def signs_in(text: Text, language: str, longest: int) -> frozenset[str]:
    """The signs of all sentences of a text."""
    parts = (_signs_in(text.folded[span.start : span.end], language, longest) for span in text.sentences)
    return frozenset().union(*parts)


def _units(sentence: str, language: str) -> list[str]:
    units = _WORDS[language].findall(_DIGIT.sub("0", sentence))
    return ["^", *(map(stem, units) if language == "en" else units), "$"]


def _places(sentence: Span, folded: str, table: Weights) -> dict[str, Span]:
    """Where each sign of a sentence comes first. `folded` is the whole text."""
    said = folded[sentence.start : sentence.end]
    inside = (match.span() for match in _WORDS[table.language].finditer(said))
    units = [(0, 0), *inside, (len(said), len(said))]
    ends = ((first, first + size - 1) for size in range(1, table.longest + 1) for first in range(len(units) - size + 1))
    found: dict[str, Span] = {}
    for sign, (first, last) in zip(signs_of(said, table.language, table.longest), ends, strict=True):
        if sign not in found:
            found[sign] = Span(sentence.start + units[first][0], sentence.start + units[last][1])
    return found


def told_by(review: Iterable[str], signs: frozenset[str]) -> list[str]:
    """Which of these signs a review has as well; they count for nothing in a reply to it.

    Single characters do count, as any text has them, but for Chinese ones that stand in what the review has: who says
    again that the earring of a girlfriend is gone tells nothing of her.
    """
    told = [sign for sign in signs.intersection(review) if len(sign) > 1]
    characters = frozenset().union(*told) if told else frozenset()
    return told + [sign for sign in characters & signs if not sign.isascii()]


def _written_in(reply: Text, language: str) -> Sequence[Span]:
    """The sentences in a language, if they are most of the reply."""
    if language not in reply.languages:
        return ()
    found = [span for span, spoken in zip(reply.sentences, reply.languages, strict=True) if spoken == language]
    return found if len(found) == len(reply.sentences) or 2 * _extent(found) > _extent(reply.sentences) else ()


def _extent(spans: Iterable[Span]) -> int:
    return sum(span.length for span in spans)


@dataclass(frozen=True)
class _Heard:
    """What counts in a reply: its sentences in the language of the table, their known signs, the odds of each kind."""

    sentences: Sequence[Span]
    signs: Sequence[frozenset[str]]
    odds: tuple[float, ...]


def _heard(reply: Text, review: Text | None, table: Weights, facts: Sequence[Fact]) -> _Heard | None:
    sentences = _written_in(reply, table.language)
    if not sentences:
        return None
    own, counted = table.known_in(reply.folded, sentences)
    if review is not None:
        told = told_by(signs_in(review, table.language, table.longest), counted.names)
        own = tuple(signs.without(told, table) for signs in own)
        counted = counted.without(told, table)
    if len(counted.names) < _LEAST_SIGNS:
        return None
    telling = [_scores(signs, table) for signs in own if len(signs.names) >= _LEAST_SIGNS]
    whole = [score + act for score, act in zip(_scores(counted, table), table.acted(facts), strict=True)]
    most = tuple(map(max, zip(*telling or [whole], strict=True)))
    if table.whole:
        most = tuple((part + best) / 2 for part, best in zip(whole, most, strict=True))
    return _Heard(sentences, [signs.names for signs in own], most)


def _told(reply: Text, heard: _Heard, table: Weights) -> Iterator[Fact]:
    strengths = list(map(percent, heard.odds))
    least = max(table.faintest, max(strengths) - CLOSE)
    for index, (kind, strength) in enumerate(zip(table.kinds, strengths, strict=True), start=1):
        if strength >= least:
            sums = [sum(table.signs[sign][index] for sign in signs) for signs in heard.signs]
            at = sums.index(max(sums))
            places = _places(heard.sentences[at], reply.folded, table)
            strongest = _strongest(
                {sign: place for sign, place in places.items() if sign in heard.signs[at]}, index, table
            )
            yield _fact(reply, (table.fact, kind), heard.sentences[at], strength, strongest)


def _scores(signs: Signs, table: Weights) -> list[float]:
    """For each kind how much these signs speak for it, as the logarithm of the odds."""
    square, *sums = table.sums.columns(signs.sum)
    length = sqrt(square * _WHOLE) or 1.0
    return [total / length + bias / _WHOLE for total, bias in zip(sums, table.biases, strict=True)]


def _strongest(places: Mapping[str, Span], index: int, table: Weights) -> list[Span]:
    """Where the signs stand that weigh most; none touches another."""
    chosen: list[Span] = []
    for sign in sorted(places, key=lambda sign: (-table.signs[sign][index], places[sign])):
        place = places[sign]
        if place.length > 1 and not any(map(place.overlaps, chosen)):
            chosen.append(place)
        if len(chosen) == _MOST_SIGNS:
            break
    return sorted(chosen)


def _fact(reply: Text, name: tuple[str, str], sentence: Span, strength: int, signs: Sequence[Span]) -> Fact:
    place = reply.original_span(sentence)
    words = [reply.original_span(sign) for sign in signs] or [place]
    told = " … ".join(reply.original[word.start : word.end].strip() for word in words)
    there = words[0].cover(words[-1])
    attributes = {"strength": Attribute(Percent(Decimal(strength)), there), "signs": Attribute(told, there)}
    return Fact(*name, place, reply.original[place.start : place.end], attributes)
