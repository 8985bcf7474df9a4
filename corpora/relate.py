"""Learns which words, issues and things go together in reviews and their replies: `policy/lexicon/*.vectors`.

    python corpora/relate.py            writes the vectors anew
    python corpora/relate.py --check    only tells whether there are many more or fewer texts by now; exit code 1

Texts without a word in common may still speak of the same matter. Latent semantic analysis of the rows in this folder
that have a review: whatever stands in the same row oftener than by chance points the same way. Needs scikit-learn,
which the program itself does not. Some more rows change little, so vectors need not be made anew for each.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from replylint.api import load_policy
from replylint.facts.vectors import Vectors, row_of, vectors_of, written
from replylint.text.pipeline import read
from rows import LANGUAGES, LEXICON, rows_of, text_of

FOLDERS = ("cases", "facts", "learning")
ASTRAY = "no-acknowledgement"
LEAST = 4
"""In how many rows a word has to stand."""
DIMENSIONS = 60
MAY_DIFFER = 0.1
_UNSEEN = 0.5
_ROUNDS = 8
_LONGEST = 127


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Every review in a language with its reply, but for replies that speak of something else."""
    for _, row in rows_of(language, *FOLDERS):
        review, reply = text_of(row.get("review")), text_of(row.get("reply"))
        if review and reply and ASTRAY not in row.get("violates", ()):
            yield review, reply


def vectors(language: str, rows: Sequence[frozenset[str]]) -> Vectors:
    """The vectors learnt from rows, each given by all that its review and its reply speak of."""
    often = Counter(each for row in rows for each in row)
    known = sorted(each for each, times in often.items() if times >= LEAST)
    numbers = {each: number for number, each in enumerate(known)}
    found = np.array([(at, numbers[each]) for at, row in enumerate(rows) for each in row if each in numbers])
    there = csr_matrix((np.ones(len(found)), (found[:, 0], found[:, 1])), shape=(len(rows), len(known)))
    directions, _, _ = randomized_svd(_going_together(there), DIMENSIONS, n_iter=_ROUNDS, random_state=0)
    rarity = np.log((len(rows) + 1) / (np.asarray(there.sum(0)).ravel() + _UNSEEN))
    weighed = directions * rarity[:, None]
    whole = np.rint(weighed * (_LONGEST / np.abs(weighed).max())).astype(int)
    return Vectors(language, len(rows), {each: row_of(whole[number]) for each, number in numbers.items()})


def _going_together(there: Any) -> Any:
    """How much oftener two things stand in one row than by chance: the logarithm, where that is above 0."""
    together = (there.T @ there).tocoo()
    often = np.asarray(there.sum(0)).ravel()
    by_chance = often[together.row] * often[together.col] / there.shape[0]
    oftener = np.log((together.data + _UNSEEN) / (by_chance + _UNSEEN))
    kept = (oftener > 0) & (together.row != together.col)
    return csr_matrix((oftener[kept], (together.row[kept], together.col[kept])), shape=together.shape)


def _file(language: str) -> Path:
    return LEXICON / f"{language}.vectors"


def _stale(language: str) -> bool:
    there = sum(1 for _ in pairs(language))
    return abs(vectors_of(_file(language).read_text(encoding="utf-8")).texts - there) > MAY_DIFFER * there


def main() -> None:
    """Write the vectors of every language, or only tell whether they are too old."""
    if "--check" in sys.argv:
        stale = [language for language in LANGUAGES if _stale(language)]
        sys.exit(f"learnt from other texts than are there: {', '.join(stale)}; run `make weights`" if stale else 0)
    extractor = load_policy(LEXICON.parent).extractor
    for language in LANGUAGES:
        spoken = (extractor.spoken_of(read(reply), read(review)) for review, reply in pairs(language))
        rows = [said | asked for said, asked in spoken]
        _file(language).write_text(written(vectors(language, rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
