"""Signs of another notation, and letters and signs in full width where only half width counts."""

from __future__ import annotations

import re
import unicodedata

from replylint.language.mistakes import slips
from replylint.language.mistakes.stop import Mistake, Stop
from replylint.source.problems import Saying
from replylint.source.spans import Span

_WIDE = re.compile("[\uff01-\uff5e]+")
# What is read in half width only: letters, and signs that a name, a number or a currency has.
_COUNTS_NARROW = re.compile(r"[A-Za-z_$\-]|[0-9],[0-9]")
_FORMULA = re.compile(r"=[A-Za-z]+[(（][^\n]*")
_NUMBERED = re.compile(r"[0-9０-９]+[.)、．）]")


def full_width(stop: Stop) -> Mistake | None:
    """「ｆｏｒｂｉｄ」, 「１，０００」: letters and signs that count only in half width."""
    for found in _WIDE.finditer(stop.text, *stop.around):
        folded = unicodedata.normalize("NFKC", found[0])
        touches = found.start() <= stop.word.start <= found.end()
        if touches and _COUNTS_NARROW.search(folded):
            values: dict[str, Saying] = {"words": found[0], "near": folded}
            return Mistake("language.full-width", Span(*found.span()), found.start(), values, stop.first)
    return None


def sign(stop: Stop) -> Mistake | None:
    """A sign of another notation: `;`, `{`, `//`, a dash before a clause, `=IF(…)`."""
    if formula := _FORMULA.match(stop.text, stop.word.start, stop.line.end):
        return Mistake("language.formula", Span(*formula.span()), formula.start(), {"words": formula[0]}, stop.first)
    for sort in ("emphasis", "comment", "bullet", "end", "other"):
        if sort == "bullet" and not stop.first:
            continue
        # The first dash of two was read as a minus.
        at = stop.word.start - (sort == "comment" and stop.text[stop.word.start - 1 : stop.word.start] == "-")
        found = next((s for s in slips.signs(sort) if stop.text.startswith(s, at)), None)
        if found and not (sort == "end" and len(stop.rest) > len(found) and stop.rest[len(found)].isalnum()):
            key = "comment-sign" if sort == "comment" else "stray-sign"
            return Mistake(f"language.{key}", Span(at, at + len(found)), at, {"words": found})
    if stop.first and (number := _NUMBERED.match(stop.text, stop.word.start)):
        return Mistake("language.stray-sign", Span(*number.span()), stop.word.start, {"words": number[0]})
    return None
