"""Folding: one spelling for texts that read the same, and the traces of disguise met on the way.

Evened out, in this order: single characters (width, case, script, marks, invisible ones; see `characters`), HTML
entities and URL encoding, whitespace, phonetic letters, words split by separators, letters of other scripts that look
Latin.
Folding a folded text changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.source.spans import Span
from replylint.text import characters
from replylint.text.edits import Edit, Traced, apply
from replylint.text.encoded import base64_words, even_encoded
from replylint.text.lookalikes import even_digits, even_scripts
from replylint.text.model import Disguise, Suspicion
from replylint.text.phonetic import read_phonetic
from replylint.text.splits import join_split_words

_RARE = re.compile("[&%\u0370-\u052f\u02c7-\u02d9\u3105-\u312f\u31a0-\u31bf]")
# Mathematical letters, letters in filled circles, small capitals: no keyboard writes them.
_STYLED = re.compile(
    "[\U0001d400-\U0001d7ff\U0001f150-\U0001f169\U0001f172-\U0001f17d\U0001f180-\U0001f189ᴀ-ᴢʀʙɢʜɪʟɴʏꜰꜱ]{2,}"
)
_LONG = re.compile(r"[a-z0-9+/]{24}")
_BLANKS = re.compile(r"[ \n]{2,}")
# Neither a letter nor a separator that disguises words, so that nothing is evened out across it.
_BETWEEN = "\n;\n"


def fold(original: str) -> tuple[str, Sequence[int], tuple[Suspicion, ...]]:
    """Even out a text.

    Returns the folded text, for each folded character (and for the end) the offset of the original character that it
    came from, never falling, and the suspicions, in the order of their places. Linear in the text.
    """
    table = characters.folding()
    suspicions: list[Suspicion] = []
    traced = Traced(original.translate(table), range(len(original) + 1))
    if characters.IRREGULAR in traced.text:
        traced = _even_irregular(original, traced, suspicions)
    rare = _RARE.search(traced.text) is not None
    if rare:
        traced = even_encoded(traced, suspicions)
    traced = _even_blanks(traced)
    if rare:
        traced = read_phonetic(traced, suspicions)
    traced = join_split_words(traced, suspicions)
    if rare:
        traced = even_scripts(traced, suspicions)
    traced = even_digits(traced, suspicions)
    if _LONG.search(traced.text):
        suspicions += base64_words(original)
    if not original.isascii():
        suspicions += (Suspicion("look-alike", Span(*m.span())) for m in _STYLED.finditer(original))
    if suspicions:
        suspicions.sort(key=lambda s: s.span)
    return traced.text, traced.origin, tuple(suspicions)


def fold_words(words: str) -> str:
    """The folded form of a wording, for comparison with folded texts."""
    return fold(words)[0]


def fold_all(wordings: Sequence[str]) -> list[str]:
    """The folded form of each wording; folding all at once is many times as quick as one by one."""
    folded = fold(_BETWEEN.join(wordings))[0].split(_BETWEEN)
    return folded if len(folded) == len(wordings) else list(map(fold_words, wordings))


def _even_irregular(original: str, traced: Traced, suspicions: list[Suspicion]) -> Traced:
    edits = []
    text = traced.text
    for match in re.finditer(characters.IRREGULAR + "+", text):
        start, end = match.span()
        kind = _hidden(original, start, end)
        if kind:
            suspicions.append(Suspicion(kind, Span(start, end)))
        edits += [Edit(i, i + 1, characters.fold_character(original[i])) for i in range(start, end)]
    return apply(traced, edits)


def _hidden(original: str, start: int, end: int) -> Disguise | None:
    """The kind of disguise in a run of characters that do not fold one to one, if it is one.

    A selector after an emoji, a joiner inside one, a mark that makes an accent are ordinary; something that cannot be
    seen between two letters, or letters struck through, is not.
    """
    run = original[start:end]
    inside = start > 0 and end < len(original) and original[start - 1].isalnum() and original[end].isalnum()
    if inside and any(map(characters.is_invisible, run)) and not _is_keycap(run):
        return "invisible"
    if any(c in "\u202d\u202e" for c in run):
        return "invisible"
    if any(0x334 <= ord(c) <= 0x338 or 0x20D0 <= ord(c) <= 0x20DF for c in run):
        return "mark"
    return None


def _is_keycap(run: str) -> bool:
    return "\u20e3" in run or run.strip("\ufe0e\ufe0f") == ""


def _even_blanks(traced: Traced) -> Traced:
    text = traced.text
    if "  " not in text and "\n\n" not in text and " \n" not in text and "\n " not in text:
        return traced
    runs = _BLANKS.finditer(text)
    return apply(traced, [Edit(*m.span(), "\n" if "\n" in m[0] else " ") for m in runs])

