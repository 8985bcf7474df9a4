"""Where a condition ends: too early, or with parentheses that do not match."""

from __future__ import annotations

import re

from replylint.language.lexemes import COMMENT, LEXEME
from replylint.language.mistakes.stop import TAIL, Mistake, Stop
from replylint.language.mistakes.wanted import wanted
from replylint.source.names import section
from replylint.source.problems import Saying
from replylint.source.spans import Span


def ended(stop: Stop) -> Mistake | None:
    """The words before the place end too early."""
    if not stop.at_end:
        return None
    if (opened := _unclosed(stop)) is not None:
        return Mistake("language.open-parenthesis", opened, opened.start)
    before = re.sub(COMMENT, lambda m: " " * len(m[0]), stop.text[stop.chunk.start : stop.word.start]).rstrip()
    if not before.strip():
        return None
    end = stop.chunk.start + len(before)
    start, after = _last(before[-TAIL:], end)
    values: dict[str, Saying] = {"words": stop.text[start:end], "expected": wanted(stop.expected, after)}
    return Mistake("language.incomplete", Span(start, end), max(end - 1, stop.chunk.start), values)


def _last(before: str, end: int) -> tuple[int, str | None]:
    """Where the last keyword of a text begins, or else its last word, and the keyword."""
    for count in (3, 2, 1):
        words = re.search(rf"(?:\S+[ \t\u3000]+){{{count - 1}}}\S+\Z", before)
        found = section("keywords").find(words[0].rstrip(":：")) if words else None
        if words and (found or count == 1):
            return end - len(words[0]), found
    return end, None


def summed(stop: Stop) -> Mistake | None:
    """`with amount is more than sum of …`: a sum has a `with` of its own, so parentheses say where it ends."""
    spans = (stop.word, *stop.after(1))
    for last in reversed(spans):
        words = stop.text[stop.word.start : last.end]
        if section("keywords").find(" ".join(words.split())) in ("sum_of", "count_of") and "NUMBER" in stop.expected:
            return Mistake("language.sum-without-parentheses", stop.word.cover(last), stop.word.start, {"words": words})
    return None


def parenthesis(stop: Stop) -> Mistake | None:
    """A parenthesis that closes nothing."""
    if stop.rest[:1] in tuple(")）") and _unclosed(stop) is None:
        return Mistake("language.stray-parenthesis", Span(stop.word.start, stop.word.start + 1), stop.word.start)
    return None


def _unclosed(stop: Stop) -> Span | None:
    """The last parenthesis opened before the place and not closed."""
    opened: list[Span] = []
    for match in LEXEME.finditer(stop.text, stop.chunk.start, stop.word.start):
        if match["sign"] in ("(", "（"):
            opened.append(Span(*match.span()))
        elif match["sign"] and opened:
            opened.pop()
    return opened[-1] if opened else None
