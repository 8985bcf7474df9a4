"""Text → syntax tree, with every mistake of the file found in one run.

The only module that imports lark. A file is parsed statement by statement; a clause that cannot be read is reported,
blanked out (so that every offset stays true) and the statement is read again without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import lark
import lark.lexer
from lark import Lark, TextSlice, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from replylint.language import syntax as s
from replylint.language.build.statements import Builder
from replylint.language.comments import attach
from replylint.language.mistakes.guess import misread, mistake_at
from replylint.language.mistakes.stop import Mistake
from replylint.language.names import section
from replylint.language.terminals import clause_start, grammar, statement_start
from replylint.language.tokens import MisreadError
from replylint.source.messages import Lang
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

# A line that can only belong to the one before.
_CONTINUES = re.compile(r"[ \t\u3000]*(?:(?:and|or|且|或)(?!\w)|[^\w\s])")
# Blanks of web pages and word processors, and characters without width, which people paste without seeing them.
_PASTED = "\u00a0\u00ad\u1680\u2000-\u200f\u2028\u2029\u202a-\u202f\u205f-\u2064\ufeff"
_QUOTED_OR_PASTED = re.compile(
    rf'"(?:[^"\\\n]|\\[^\n])*"|“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|/(?:[^/\\\n]|\\[^\n])+/|[#＃][^\n]*|[{_PASTED}]'
)
# Words of a text and what in it are no words of its writer's own.
_WORDS = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]+")
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|[#＃][^\n]*')
# After this many mistakes in one file the rest is not looked at: the first ones explain the others.
MOST_MISTAKES = 40


@dataclass(frozen=True)
class Parsed:
    """A file's tree, as far as it could be read, and what could not."""

    file: s.RuleFile
    problems: tuple[Problem, ...]


def parser(strict: bool = False) -> Lark:
    """The parser; strict raises on any ambiguity of the grammar or of its terminals, which a test asks for."""
    # lark looks for ambiguous terminals whenever interegular happens to be installed, which takes seconds.
    lark.lexer.has_interegular = strict
    return Lark(
        grammar(), parser="lalr", lexer="contextual", strict=strict, g_regex_flags=2, maybe_placeholders=False,
        transformer=Builder(),
    )  # fmt: skip


_parser = cache(parser)


def parse(source: Source) -> Parsed:
    """Reads a rule file; never raises, whatever the text: what cannot be read is in `problems`."""
    statements: list[s.Statement] = []
    problems: list[Problem] = []
    text = _without_pasted(source.text)
    for chunk in _chunks(text):
        read, found = _read_chunk(source, text, chunk)
        statements += read
        problems += found
        if len(problems) >= MOST_MISTAKES:
            problems.append(Problem("language.too-many-mistakes", Location(source, chunk)))
            break
    with_comments, rest = attach(tuple(statements), text)
    return Parsed(s.RuleFile(source, with_comments, rest, language_of(text)), tuple(problems))


def _chunks(text: str) -> Iterator[Span]:
    """The statements' extents: a line that begins one ends the one before."""
    starts = [start for start in _line_starts(text) if statement_start().match(text, start)]
    if not starts:
        if text.strip():
            yield Span(0, len(text))
        return
    if re.sub(r"[#＃][^\n]*", "", text[: starts[0]]).strip(" \t\r\n\u3000\ufeff"):
        yield Span(0, starts[0])
    else:
        starts[0] = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Span(start, end)


def _line_starts(text: str, span: Span | None = None) -> Iterator[int]:
    start, end = (span.start, span.end) if span else (0, len(text))
    while 0 <= start < end:
        yield start
        start = text.find("\n", start) + 1 or end


def _without_pasted(text: str) -> str:
    """The text with a space for each blank that nobody sees, outside of quotes and expressions; offsets stay true."""
    if not re.search(f"[{_PASTED}]", text):
        return text
    return _QUOTED_OR_PASTED.sub(lambda m: m[0] if m[0][0] in "\"“「『/#＃" else " ", text)


