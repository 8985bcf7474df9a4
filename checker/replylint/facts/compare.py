"""The words of two texts compared: which of a reply's words the review has too, and which say something at all."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from replylint.facts.listen import Heard, lately
from replylint.facts.stems import is_chinese, stem
from replylint.source.spans import Span

TOPICS = frozenset({"issue", "allegation"})
"""The types of facts that say what a review is about."""
OF_ANY_HOUSE = frozenset({"praise", "service", "quality", "treatment"})
"""The kinds of issue that any house is reviewed for: to name no more is no answer to a review."""

_NUMERALS = str.maketrans("零一二两三四五六七八九", "01223456789")
_OVERLAPPING = 8
_LONGEST_CHINESE = 4
_HEAVIEST = 4.0
# What comes later in an endless text is not compared: the work is bounded.
_MOST_TOKENS = 2_000
_MOST_CHARACTERS = 6_000


@lately
def telling_words(heard: Heard, generic: frozenset[str]) -> tuple[tuple[Span, str], ...]:
    """The words of a text that not any text has, with their places. generic: folded words that do not count.

    The same text is asked for them several times in a row, and replies come again.
    """
    folded, phrases = heard.text.folded, heard.found.generic
    starts = [span.start for span in phrases]
    words = [(token, folded[token.start : token.end]) for token in heard.text.tokens[:_MOST_TOKENS]]
    return tuple(
        (token, word)
        for token, word in words
        if word not in generic and stem(word) not in generic and not _is_generic(token, phrases, starts)
    )


def with_stems(words: Iterable[str]) -> frozenset[str]:
    """Words, and their stems: what is generic in one form is so in every form."""
    return frozenset(form for word in words for form in (word, stem(word)))


def known_to(review: Heard) -> Callable[[str], bool]:
    """Tells of a word whether the review has it too: a Chinese one anywhere, however it was cut there."""
    return counted_in(review)[0]


@lately
def folded_in_digits(heard: Heard) -> str:
    """The folded text with its Chinese numerals as digits."""
    return digits(heard.text.folded)


@lately
def counted_in(review: Heard) -> tuple[Callable[[str], bool], Counter[str]]:
    """What `known_to` tells, and how often each word is there, by its stem."""
    theirs = review.text.folded[:_MOST_CHARACTERS]
    in_digits = digits(theirs)
    tokens = [theirs[token.start : token.end] for token in review.text.tokens[:_MOST_TOKENS]]
    stems = Counter(map(stem, filter(None, tokens)))
    known: dict[str, bool] = {}

    def has(word: str) -> bool:
        if word not in known:
            known[word] = digits(word) in in_digits if is_chinese(word) else len(word) > 2 and stem(word) in stems
        return known[word]

    return has, stems


def weight(word: str) -> float:
    """What it says that two texts share this word: the longer, the rarer; from 0.75 to 4.

    A Chinese character counts as three quarters, a Latin word of three letters as 1.35 and each more letter as 0.35.
    """
    if is_chinese(word):
        return 0.75 * min(len(word), _LONGEST_CHINESE)
    return min(max(1 + 0.35 * (len(word) - 2), 1), _HEAVIEST)


def digits(folded: str) -> str:
    """Single Chinese numerals as digits: 九點 is 9點."""
    return folded.translate(_NUMERALS)


def _is_generic(token: Span, generic: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a generic phrase holds the token; `generic` is in order, and its phrases are short."""
    at = bisect_right(starts, token.start)
    return at > 0 and any(span.end >= token.end for span in generic[max(at - _OVERLAPPING, 0) : at])
