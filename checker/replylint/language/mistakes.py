"""What a writer most likely did wrong where the parser stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from replylint.language.names import kinds, section
from replylint.language.terminals import CLAUSES, STATEMENTS, clause_start, statement_start
from replylint.source.problems import Said, Saying
from replylint.source.spans import Span

_WORD = re.compile(r"[\w\-.]+")
_QUOTES = '"“「'
# Terminals that a message names by what they are for, not one by one.
_GROUPS = {
    "NAME": "a-name", "HEAD": "", "PATH": "a-path", "NUMBER": "a-number", "STRING": "quoted-text", "UNIT": "a-unit",
    "CURRENCY": "", "SLOT": "a-slot", "GAP": "", "EXPRESSION": "", "COMMA": "",
}  # fmt: skip
_COMPARISONS = {"IS", "IS_NOT", "AT_MOST", "AT_LEAST", "MORE_THAN", "LESS_THAN", "EQUALS", "ONE_OF", "IS_PRESENT",
                "IS_MISSING"}  # fmt: skip


@dataclass(frozen=True)
class Mistake:
    """One mistake: its sentence, the words at fault, and the offset whose clause has to be left out.

    own_line: the line itself begins what could not be read, such as a misspelt keyword.
    """

    key: str
    span: Span
    culprit: int
    values: dict[str, Saying] = field(default_factory=dict)
    own_line: bool = False


def mistake_at(text: str, chunk: Span, place: tuple[Span, frozenset[str]]) -> Mistake:
    """What to tell about the place where the parser stopped and what it could have gone on with."""
    at, expected = place
    if at.start < chunk.end and text[at.start] in _QUOTES:
        return _at_quote(text, at, expected)
    found = _WORD.match(text, at.start, chunk.end)
    word = Span(at.start, found.end()) if found else Span(at.start, max(at.end, at.start))
    written = text[word.start : word.end]
    line_start = text.rfind("\n", 0, at.start) + 1
    first = not text[line_start : at.start].strip(" \t\u3000\ufeff")
    if split := spaced(written):
        return Mistake("language.missing-spaces", word, at.start, {"words": written, "suggestion": split}, first)
    if at.start >= len(text[: chunk.end].rstrip()) or (first and _starts_something(text, line_start)):
        return _incomplete(text, chunk, at, expected)
    if first and re.match(r"[^\W\d]", written):
        return _unknown_keyword(word, written)
    return Mistake(
        "language.unexpected", word, at.start, {"words": written or text[at.start : at.end], "expected": wanted(expected)}
    )  # fmt: skip


def _at_quote(text: str, at: Span, expected: frozenset[str]) -> Mistake:
    end = text.find("\n", at.start)
    line = Span(at.start, len(text) if end < 0 else end)
    words = text[line.start : line.end].rstrip()
    closing = {'"': '"', "“": "”", "「": "」"}[words[0]]
    if closing not in words[1:]:
        span = Span(at.start, at.start + len(words))
        return Mistake("language.open-quote", span, at.start, {"quote": closing})
    return Mistake(
        "language.unexpected", Span(at.start, at.start + words.index(closing, 1) + 1), at.start,
        {"words": words[: words.index(closing, 1) + 1], "expected": wanted(expected)},
    )  # fmt: skip


def _starts_something(text: str, line_start: int) -> bool:
    return bool(clause_start().match(text, line_start) or statement_start().match(text, line_start))


def _incomplete(text: str, chunk: Span, at: Span, expected: frozenset[str]) -> Mistake:
    """The words before the place end too early."""
    before = re.sub(r"[#＃][^\n]*", lambda m: " " * len(m[0]), text[chunk.start : at.start]).rstrip()
    end = chunk.start + len(before)
    last = re.search(r"\S+\Z", before)
    start = chunk.start + last.start() if last else end
    return Mistake(
        "language.incomplete", Span(start, end), max(end - 1, chunk.start),
        {"words": text[start:end], "expected": wanted(expected)},
    )  # fmt: skip


def _unknown_keyword(word: Span, written: str) -> Mistake:
    known = [s for name in STATEMENTS + CLAUSES for s in _spellings(name)]
    near = nearest(written, known)
    if near:
        return Mistake("language.unknown-keyword-near", word, word.start, {"words": written, "near": near}, True)
    return Mistake("language.unknown-keyword", word, word.start, {"words": written}, True)


def _spellings(keyword: str) -> tuple[str, ...]:
    forms = section("keywords").spellings[keyword]
    return forms["en"] + forms["zh"]


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known word that `word` is most likely meant to be, or None when none is near."""
    limit = 1 if len(word) <= 3 else 2 if len(word) <= 7 else 3
    found = process.extractOne(
        word.lower(), known, scorer=DamerauLevenshtein.distance, processor=str.lower, score_cutoff=limit
    )
    if found is None or (len(word) <= 2 and not set(word.lower()) & set(found[0].lower())):
        return None
    return str(found[0]) if found[1] < len(word) else None


def wanted(expected: frozenset[str]) -> Saying:
    """The terminals that would have fitted, as a list a person can read."""
    names: list[Saying] = []
    if expected & _COMPARISONS:
        names.append(Said("language.a-comparison"))
    for terminal in sorted(expected - _COMPARISONS):
        if terminal in _GROUPS:
            if _GROUPS[terminal]:
                names.append(Said(f"language.{_GROUPS[terminal]}"))
        elif terminal.lower() not in STATEMENTS + CLAUSES and terminal.lower() in section("keywords").spellings:
            names.append(Said("language.keyword", {"en": section("keywords").spell(terminal.lower(), "en"),
                                                   "zh": section("keywords").spell(terminal.lower(), "zh")}))  # fmt: skip
    if expected & {c.upper() for c in CLAUSES}:
        names.append(Said("language.next-clause"))
    return tuple(names[:6]) or Said("language.next-clause")


def spaced(word: str) -> str | None:
    """A Chinese word that is several known words run together, written with spaces; None when it is not."""
    if not re.search(r"[\u4e00-\u9fff]", word):
        return None
    known = _known_chinese()
    pieces: list[str] = []
    rest = word
    while rest:
        piece = next((rest[:n] for n in range(min(len(rest), 8), 0, -1) if rest[:n].lower() in known), None)
        if piece is None:
            piece = (re.match(r"[0-9.]+|[a-z_.\-]+", rest, re.IGNORECASE) or [None])[0]
        if piece is None:
            return None
        pieces.append(piece)
        rest = rest[len(piece) :]
    return " ".join(pieces) if len(pieces) > 1 else None


def _known_chinese() -> frozenset[str]:
    sections = ["keywords", "facts", "attributes", "fields", "choices", "actions", "parameters", "units"]
    words = {s for name in sections for s in section(name).all_spellings("zh")}
    words |= {s for fact in section("facts").spellings for s in kinds(fact).all_spellings("zh")}
    return frozenset(words)
