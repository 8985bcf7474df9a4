"""How near two texts are in what they speak of, even where they have no word in common.

Words that stand in the same reviews and replies point the same way: latent semantic analysis (Deerwester and others
1990) of positive pointwise mutual information (Levy, Goldberg and Dagan 2015). `corpora/relate.py` learns it from our
own texts and writes `policy/lexicon/*.vectors`.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from operator import mul
from typing import Any

from replylint.facts.spoken import TOPIC
from replylint.facts.stems import is_chinese

ENOUGH = 2
"""Of how much that a text speaks of a vector must be known."""
_BYTE = 256


@dataclass(frozen=True)
class Vectors:
    """Which way words, issues and things point, in texts of a language; those that few texts have are left out.

    language: `en` or `zh`. texts: of how many it was learnt. rows: by what a text speaks of, one byte with a sign a
    dimension, in base 64; the rarer, the longer.
    """

    language: str
    texts: int
    rows: Mapping[str, str]

    def nearness(self, some: Iterable[str], others: Iterable[str]) -> float | None:
        """The cosine between two texts, by what they speak of: 1 for the same, about 0 for different matters.

        None when too little is known of what one of them speaks of.
        """
        one, other = self._known(some), self._known(others)
        if min(len(one), len(other)) < ENOUGH:
            return None
        here, there = _sum(one), _sum(other)
        lengths = sqrt(_product(here, here) * _product(there, there))
        return _product(here, there) / lengths if lengths else None

    def _known(self, spoken_of: Iterable[str]) -> list[str]:
        return [self.rows[each] for each in spoken_of if each in self.rows]


def nearness(vectors: Iterable[Vectors], some: Iterable[str], others: Iterable[str]) -> float | None:
    """How near two texts are in the language that the first is in; None where that cannot be told."""
    spoken_of = frozenset(some)
    words = [each for each in spoken_of if not each.startswith(TOPIC)]
    language = "zh" if 2 * sum(map(is_chinese, words)) > len(words) else "en"
    of_language = (each for each in vectors if each.language == language)
    return next((each.nearness(spoken_of, others) for each in of_language), None)


def vectors_of(text: str) -> Vectors:
    """The vectors that a file holds. Raises ValueError, KeyError or TypeError for any other text."""
    plain: Any = json.loads(text)
    rows = dict(plain["rows"])
    if len({len(b64decode(row, validate=True)) for row in rows.values()}) > 1:
        raise ValueError("rows of different lengths")
    return Vectors(str(plain["language"]), int(plain["texts"]), rows)


def written(vectors: Vectors) -> str:
    """The text of a file of vectors, a row a line."""
    head = {
        "made_by": "corpora/relate.py, from the texts in corpora/; not to be changed by hand",
        "language": vectors.language,
        "texts": vectors.texts,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    rows = [f"{json.dumps(of, ensure_ascii=False)}: {json.dumps(row)}" for of, row in sorted(vectors.rows.items())]
    return "{\n" + "\n".join(lines) + '\n"rows": {\n' + ",\n".join(rows) + "\n}}\n"


def row_of(numbers: Iterable[int]) -> str:
    """Whole numbers from -127 to 127 as a row of `Vectors`."""
    return b64encode(bytes(number % _BYTE for number in numbers)).decode("ascii")


def _sum(rows: Iterable[str]) -> list[int]:
    return list(map(sum, zip(*map(_numbers, rows), strict=True)))


@lru_cache(maxsize=4096)
def _numbers(row: str) -> array[int]:
    return array("b", b64decode(row))


def _product(one: Iterable[int], other: Iterable[int]) -> int:
    return sum(map(mul, one, other))
