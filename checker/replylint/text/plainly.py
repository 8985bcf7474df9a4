"""Disguised characters spelt plainly: what can be mended without changing what a reader sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from replylint.text.characters import is_invisible
from replylint.text.edits import Edit
from replylint.text.lookalikes import latin
from replylint.text.model import Disguise, Suspicion, Text

_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def plain_edits(text: Text) -> tuple[Edit, ...]:
    """The edits of the original that take out invisible characters and write Latin letters for what looks like them.

    Words pulled apart, phonetic letters and codes stay: what they are to say only their writer knows.
    """
    return tuple(edit for suspicion in text.suspicions for edit in _edits(text.original, suspicion))


def _edits(original: str, suspicion: Suspicion) -> Iterator[Edit]:
    for at in range(suspicion.span.start, suspicion.span.end):
        plain = _plain(original[at], suspicion.kind)
        if plain != original[at]:
            yield Edit(at, at + 1, plain)


def _plain(character: str, kind: Disguise) -> str:
    if kind == "invisible":
        return "" if is_invisible(character) or character in _DIRECTIONS else character
    if kind in ("look-alike", "mixed-script"):
        compatible = unicodedata.normalize("NFKC", character)
        return compatible if compatible.isascii() and compatible.isalpha() else latin(character)
    return character
