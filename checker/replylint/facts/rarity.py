"""How much a word says, by how few texts have it.

Counted once and for all in our own texts (`corpora/count.py` writes `policy/lexicon/*.counts`), and weighed as search
engines weigh it: the logarithm of how many texts there are for each that has the word (Spärck Jones 1972).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

from replylint.facts.stems import is_chinese, stem

_SCALE = 0.5
"""Keeps the weight of the rarest words near 4, on the scale of the thresholds in `acknowledge`."""
_UNCOUNTED = 0.5
_FEWEST = 1000
_SYLLABLES = 2
_LONGEST_JOINED = 16
"""Characters; what is longer is no word, and trying each of its places would take time by its square."""
_TOLD_AGAIN = 2
"""What only one review says, flowery replies may say, too."""
_SOME = 5
"""Fewer texts have names and borrowed words, too."""


@dataclass(frozen=True)
class Counts:
    """How many of our own texts in a language have a word, by its stem; words that few have are left out.

    language: `en` or `zh`. texts: how many there are. canned: the stems of all words in replies that fit any review.
    told: of those that reviews have at least as often.
    """

    language: str
    texts: int
    words: Mapping[str, int]
    canned: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rarity:
    """What words weigh in texts of every language that was counted; where none was, all weigh the same."""

    counted: tuple[Counts, ...] = ()

    def weight(self, word: str) -> float:
        """What it says that two texts share this folded word; from 0 to about 4."""
        counts = self._languages.get("zh" if is_chinese(word) else "en")
        if counts is None:
            return _SCALE * log(_FEWEST / _UNCOUNTED)
        return _SCALE * log((counts.texts + 1) / (counts.words.get(stem(word), 0) + _UNCOUNTED))

    def particular(self, word: str) -> bool:
        """Whether this folded word stands in none of our replies that fit any review; False where none was counted."""
        counts = self._languages.get("zh" if is_chinese(word) else "en")
        if counts is None or not counts.canned or stem(word) in counts.canned:
            return False
        return not is_chinese(word) or not _joined(word, counts.canned)

    def fits_any(self, word: str) -> bool:
        """Whether this folded word stands in our replies that fit any review; False where none was counted."""
        counts = self._languages.get("zh" if is_chinese(word) else "en")
        return counts is not None and bool(counts.canned) and not self.particular(word)

    def ordinary(self, word: str) -> bool:
        """Whether enough of our own texts have this folded word to have been kept; False where none was counted."""
        counts = self._languages.get("zh" if is_chinese(word) else "en")
        return counts is not None and stem(word) in counts.words

    def english(self, word: str) -> bool:
        """Whether some of our own English texts have this folded word; True where none was counted."""
        counts = self._languages.get("en")
        return counts is None or counts.words.get(known := stem(word), 0) >= _SOME or known in counts.canned

    def told(self, word: str) -> bool:
        """Whether reviews have this folded word at least as often as replies that fit any review."""
        counts = self._languages.get("zh" if is_chinese(word) else "en")
        return counts is not None and stem(word) in counts.told

    @cached_property
    def _languages(self) -> Mapping[str, Counts]:
        return {counts.language: counts for counts in self.counted}


def _words(plain: Any, part: str) -> frozenset[str]:
    return frozenset(plain.get(part, "").split())


def _joined(word: str, known: frozenset[str]) -> bool:
    """Whether a Chinese word is two known ones that were not cut apart; two characters are not."""
    if not _SYLLABLES < len(word) <= _LONGEST_JOINED:
        return False
    return any(word[:at] in known and word[at:] in known for at in range(1, len(word)))


def counts_of(text: str) -> Counts:
    """The counts that a file holds. Raises ValueError, KeyError or TypeError for any other text."""
    plain: Any = json.loads(text)
    words: dict[str, int] = {}
    for times, stems in plain["words"].items():
        words.update(dict.fromkeys(stems.split(" "), int(times)))
    return Counts(plain["language"], int(plain["texts"]), words, *(_words(plain, part) for part in ("canned", "told")))


def written(counts: Counts) -> str:
    """The text of a file of counts: a line for each number of texts, with the words that so many have."""
    by_times: dict[int, list[str]] = {}
    for word, times in sorted(counts.words.items()):
        by_times.setdefault(times, []).append(word)
    head = {
        "made_by": "corpora/count.py, from the texts in corpora/; not to be changed by hand",
        "language": counts.language,
        "texts": counts.texts,
    }
    lines = [f"{_plain(name)}: {_plain(value)}," for name, value in head.items()]
    rows = [f"{_plain(str(times))}: {_plain(' '.join(words))}" for times, words in sorted(by_times.items())]
    lines += [f'"{n}": {_plain(" ".join(sorted(ws)))},' for n, ws in (("canned", counts.canned), ("told", counts.told))]
    return "{\n" + "\n".join(lines) + '\n"words": {\n' + ",\n".join(rows) + "\n}}\n"


def counted_in(
    language: str,
    texts: Iterable[frozenset[str]],
    least: int,
    canned: Iterable[frozenset[str]] = (),
    reviews: Iterable[frozenset[str]] = (),
) -> Counts:
    """The counts of texts, each given by its stems. least: what fewer texts have is left out.

    canned, reviews: likewise the sentences of replies that fit any review, and reviews.
    """
    stems, fitting, asked = list(texts), list(canned), list(reviews)
    words, formulas, told = (Counter(word for text in part for word in text) for part in (stems, fitting, asked))
    often = {word: times for word, times in words.items() if times >= least}
    oftener = frozenset(
        word
        for word, times in told.items()
        if times >= _TOLD_AGAIN and times * len(fitting) >= formulas[word] * len(asked)
    )
    return Counts(language, len(stems), often, frozenset(formulas), oftener)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
