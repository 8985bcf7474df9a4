"""The words of two texts compared: which of a reply's words the review has too, and which say something at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from replylint.facts.listen import Heard
from replylint.source.spans import Span

_NUMERALS = str.maketrans("零一二两三四五六七八九", "01223456789")
_OVERLAPPING = 8
# What comes later in an endless text is not compared: the work is bounded.
_MOST_TOKENS = 2_000
_MOST_CHARACTERS = 6_000


def telling_words(heard: Heard, generic: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """The words of a text that not any text has, with their places. generic: folded words that do not count."""
    starts = [span.start for span in heard.generic]
    for token in heard.text.tokens[:_MOST_TOKENS]:
        word = heard.text.folded[token.start : token.end]
        if word not in generic and not _is_generic(token, heard.generic, starts):
            yield token, word


def words_of(review: Heard) -> Callable[[str], bool]:
    """Tells of a word whether the review has it too: a Chinese one anywhere, however it was cut there."""
    theirs = review.text.folded[:_MOST_CHARACTERS]
    in_digits = digits(theirs)
    tokens = (theirs[token.start : token.end] for token in review.text.tokens[:_MOST_TOKENS])
    stems = {stem(word) for word in tokens if word and not is_chinese(word)}
    known: dict[str, bool] = {}

    def has(word: str) -> bool:
        if word not in known:
            known[word] = digits(word) in in_digits if is_chinese(word) else len(word) > 2 and stem(word) in stems
        return known[word]

    return has


def digits(folded: str) -> str:
    """Single Chinese numerals as digits: 九點 is 9點."""
    return folded.translate(_NUMERALS)


def is_chinese(word: str) -> bool:
    """Whether a word is written in Chinese characters."""
    return word[0] >= "\u2e80"


def stem(word: str) -> str:
    """A Latin word without its ending, as far as a comparison needs it."""
    if word[-1] not in "sgd":
        return word
    for ending in ("'s", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _is_generic(token: Span, generic: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a generic phrase holds the token; `generic` is in order, and its phrases are short."""
    at = bisect_right(starts, token.start)
    return any(span.contains(token) for span in generic[max(at - _OVERLAPPING, 0) : at])
