"""Words split by separators: 退 款, 刪.除.評.論, r e f u n d."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby, pairwise

from replylint.text import characters
from replylint.text.chinese import cut
from replylint.text.edits import Edit, Traced, apply
from replylint.text.model import Suspicion

# Over the classes of the characters (see `characters.Classes`), not over the characters themselves.
_CHINESE_RUN = re.compile("(?<!c)c++(?:s{1,3}c++)+")  # possessive, so that long texts stay linear
_MAY_BE_LATIN_RUN = re.compile("s[lw]s[lw]s[lw]")
_SEAM = re.compile("s+")
_LATIN_RUN = re.compile("(?<![lwd])[lw](?:s[lw]){3,}(?![lwd])")

_VOWELS = frozenset("aeiouy")
_MANY = 3  # equal separators in a row between single letters that are no accident


def join_split_words(traced: Traced, suspicions: list[Suspicion]) -> Traced:
    """Take out what stands between the letters of a word.

    Between Chinese characters a separator goes when the characters around it make one word of the dictionary where
    they stand, or when at least three equal separators stand between single characters. Between Latin letters it goes
    when at least four single letters are separated alike.
    """
    classes = traced.text.translate(characters.classes())
    edits = list(_chinese_edits(traced.text, classes)) if "c" in classes else []
    if _MAY_BE_LATIN_RUN.search(classes):
        edits += _latin_edits(traced, classes)
        edits.sort()
    if not edits:
        return traced
    for first, last in _neighbours(edits):
        suspicions.append(Suspicion("split-word", traced.original(first.start - 1, last.end + 1)))
    return apply(traced, edits)


def _neighbours(edits: list[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """The first and the last edit of each word: edits one letter apart belong together."""
    breaks = accumulate([0, *(b.start - a.end > 1 for a, b in pairwise(edits))])
    for _, group in groupby(zip(breaks, edits, strict=True), key=lambda pair: pair[0]):
        members = [edit for _, edit in group]
        yield members[0], members[-1]


def _chinese_edits(text: str, classes: str) -> Iterator[Edit]:
    for run in _CHINESE_RUN.finditer(classes):
        start, end = run.span()
        seams = [(start + m.start(), start + m.end()) for m in _SEAM.finditer(run[0])]
        wanted = _within_words(text, start, end, seams) | _between_singles(text, seams)
        yield from (Edit(*seam, "") for seam in seams if seam in wanted)


def _within_words(text: str, start: int, end: int, seams: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The seams that fall inside a word once all separators of the run are gone."""
    places, gone, parts, done = [], 0, [], start
    for a, b in seams:
        places.append(a - start - gone)
        gone += b - a
        parts.append(text[done:a])
        done = b
    words = cut("".join([*parts, text[done:end]]), unknown_words=False)
    cuts = set(accumulate(map(len, words)))
    return {seam for seam, place in zip(seams, places, strict=True) if place not in cuts}


def _between_singles(text: str, seams: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The seams in rows of equal separators with one character between each two."""
    found: set[tuple[int, int]] = set()
    row: list[tuple[int, int]] = []
    for seam in seams:
        if row and (seam[0] - row[-1][1] != 1 or text[slice(*seam)] != text[slice(*row[-1])]):
            row = []
        row.append(seam)
        if len(row) >= _MANY:
            found.update(row[-_MANY:])
    return found


def _latin_edits(traced: Traced, classes: str) -> Iterator[Edit]:
    for run in _LATIN_RUN.finditer(classes):
        seams = range(run.start() + 1, run.end(), 2)
        for _, group in groupby(seams, key=lambda i: traced.text[i]):
            row = list(group)
            if len(row) >= _MANY and _may_be_words(traced.text[row[0] - 1 : row[-1] + 2]):
                yield from (Edit(i, i + 1, "") for i in _inside_words(traced, row))


def _may_be_words(spaced: str) -> bool:
    """Words have vowels; M.V.S.S.D. are somebody's initials."""
    return not _VOWELS.isdisjoint(spaced) or not spaced.isascii()


def _inside_words(traced: Traced, row: list[int]) -> list[int]:
    """The separators of a spaced-out row without the wider ones, which stand between its words."""
    widths = [traced.origin[i + 1] - traced.origin[i] for i in row]
    narrowest = min(widths)
    wide = [width > narrowest for width in widths]
    if wide[0] or wide[-1] or any(a and b for a, b in pairwise(wide)):
        return row  # no word has only one letter, so the widths mean nothing
    return [i for i, is_wide in zip(row, wide, strict=True) if not is_wide]
