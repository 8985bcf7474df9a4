"""The weak signs that a text is full of: runs of characters, or of words.

What they weigh is told by `weights`, and what they come to by `tenor`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from replylint.facts.stems import stem
from replylint.source.spans import Span
from replylint.text.model import Text

_DIGIT = re.compile("[1-9]")
_WORDS = {"en": re.compile(r"[^\W_]+(?:'[^\W_]+)?|[^\w\s\0]"), "zh": re.compile(r"[a-z]{2,}|[^\0]")}
"""The units of a language. A word in Latin letters is one within Chinese, too."""
_QUOTED = re.compile(r'"[^"]{1,120}"|「[^「」]{1,120}」|『[^『』]{1,120}』')
"""Folding has made “ and ” one mark."""
_COUNTED = 3
"""Of a group more signs than these count as so many."""


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
def signs_in_sentence(sentence: str, language: str, longest: int) -> frozenset[str]:
    """The signs of a sentence, each once; those of a review are asked for by several tables in turn."""
    return frozenset(signs_of(sentence, language, longest))


def signs_in(text: Text, language: str, longest: int) -> frozenset[str]:
    """The signs of all sentences of a text."""
    parts = (signs_in_sentence(text.folded[span.start : span.end], language, longest) for span in text.sentences)
    return frozenset().union(*parts)


def _units(sentence: str, language: str) -> list[str]:
    units = _WORDS[language].findall(_DIGIT.sub("0", sentence))
    return ["^", *(map(stem, units) if language == "en" else units), "$"]


def by_sign(groups: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The groups of each sign, of the signs of each group."""
    of: dict[str, list[str]] = {}
    for group, signs in groups.items():
        for sign in signs:
            of.setdefault(sign, []).append(group)
    return of


def grouped(signs: Iterable[str], groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A sign for each group that some of these signs belong to, and one each for having two and three of it.

    groups: of which ones each sign is.
    """
    counts = Counter(group for sign in signs for group in groups.get(sign, ()))
    for group, count in counts.items():
        yield from (f"<{group}>{number}" for number in range(1, min(count, _COUNTED) + 1))


def without_quoted(sentence: str) -> str:
    """A folded sentence, as long as it was, without the words that it quotes, which are another's.

    The marks stay, for they say that something is quoted.     """
    return _QUOTED.sub(lambda quoted: quoted[0][0] + "\0" * (len(quoted[0]) - 2) + quoted[0][-1], sentence)


def places_of(sentence: Span, folded: str, language: str, longest: int) -> dict[str, Span]:
    """Where each sign of a sentence of a reply comes first. `folded` is the whole text."""
    said = without_quoted(folded[sentence.start : sentence.end])
    inside = (match.span() for match in _WORDS[language].finditer(said))
    units = [(0, 0), *inside, (len(said), len(said))]
    ends = ((first, first + size - 1) for size in range(1, longest + 1) for first in range(len(units) - size + 1))
    found: dict[str, Span] = {}
    for sign, (first, last) in zip(signs_of(said, language, longest), ends, strict=True):
        if sign not in found:
            found[sign] = Span(sentence.start + units[first][0], sentence.start + units[last][1])
    return found


def told_by(review: Iterable[str], signs: frozenset[str]) -> frozenset[str]:
    """Which of these signs a review has as well; they count for nothing in a reply to it.

    Single characters do count, as any text has them, but for Chinese ones that stand in what the review has: who says
    again that the earring of a girlfriend is gone tells nothing of her.
    """
    told = frozenset(sign for sign in signs.intersection(review) if len(sign) > 1)
    characters = frozenset[str]().union(*told)
    return told.union(sign for sign in characters & signs if not sign.isascii())
