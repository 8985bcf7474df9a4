"""Counts how many of the replies and reviews in this folder have each word: `policy/lexicon/*.counts`.

The words of the replies in `canned/` are written there, too: a reply that says nothing else would fit any review. So
are those that reviews have at least as often, which tell what happened.

    python corpora/count.py            writes the counts anew
    python corpora/count.py --check    only tells whether there are many more or fewer texts by now; exit code 1

A word that few texts have says the more when a reply shares it with its review. Some more texts change that little, so
counts need not be made anew for each row.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from replylint.facts.rarity import Counts, counted_in, counts_of, written
from replylint.facts.stems import is_chinese, stem
from replylint.text.pipeline import read
from rows import LANGUAGES, LEXICON, rows_of, text_of

LEAST = 3
"""In how many texts a word has to stand to be kept; rarer ones are all alike."""
MAY_DIFFER = 0.1


def texts(language: str, folder: str = "*", parts: Sequence[str] = ("reply", "review")) -> Iterator[str]:
    """Every reply and review in a language, of one folder or of all; or only one of both."""
    for _, row in rows_of(language, folder):
        yield from filter(None, (text_of(row.get(part)) for part in parts))


def counts(language: str) -> Counts:
    """How many texts in a language have each word."""
    every = (_stems(text, language) for text in texts(language))
    reviews = (_stems(text, language) for text in texts(language, parts=("review",)))
    canned = (_stems(sentence, language) for text in texts(language, "canned") for sentence in _sentences(text))
    return counted_in(language, every, LEAST, canned, reviews)


def _sentences(text: str) -> Iterator[str]:
    folded = read(text)
    yield from (folded.folded[span.start : span.end] for span in folded.sentences)


def _stems(text: str, language: str) -> frozenset[str]:
    folded = read(text)
    words = (folded.folded[token.start : token.end] for token in folded.tokens)
    return frozenset(stem(w) for w in words if w.isalnum() and is_chinese(w) == (language == "zh"))


def _file(language: str) -> Path:
    return LEXICON / f"{language}.counts"


def _stale(language: str) -> bool:
    there = sum(1 for _ in texts(language))
    return abs(counts_of(_file(language).read_text(encoding="utf-8")).texts - there) > MAY_DIFFER * there


def main() -> None:
    """Write the counts of every language, or only tell whether they are too old."""
    if "--check" in sys.argv:
        stale = [language for language in LANGUAGES if _stale(language)]
        sys.exit(f"counted in other texts than are there: {', '.join(stale)}; run `make weights`" if stale else 0)
    for language in LANGUAGES:
        _file(language).write_text(written(counts(language)), encoding="utf-8")


if __name__ == "__main__":
    main()
