"""Sentences, clauses, tokens, units and languages of a folded text.

`marks` is the folded text with each character replaced by its class, see `characters.Classes`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise

from replylint.source.spans import Span
from replylint.text.characters import CJK
from replylint.text.chinese import cut
from replylint.text.model import Language

# An address is skipped whole: its dots, colons and question marks bound nothing.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]*[a-z0-9/=_-]"
    r"|(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+"
)
# A full stop ends a sentence before a blank or a Chinese character, but not after an initial, nor in titles and
# abbreviations that are written with it.
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in ("mr", "ms", "mrs", "dr", "st", "vs", "no", "[a-z]"))
_FULL_STOP = rf"(?<=\.)(?:\.+|{_ABBREVIATED}(?=[\"')\]]*(?:\s|$)|[{CJK}]))"
# One character first, so that the scan skips quickly to the next candidate; what stands around it decides. Blanks are
# by far the most of them, and soon told.
_BREAK = re.compile(
    r" (?:-+ |(?=(?:but|however)\b))"
    r"|[。!?…\n.,:;()\[\]{}<>《》【】〔〕|—~\-](?:"
    rf"(?:(?<=[。!?…])|{_FULL_STOP})(?P<sentence>[。!?….」』)\]\"']*\n?)"
    r"|(?<=\n)(?P<line>)"
    r"|(?<=[;()\[\]{}<>《》【】〔〕|])|(?<=[,:])(?:(?<![0-9].)|(?![0-9]))|(?<=—)—*|(?<=-)-+"
    r"|(?<=~)~*(?<![0-9 ]~)(?! ?[0-9])"
    r")"
)
_CLAUSE_EDGES = " \n\"'.-~*·"
_BLANKS = " \n"
# No writer's clause or sentence is longer; what is gets cut, so that work stays in proportion to the text.
_LONGEST_CLAUSE = 400
_LONGEST_SENTENCE = 2000

_CHINESE_OR_WORD = re.compile(
    rf"(?P<chinese>[{CJK}]+)|[0-9]+(?:[.,:][0-9]+)*(?:[^\W{CJK}]+)?|[^\W{CJK}]+(?:'[^\W{CJK}]+)?"
)
# The same, where there is no Chinese.
_WORD = re.compile(r"[0-9]+(?:[.,:][0-9]+)*\w*|\w+(?:'\w+)?", re.ASCII)
# `Span(*pair)` without a step in Python: every word of every text is one.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
_place: Callable[[re.Match[str]], tuple[int, int]] = re.Match.span
_LETTERS_PER_CHARACTER = 3  # an English word holds about as much as one and a half Chinese characters


def sentences_and_clauses(folded: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of the sentences, which keep their closing marks, and of the clauses, without marks at their ends."""
    sentences: list[Span] = []
    clauses: list[Span] = []
    sentence = clause = 0
    addresses = _addresses(folded)
    for match in _BREAK.finditer(folded):
        start = match.start()
        if addresses and _is_inside(addresses, start):
            continue
        _add(clauses, folded, clause, start, _CLAUSE_EDGES, _LONGEST_CLAUSE)
        clause = match.end()
        if match.lastgroup is not None:
            _add(sentences, folded, sentence, clause, _BLANKS, _LONGEST_SENTENCE)
            sentence = clause
    _add(clauses, folded, clause, len(folded), _CLAUSE_EDGES, _LONGEST_CLAUSE)
    _add(sentences, folded, sentence, len(folded), _BLANKS, _LONGEST_SENTENCE)
    return tuple(sentences), tuple(clauses)


def _addresses(folded: str) -> list[tuple[int, int]]:
    if "@" in folded or "://" in folded or "www." in folded:
        return [match.span() for match in _ADDRESS.finditer(folded)]
    return []


def _is_inside(ordered: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether a character lies in one of several stretches, behind its first one."""
    before = bisect_left(ordered, (offset,)) - 1
    return before >= 0 and offset < ordered[before][1]


def _add(spans: list[Span], folded: str, start: int, end: int, edges: str, longest: int) -> None:
    """Add a span without the characters of `edges` at its ends, if anything is left of it."""
    while end - start > longest:
        spans.append(Span(start, start + longest))
        start += longest
    while start < end and folded[start] in edges:
        start += 1
    while start < end and folded[end - 1] in edges:
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def words(folded: str) -> tuple[Span, ...]:
    """The spans of the words: Chinese as jieba's dictionary cuts it, others by letters and digits."""
    if folded.isascii():
        return tuple(map(_span, map(_place, _WORD.finditer(folded))))
    found: list[Span] = []
    for match in _CHINESE_OR_WORD.finditer(folded):
        place = match.span()
        if match.lastgroup is None or place[1] - place[0] == 1:
            found.append(_span(place))
        else:
            ends = list(accumulate(map(len, cut(match[0])), initial=place[0]))
            found += map(_span, pairwise(ends))
    return tuple(found)


_IS_CHINESE = bytes(c == ord("c") for c in range(256))
_IS_IN_WORD = bytes(chr(c) in "ldw" for c in range(256))


def units(marks: str) -> Sequence[int]:
    """For each character, and for the end, how many units began before it."""
    classes = marks.encode("ascii")
    chinese = int.from_bytes(classes.translate(_IS_CHINESE), "little")
    in_word = int.from_bytes(classes.translate(_IS_IN_WORD), "little")
    # One byte a character: a word begins where the character before is in no word. Whole-text arithmetic is fast.
    begins = chinese | (in_word & ~(in_word << 8))
    return list(accumulate(begins.to_bytes(len(classes), "little"), initial=0))


def language(marks: str, sentence: Span) -> Language:
    """The language of a sentence, by its script."""
    chinese, latin, other = (marks.count(mark, sentence.start, sentence.end) for mark in "clw")
    if other > chinese + latin or not chinese + latin:
        return "other"
    return "zh" if chinese * _LETTERS_PER_CHARACTER >= latin else "en"
