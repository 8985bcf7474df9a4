"""Lists pairs of Chinese characters with how they are spelt in phonetic letters: `grammar/phonetic.txt`.

    python corpora/spell.py

The pairs are those of the wordings in `policy/lexicon/` and those that stand often in the texts of this folder, the
commonest first, because the first that fits is what phonetic letters are read as. Run it when wordings brought many new
words; a pair that is missing is only reported as suspicious. Readings come from pypinyin, which the program itself does
not need.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

from replylint.text.characters import is_cjk
from replylint.text.fold import fold_all
from replylint.text.phonetic import TONES
from rows import HERE, LEXICON, rows_of, text_of

OUT = HERE.parent / "grammar" / "phonetic.txt"
SOMETIMES, OFTEN = 3, 24
"""In how many places a pair stands that wordings have, and one that they have not."""
_QUOTED = re.compile('"([^"\n]*)"')


def pairs(text: str) -> Iterator[str]:
    """Every two Chinese characters that stand side by side."""
    return (a + b for a, b in pairwise(text) if is_cjk(a) and is_cjk(b))


def wordings() -> Iterator[str]:
    """The words of the wordings in the lexicon."""
    for path in sorted(LEXICON.glob("*.rules")):
        yield from _QUOTED.findall(path.read_text(encoding="utf-8"))


def texts() -> Iterator[str]:
    """The Chinese texts of this folder."""
    for _, row in rows_of("zh", "*"):
        yield from filter(None, (text_of(row.get(part)) for part in ("reply", "review")))


def spelling(pair: str) -> Sequence[str]:
    """The syllables of a pair, without tones."""
    return [syllable.translate(TONES) for syllable in lazy_pinyin(pair, style=Style.BOPOMOFO)]


def useful(given: Sequence[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, Sequence[str]]]:
    """The pairs that are the first for one of the ways in which a pair can be half, or wholly, spelt."""
    met: set[tuple[str, str]] = set()
    for pair, (first, second) in given:
        keys = {(first, pair[1]), (pair[0], second), (first, second)}
        if not keys <= met:
            met |= keys
            yield pair, (first, second)


def main() -> None:
    """Write the pairs anew."""
    said = Counter(pair for text in fold_all(list(texts())) for pair in pairs(text))
    worded = {pair for words in fold_all(list(wordings())) for pair in pairs(words)}
    known = {pair for pair, count in said.items() if count >= (SOMETIMES if pair in worded else OFTEN)}
    order = sorted(known, key=lambda pair: (-said[pair], pair not in worded, pair))
    spelt = [(pair, spelling(pair)) for pair in order]
    lines = [f"{pair} {' '.join(syllables)}\n" for pair, syllables in useful([s for s in spelt if len(s[1]) == 2])]
    OUT.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
