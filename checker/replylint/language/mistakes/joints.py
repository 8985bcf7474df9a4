"""Between the parts of a condition: other words for comparisons and joints, misspelt ones, ranges, negations."""

from __future__ import annotations

import re
from itertools import pairwise

from replylint.language.mistakes import slips
from replylint.language.mistakes.lines import spellings
from replylint.language.mistakes.stop import BLANK, TAIL, Mistake, Stop
from replylint.language.mistakes.wanted import COMPARISONS
from replylint.language.near import nearest
from replylint.source.spans import Span

_NUMBER = re.compile(r"\s*[0-9０-９][0-9０-９.,]*\s*[%％]?\s*")


def other_word(stop: Stop) -> Mistake | None:
    """`is under 3`, `A and/or B`, 「A 與 B」: another word for a comparison or a joint, at the place or beside it."""
    if found := _beside(stop, "inside"):
        written = stop.text[found.start : found.end]
        meant = slips.meant("inside")[re.sub(r"\s+", " ", written).casefold()]
        if stop.clause and stop.clause[0] == "forbid" and meant.upper() in COMPARISONS:
            whole = Span(stop.clause[1].end, stop.line.end)
            start = whole.end - len(stop.text[whole.start : whole.end].lstrip(f"{BLANK}:："))
            return Mistake("language.forbid-needs-fact", Span(start, whole.end), found.start)
        # A sign belongs to no language; the words around it do.
        around = written if any(c.isalpha() for c in written) else stop.text[stop.line.start : stop.line.end]
        near = slips.spelt("keywords", meant, around)
        return Mistake("language.unexpected-near", found, found.start, {"words": written, "near": near})
    if found := _between_numbers(stop) or _between_digits(stop):
        return Mistake("language.range", found, found.start, {"words": stop.text[found.start : found.end]})
    for part, key in (("negated", "negation"), ("ranges", "range")):
        if found := _beside(stop, part):
            return Mistake(f"language.{key}", found, found.start, {"words": stop.text[found.start : found.end]})
    if "AND" in stop.expected and (found := _beside(stop, "between")):
        words = stop.text[found.start : found.end]
        return Mistake("language.no-joint", found, found.start, {"words": words})
    return None


def _between_numbers(stop: Stop) -> Span | None:
    """The sign or word of a range, where the place is its first number: `10% ~ 20%`."""
    first = _NUMBER.match(stop.text, stop.word.start, stop.line.end)
    found = slips.pattern("ranges").match(stop.text, first.end(), stop.line.end) if first else None
    return Span(*found.span()) if found and _NUMBER.match(stop.text, found.end(), stop.line.end) else None


def _between_digits(stop: Stop) -> Span | None:
    """The word of a range that touches its numbers: 「1到3」."""
    joined = re.compile(rf"(?<=[0-9０-９])({slips.alternatives(slips.listed('ranges'))})(?=[0-9０-９])", re.IGNORECASE)
    found = joined.match(stop.text, stop.word.start, stop.line.end)
    return Span(*found.span()) if found else None


def negation(stop: Stop) -> Mistake | None:
    """「承諾 不 退款 是」: a word that turns something around, where none can stand."""
    if found := _beside(stop, "negations"):
        return Mistake("language.negation", found, found.start, {"words": stop.text[found.start : found.end]})
    return None


def _beside(stop: Stop, part: str) -> Span | None:
    """Words of a part of the table at the place, or beside it."""
    start = min((w.start for w in stop.before(3)), default=stop.word.start)
    found = (Span(*m.span()) for m in slips.pattern(part).finditer(stop.text, start, stop.around.end))
    return next((span for span in found if _touches(stop, span)), None)


def _touches(stop: Stop, span: Span) -> bool:
    """Whether words are at the place, or have only space between it and them."""
    if span.start <= stop.word.start:
        return span.end > stop.word.start or not stop.text[span.end : stop.word.start].strip()
    return not stop.text[stop.word.end : span.start].strip()


def near_joint(stop: Stop) -> Mistake | None:
    """A misspelt comparison: `is less then`, `at most` without `is`."""
    known = [s for name in COMPARISONS | {"APPROVED_BY", "WITHIN"} for s in spellings(name.lower()) if len(s) > 2]
    before, after = stop.before(3), stop.after(2)
    windows = [(a, b) for a in (*reversed(before), stop.word) for b in (stop.word, *after)]
    windows += [(w, w) for w in before[-1:]]
    for first, last in (*pairwise(before), *windows):
        span = first.cover(last)
        written = stop.text[span.start : span.end]
        if re.search(r"[0-9０-９]|[^\w\s.\-]", written) or _begins_condition(stop, span):
            continue
        joined = bool(re.search(r"\bis\s+\Z", stop.text[: span.start][-TAIL:], re.IGNORECASE))
        if joined and f"is {written}".lower() in known:
            continue
        near = f"is {written}" if f"is {written}" in known and not joined else nearest(written, known)
        between = span.end < stop.word.start and first is not last
        if near and written.lower() not in known and not (between and near != f"is {written}"):
            return Mistake("language.unexpected-near", span, span.start, {"words": written, "near": near})
    return None


def _begins_condition(stop: Stop, span: Span) -> bool:
    """Whether the keyword of the clause stands just before, so that there is nothing to compare."""
    return stop.clause is not None and not stop.text[stop.clause[1].end : span.start].strip(f"{BLANK}:：")