def _read_chunk(source: Source, text: str, chunk: Span) -> tuple[tuple[s.Statement, ...], list[Problem]]:
    problems: list[Problem] = []
    while True:
        try:
            tree = _parser().parse(TextSlice(text, chunk.start, chunk.end))
        except (UnexpectedInput, MisreadError) as error:
            mistake = _mistake(text, chunk, error)
            problems.append(Problem(mistake.key, Location(source, mistake.span), mistake.values))
            extent = _extent(text, chunk, mistake)
            if extent is None or len(problems) >= MOST_MISTAKES:
                return (), problems
            text = text[: extent.start] + _blank(text[extent.start : extent.end]) + text[extent.end :]
            continue
        read: tuple[s.Statement, ...] = tree  # type: ignore[assignment]  # the builder's `start` makes statements
        return tuple(replace(r, sound=not problems) if isinstance(r, s.Rule) else r for r in read), problems


def _mistake(text: str, chunk: Span, error: UnexpectedInput | MisreadError) -> Mistake:
    if isinstance(error, MisreadError):
        return misread(text, chunk, error)
    return mistake_at(text, chunk, _place(error, text, chunk))


def _place(error: UnexpectedInput, text: str, chunk: Span) -> tuple[Span, frozenset[str]]:
    """Where the parser stopped, and the terminals it could have gone on with."""
    if isinstance(error, UnexpectedToken):
        if error.token.type == "$END":
            end = chunk.start + len(text[chunk.start : chunk.end].rstrip())
            return Span(end, end), frozenset(error.accepts or error.expected)
        return Span(error.token.start_pos or 0, error.token.end_pos or 0), frozenset(error.accepts or error.expected)
    if isinstance(error, UnexpectedCharacters):
        at = error.pos_in_stream or 0
        return Span(at, at + 1), frozenset(error.allowed)
    raise AssertionError(error)


def _extent(text: str, chunk: Span, mistake: Mistake) -> Span | None:
    """The clause to leave out; None when the statement's own head is at fault, or it is no rule."""
    if mistake.whole:
        return None
    starts = [p for p in _line_starts(text, chunk) if clause_start().match(text, p)]
    own = text.rfind("\n", chunk.start, mistake.culprit) + 1
    if mistake.own_line and mistake.statement and own > chunk.start:
        return Span(own, chunk.end)
    if mistake.own_line and own > chunk.start:
        later = (p for p in _line_starts(text, chunk) if p > own and not _goes_on(text, p))
        return Span(own, min(later, default=chunk.end))
    start = max((p for p in starts if p <= mistake.culprit), default=None)
    if start is None or statement_start().match(text, start):
        return None
    broken_given = _is_given(text, start)
    later = (p for p in starts if p > start and (broken_given or not _is_given(text, p)))
    return Span(start, min(later, default=chunk.end))


def _goes_on(text: str, line: int) -> bool:
    """Whether a line belongs to the clause before: it is blank, begins with a joint, or gives an example its case."""
    return bool(_CONTINUES.match(text, line)) or _is_given(text, line)


def _is_given(text: str, line: int) -> bool:
    found = clause_start().match(text, line)
    return found is not None and section("keywords").find(found["word"].rstrip(" :：\u3000")) == "given"


def _blank(text: str) -> str:
    return "".join("\n" if c == "\n" else " " for c in text)


def language_of(text: str) -> Lang:
    """The language of most keywords that begin a line; of most words outside quotes when there are none."""
    words = [m["word"] for p in _line_starts(text) if (m := clause_start().match(text, p))]
    heads = [m[0] for p in _line_starts(text) if (m := statement_start().match(text, p))]
    if not words and not heads:
        heads = _WORDS.findall(_QUOTED.sub(" ", text))
    chinese = sum(not w.strip()[:1].isascii() for w in (*words, *heads))
    return "zh" if 2 * chinese > len(words) + len(heads) else "en"
