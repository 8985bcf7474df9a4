"""Quotes: not closed, of another sort, inside each other, missing, or around words where a fact belongs."""

from __future__ import annotations

import re

from replylint.language.lexemes import LEXEME
from replylint.language.mistakes.lines import misbegun
from replylint.language.mistakes.stop import Mistake, Stop
from replylint.language.mistakes.wanted import COMPARISONS
from replylint.source.names import section
from replylint.source.spans import Span

CLOSING = {'"': '"', "“": "”", "「": "」", "『": "』"}
_OTHER = "'‘’”」』＂＇„«»‹›《》〈〉`´"
_ENDS = "\"'’＂»"
_TEXTS = ("because", "instead", "to_do", "breaks", "keeps")
_CONDITIONS = ("forbid", "require", "when", "where", "unless")


def quote(stop: Stop) -> Mistake | None:
    """A quote that is not closed, is closed too early, or is of a sort that does not count."""
    sign = stop.rest[:1]
    if sign in CLOSING and CLOSING[sign] not in stop.rest[1:]:
        if other := _other_end(stop.rest[1:]):
            return Mistake("language.mixed-quotes", _rest(stop), stop.word.start,
                           {"open": sign, "close": other, "wanted": CLOSING[sign]})  # fmt: skip
        return Mistake("language.open-quote", _rest(stop), stop.word.start, {"quote": CLOSING[sign]})
    if sign in CLOSING and sign != CLOSING[sign] and sign in stop.rest[1 : stop.rest.index(CLOSING[sign], 1)]:
        return Mistake("language.quote-in-quote", _rest(stop), stop.word.start)
    if (inner := _closed_early(stop)) is not None:
        return inner
    if sign and sign in _OTHER and "STRING" in stop.expected:
        return Mistake("language.other-quotes", Span(stop.word.start, stop.word.start + 1), stop.word.start,
                       {"quote": sign})  # fmt: skip
    return None


def _other_end(rest: str) -> str:
    """The quote of another sort that a text ends with, if it closes nothing inside the text."""
    opening = next((sign for sign, closing in CLOSING.items() if sign != closing and rest.endswith(closing)), None)
    if opening is not None:
        return "" if opening in rest else rest[-1]
    return rest[-1:] if rest[-1:] in tuple(_ENDS) else ""


def _closed_early(stop: Stop) -> Mistake | None:
    """`"do not say "free" here"`: words touch the end of a text, and another quote follows on the line."""
    before = stop.text[stop.word.start - 1 : stop.word.start]
    signs = (*CLOSING, *CLOSING.values())
    if not re.match(r"\w", stop.rest) or before not in signs or not any(sign in stop.rest for sign in signs):
        return None
    ended = [m for m in LEXEME.finditer(stop.text, stop.line.start, stop.word.start) if m["text"]]
    if not ended or ended[-1].end() != stop.word.start:
        return None
    start = ended[-1].start()
    return Mistake("language.quote-in-quote", Span(start, stop.word.start + len(stop.rest)), start)


def no_quotes(stop: Stop) -> Mistake | None:
    """`breaks We refund you`: a text without quotes."""
    clause = stop.clause
    if clause is None or clause[0] not in _TEXTS or "STRING" not in stop.expected or stop.first or stop.at_end:
        return None
    if stop.text[clause[1].end : stop.word.start].strip(" \t\u3000:："):
        return None
    values = {"words": stop.rest, "keyword": stop.text[clause[1].start : clause[1].end]}
    return Mistake("language.no-quotes", _rest(stop), stop.word.start, dict(values))


def second_text(stop: Stop) -> Mistake | None:
    """`breaks "…", "…"`, `instead "…" or "…"`: an example, or a message, is one text."""
    clause = stop.clause
    if clause is None or clause[0] not in _TEXTS:
        return None
    if stop.rest[:1] not in tuple(",，、;；") and section("keywords").find(stop.written) not in ("and", "or"):
        return None
    if clause[0] not in ("breaks", "keeps"):
        return Mistake("language.text-list", stop.word, stop.word.start, {"words": stop.written})
    keyword = stop.text[clause[1].start : clause[1].end]
    return Mistake("language.second-text", Span(stop.word.start, stop.word.start + 1), stop.word.start,
                   {"keyword": keyword})  # fmt: skip


def words_for_fact(stop: Stop) -> Mistake | None:
    """`forbid "dear"`, `when reply contains "free"`: words where only a fact, or a comparison, can stand."""
    clause = stop.clause
    if clause is None or clause[0] not in _CONDITIONS or misbegun(stop):
        return None
    words = _behind(stop) or _ahead(stop)
    if words is None or words.start < clause[1].end:
        return None
    written = stop.text[words.start + 1 : words.end - 1]
    before = stop.text[clause[1].end : words.start]
    if section("fields").find(re.split(r"[\s.．]+", before.strip(" :："))[0]) == "review":
        return Mistake("language.words-in-review", words, words.start, {"words": written})
    key = "language.words-required" if clause[0] == "require" else "language.words-forbidden"
    return Mistake(key, words, words.start, {"words": written})


def _behind(stop: Stop) -> Span | None:
    """The quoted text just before the place, when it could only have been compared with something."""
    if not stop.expected & COMPARISONS:
        return None
    end = len(stop.text[: stop.word.start].rstrip())
    ended = list(LEXEME.finditer(stop.text, stop.text.rfind("\n", 0, end) + 1, stop.word.start))
    texts = [m for m in ended if m["text"] and m.end() == end]
    return Span(*texts[-1].span()) if texts else None


def _ahead(stop: Stop) -> Span | None:
    """The quoted text at the place, where none can stand."""
    found = LEXEME.match(stop.text, stop.word.start, stop.line.end)
    return Span(*found.span()) if found and found["text"] and "STRING" not in stop.expected else None


def _rest(stop: Stop) -> Span:
    return Span(stop.word.start, stop.word.start + len(stop.rest))
