"""A text is heard sentence by sentence; wordings and their context never leave a sentence.

Replies repeat each other, whole or by their sentences ("thank you for your feedback"), so the latest of both are
remembered. Of reviews, one sentence in fifty has been read before: fewer are kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

from replylint.facts.layout import Layout
from replylint.facts.match import Scanner
from replylint.facts.matcher import REPLIES, Matcher
from replylint.facts.places import Place
from replylint.facts.said import NOTHING, Said, Understood, together
from replylint.facts.understand import understand
from replylint.source.memory import Memory
from replylint.source.spans import Span
from replylint.text.model import Text

REMEMBERED, SELDOM = 4096, 1024
"""How many sentences, where they repeat each other and where they seldom do; whole texts, an eighth of that."""
_LONGEST_SENTENCE, _LONGEST_TEXT = 300, 600
_WORKED_OUT, _LONG = 256, 4
"""For how many texts what is worked out from them is remembered, and for how many long ones: these are large."""
_With = TypeVarTuple("_With")
_R = TypeVar("_R")

Find = Callable[[Text, Collection[str] | None], Sequence[Place]]
"""Finds the typed values of a text, of some kinds at least, or of all."""
_PlaceKey = tuple[str, int, int]
_Sentence = tuple[str, tuple[_PlaceKey, ...]]


@dataclass(frozen=True, eq=False)
class Heard:
    """One text with all that was found in it.

    Each is equal to itself alone, so that what is worked out from it can be remembered by it.

    places: the typed values, in order. found: what the words say.
    """

    text: Text
    layout: Layout
    places: Sequence[Place] = ()
    found: Understood = NOTHING

    @property
    def said(self) -> tuple[Said, ...]:
        """The facts, in order of place."""
        return self.found.said


def lately(work_out: Callable[[Heard, *_With], _R]) -> Callable[[Heard, *_With], _R]:
    """Remember what is worked out from a text, which is asked for several times in a row, and when it comes again.

    Long texts are heard anew each time that they come (Listener), so only the last ones are of use.
    """
    usual, long = (lru_cache(maxsize=most)(work_out) for most in (_WORKED_OUT, _LONG))

    @wraps(work_out)
    def remembered(heard: Heard, *args: *_With) -> _R:
        return (usual if len(heard.text.original) <= _LONGEST_TEXT else long)(heard, *args)

    return remembered


class Listener:
    """Hears what some of a lexicon's wordings find in texts; made once, used for many texts.

    where: REPLIES or REVIEWS, in which the texts are, or COMPARED. find: what finds typed values; in replies all of
    them, elsewhere those that wordings look for. remembered: how many sentences.
    """

    def __init__(self, matcher: Matcher, where: int, find: Find, remembered: int):
        self._matcher = matcher
        self._scanner = Scanner(matcher, where)
        self._find = find
        self._kinds = None if where == REPLIES else self._scanner.kinds
        self._texts: Memory[str, Heard] = Memory(remembered // 8)
        self._sentences: Memory[_Sentence, Understood] = Memory(remembered)

    def hear(self, text: Text) -> Heard:
        """All that a text says."""
        if len(text.original) > _LONGEST_TEXT:
            return self._hear(text)
        heard = self._texts.recall(text.original)
        if heard is None:
            heard = self._hear(text)
            self._texts.keep(text.original, heard)
        return heard

    def _hear(self, text: Text) -> Heard:
        places = sorted(self._places(text), key=lambda place: place.span)
        found: list[Understood] = []
        clause = 0
        for index, (span, count) in enumerate(_clause_counts(text)):
            clauses = text.clauses[clause : clause + count]
            understood = self._sentence(text, span, clauses, _inside(span, places))
            if understood is not NOTHING:
                found.append(understood.moved(span.start, clause, index))
            clause += count
        return Heard(text, Layout(text), places, together(found))

    def _places(self, text: Text) -> Sequence[Place]:
        return self._find(text, self._kinds) if self._kinds is None or self._kinds else ()

    def _sentence(self, text: Text, span: Span, clauses: Sequence[Span], places: tuple[_PlaceKey, ...]) -> Understood:
        words = text.folded[span.start : span.end]
        key = words, places
        understood = self._sentences.recall(key)
        if understood is None:
            sentence = Text(
                original="",
                folded=words,
                origin=(),
                sentences=(Span(0, len(words)),),
                clauses=tuple(Span(c.start - span.start, c.end - span.start) for c in clauses),
                tokens=(),
                units=text.units[span.start : span.end + 1],
                languages=(),
            )
            mentions = self._scanner.mentions(sentence, places)
            understood = understand(self._matcher, sentence, mentions) if mentions else NOTHING
            if len(words) <= _LONGEST_SENTENCE:
                self._sentences.keep(key, understood)
        return understood


def _inside(span: Span, places: Sequence[Place]) -> tuple[_PlaceKey, ...]:
    """The typed values of a sentence, counted from its beginning; `places` are in order."""
    there = places_in(places, span)
    return tuple((p.kind, p.span.start - span.start, p.span.end - span.start) for p in there)


def said_in(heard: Heard, sentence: int) -> Sequence[Said]:
    """What a sentence says, by the sentence's index."""
    first = bisect_left(heard.said, sentence, key=lambda said: said.sentence)
    return heard.said[first : bisect_right(heard.said, sentence, lo=first, key=lambda said: said.sentence)]


def words_in(heard: Heard, span: Span) -> Sequence[Span]:
    """The words that begin in a span."""
    tokens = heard.text.tokens
    first = bisect_left(tokens, (span.start,))
    return tokens[first : bisect_left(tokens, (span.end,), lo=first)]


def places_in(places: Sequence[Place], span: Span) -> Sequence[Place]:
    """Of the typed values of a text, which are in order, those that begin in a span."""
    if not places:
        return ()
    first = bisect_left(places, span.start, key=lambda place: place.span.start)
    return places[first : bisect_left(places, span.end, lo=first, key=lambda place: place.span.start)]


def _clause_counts(text: Text) -> Iterator[tuple[Span, int]]:
    """The sentences with the number of clauses in each."""
    clause, clauses = 0, text.clauses
    for sentence in text.sentences:
        first = clause
        while clause < len(clauses) and clauses[clause].start < sentence.end:
            clause += 1
        yield sentence, clause - first
