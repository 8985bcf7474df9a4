"""The one condition or wording that a mistake is in, and what is put in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from replylint.language.lexemes import LEXEME, PASSED_OVER, TEXT
from replylint.language.mistakes.stop import Mistake
from replylint.language.recovery.pieces import Piece, filled, put, spellings
from replylint.source.names import section
from replylint.source.spans import Span

_PARENTHESES = ("language.open-parenthesis", "language.stray-parenthesis")
# Words at whose place others are meant; a joint that is meant instead may change all around it.
_MEANT = ("language.unexpected-near", "language.field-in-words", "language.not-in-digits", "language.full-width",
          "language.value-of-many-words")  # fmt: skip
_JOINTS = ("and", "or")
# Mistakes that a condition makes as a whole.
_WHOLE = ("language.too-deep",)
_FIELD = re.compile(r"\s*[^\W\d][\w\-]*(?:[.．][^\W\d][\w\-]*)+(?=\s)")
_BARE_VALUE = re.compile(rf"\s*(?:[0-9０-９][\w.,，%％]*(?:\s+\w+)?|{TEXT})\s*")


def replaced(piece: Piece, mistake: Mistake, within: Span, stand_in: str, *joints: str) -> Piece | None:
    """A piece with a stand-in for the part between joints that a mistake is in; None when that has been tried."""
    if mistake.key in _PARENTHESES:
        return _without_parentheses(piece, within)
    if within.start <= mistake.span.start and joint(*joints).fullmatch(piece.text, *mistake.span):
        return put(piece, mistake.span, "")
    part = within if mistake.key in _WHOLE else _part(piece.text, within, mistake, joint(*joints))
    return _guessed(piece, mistake, part) or _left_side(piece, mistake, part) or filled(piece, part, stand_in)


def _guessed(piece: Piece, mistake: Mistake, part: Span) -> Piece | None:
    """With the words that are most likely meant, in any spelling that fits in; None where none is known or does."""
    near = mistake.values.get("near")
    sure = mistake.key in _MEANT and part.contains(mistake.span) and not piece.follows_guess(mistake)
    if not sure or not isinstance(near, str) or section("keywords").find(near) in _JOINTS:
        return None
    form = next((form for form in spellings(near) if len(form) <= mistake.span.length), None)
    if form is None:
        return None
    return replace(put(piece, mistake.span, form), guessed=(*piece.guessed, mistake.span))


def _left_side(piece: Piece, mistake: Mistake, part: Span) -> Piece | None:
    """With the field that a condition begins with, and nothing said of it but that it is there."""
    field = _FIELD.match(piece.text, *part)
    if field is None or mistake.key in _WHOLE or min(mistake.span.start, mistake.culprit) < field.end():
        return None
    rest = Span(field.end() + 1, part.end)
    # In the shortest spelling: there may be little room.
    form = min(spellings(section("keywords").spell("is_present", "zh")), key=len)
    return filled(piece, rest, form) if rest.length > len(form) else None


def _without_parentheses(piece: Piece, within: Span) -> Piece:
    """Without any parentheses: which of them was meant to open or close what, nobody can tell."""
    inside = LEXEME.sub(lambda m: " " if m["sign"] else m[0], piece.text[within.start : within.end])
    return replace(piece, text=piece.text[: within.start] + inside + piece.text[within.end :])


def _part(text: str, within: Span, mistake: Mistake, joint: re.Pattern[str]) -> Span:
    """The part between joints that a mistake is in, or within parentheses; numbers and texts behind belong to it."""
    marks = [Span(*m.span()) for m in _marks(joint).finditer(text, within.start, within.end) if not m["passed"]]
    first, last = min(mistake.span.start, mistake.culprit), max(mistake.span.end, mistake.culprit)
    start = max((m.end for m in marks if m.end <= first), default=within.start)
    ends = [*_ends(text, [m for m in marks if m.start >= start], last), within.end]
    whole = (end for end, after in pairwise([*ends, within.end]) if not _value_follows(text, Span(end, after), joint))
    return Span(start, next(whole))


def _value_follows(text: str, span: Span, joint: re.Pattern[str]) -> bool:
    """Whether a joint is followed by nothing but a value, as in `or 3`."""
    found = joint.match(text, span.start)
    return bool(found and _BARE_VALUE.fullmatch(text, found.end(), span.end))


def _ends(text: str, marks: list[Span], last: int) -> Iterator[int]:
    """Where a part can end behind some place: at a joint, or before a parenthesis that closes what is around."""
    depth = 0
    for mark in marks:
        sign = text[mark.start]
        if mark.start >= last and depth == 0:
            yield mark.start
        depth += (sign in "(（") - (sign in ")）")
        if depth < 0:
            return


@cache
def joint(*names: str) -> re.Pattern[str]:
    """Matches the keywords that join, as whole words."""
    forms = [form for name in names for some in section("keywords").spellings[name].values() for form in some]
    return re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, forms))})(?![\w\-])", re.IGNORECASE)


@cache
def _marks(joint: re.Pattern[str]) -> re.Pattern[str]:
    """Matches what parts conditions, and what is passed over while looking for it."""
    return re.compile(rf"(?P<passed>{PASSED_OVER})|{joint.pattern}|[()（）]", re.IGNORECASE)
