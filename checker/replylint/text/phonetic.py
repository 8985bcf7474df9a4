"""Words spelt in phonetic letters: ㄊㄨㄟ款, 刪ㄆㄧㄥˊ論.

A syllable is read as the character that makes a common pair with what stands beside it; `corpora/spell.py` lists the
pairs. Tones do not count. What is not wholly read stays as it is, so that reading a second time changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from replylint.source.resources import grammar_text
from replylint.text.edits import Edit, Traced, apply
from replylint.text.model import Suspicion

_TONE = "\u02c7\u02c9-\u02cb\u02d9"
_RUN = re.compile(f"[\u3105-\u312f\u31a0-\u31bf{_TONE}]{{2,}}")
_SYLLABLE = re.compile(f"[{_TONE}]?([ㄅ-ㄙ]?[ㄧㄨㄩ]?[ㄚ-ㄦ]?)[{_TONE}]?")
TONES = dict.fromkeys(map(ord, "ˇˉˊˋ˙"))
_LONGEST = 8
"""Syllables in a row; sentences of phonetic letters are not read."""


def read_phonetic(traced: Traced, suspicions: list[Suspicion]) -> Traced:
    """Replace phonetic letters by the characters they stand for, and tell of them.

    One letter, or one repeated (ㄏㄏ), is ordinary chat.
    """
    edits: list[Edit] = []
    for run in _RUN.finditer(traced.text):
        if len(set(run[0])) > 1:
            suspicions.append(Suspicion("bopomofo", traced.original(*run.span())))
            edits += _edits(traced.text, run.start(), run.end())
    return apply(traced, edits)


def _edits(text: str, start: int, end: int) -> Iterator[Edit]:
    syllables = [m for m in _SYLLABLE.finditer(text, start, end) if m[1]]
    if len(syllables) > _LONGEST or sum(len(m[0]) for m in syllables) < end - start:
        return
    before, after = text[start - 1 : start], text[end : end + 1]
    meant = _meant(before, [m[1] for m in syllables], after)
    if meant:
        yield from (Edit(*m.span(), char) for m, char in zip(syllables, meant, strict=True))


def _meant(before: str, spelt: Sequence[str], after: str) -> str:
    """The characters that a row of syllables stands for between two others; empty where one is not known."""
    table, last, meant = _pairs(), before, ""
    for i, syllable in enumerate(spelt):
        follows = spelt[i + 1] if i + 1 < len(spelt) else after
        ways = [(*table[key], at) for at, key in enumerate(((syllable, follows), (last, syllable))) if key in table]
        if not ways:
            return ""
        _, pair, at = min(ways)
        last = pair[at]
        meant += last
    return meant


@cache
def _pairs() -> Mapping[tuple[str, str], tuple[int, str]]:
    """Pairs of characters and how common they are, by each way in which one of both, or both, may be spelt."""
    table: dict[tuple[str, str], tuple[int, str]] = {}
    for rank, line in enumerate(grammar_text("phonetic.txt").splitlines()):
        pair, first, second = line.split(" ")
        for key in ((first, pair[1]), (pair[0], second), (first, second)):
            table.setdefault(key, (rank, pair))
    return table
