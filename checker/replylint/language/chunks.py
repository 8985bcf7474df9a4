"""A rule file cut into its statements, before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from replylint.language.lexemes import COMMENT, PASSED_OVER
from replylint.language.mistakes import slips
from replylint.language.terminals import statement_start
from replylint.source.names import section
from replylint.source.spans import Span

# Blanks of web pages and word processors, and characters without width, which people paste without seeing them.
_PASTED = "\u00a0\u00ad\u1680\u2000-\u200f\u2028\u2029\u202a-\u202f\u205f-\u2064\ufeff"
_ANY_PASTED = re.compile(rf"{PASSED_OVER}|(?P<pasted>[{_PASTED}])")


def without_pasted(text: str) -> str:
    """The text with a space for each blank that nobody sees, outside of quotes and expressions; offsets stay true."""
    if not re.search(f"[{_PASTED}]", text):
        return text
    return _ANY_PASTED.sub(lambda m: " " if m["pasted"] else m[0], text)


def chunks(text: str) -> Iterator[Span]:
    """The statements' extents: a line that begins one ends the one before."""
    starts = [p for p in line_starts(text) if statement_start().match(text, p) or _misread_head().match(text, p)]
    if not starts:
        if text.strip():
            yield Span(0, len(text))
        return
    if re.sub(COMMENT, "", text[: starts[0]]).strip(" \t\r\n\u3000\ufeff"):
        yield Span(0, starts[0])
    else:
        starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Span(start, end)


@cache
def _misread_head() -> re.Pattern[str]:
    """Matches a line that begins like a reading and has another word for its verb."""
    facts = "|".join(re.escape(form) for form in sorted(section("facts").all_spellings(), key=len, reverse=True))
    return re.compile(rf"(?:{facts})\b[^\n\"“「『<＜]*?(?:{slips.pattern('reads').pattern})", re.IGNORECASE)


def line_starts(text: str, span: Span | None = None) -> Iterator[int]:
    """Where the lines of a text, or of a part of it, begin."""
    start, end = (span.start, span.end) if span else (0, len(text))
    while 0 <= start < end:
        yield start
        start = text.find("\n", start) + 1 or end
