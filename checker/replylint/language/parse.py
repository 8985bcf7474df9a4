"""Text → syntax tree, with every mistake of the file found in one run.

The only module that imports lark. A file is parsed statement by statement; what cannot be read is told, and
the statement is read again without it (`recovery`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import lark
import lark.lexer
from lark import Lark, TextSlice, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from replylint.language import syntax as s
from replylint.language.build.statements import Builder
from replylint.language.chunks import chunks, line_starts, without_pasted
from replylint.language.comments import attach
from replylint.language.lexemes import LEXEME
from replylint.language.mistakes.guess import misread, mistake_at
from replylint.language.mistakes.lines import outside_rule
from replylint.language.mistakes.stop import Mistake
from replylint.language.recovery.left import left
from replylint.language.recovery.pieces import Piece, statements_of
from replylint.language.terminals import clause_start, grammar, statement_start
from replylint.language.tokens import MisreadError
from replylint.source.messages import Lang
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

# Words of a text and what in it are no words of its writer's own.
_WORDS = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]+")
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
        grammar(), start=["start", "clauses", "wordings"], parser="lalr", lexer="contextual", strict=strict,
        g_regex_flags=2, maybe_placeholders=False, transformer=Builder(),
    )  # fmt: skip


_parser = cache(parser)


def parse(source: Source) -> Parsed:
    """Reads a rule file; never raises, whatever the text: what cannot be read is in `problems`."""
    statements: list[s.Statement] = []
    problems: list[Problem] = []
    text = without_pasted(source.text)
    for chunk in chunks(text):
        if len(problems) >= MOST_MISTAKES:
            problems.append(_unread(source, chunk.start))
            break
        read, mistakes, unread = _read(text, chunk)
        statements += read
        problems += (Problem(m.key, Location(source, m.span), m.values) for m in mistakes)
        if unread is not None:
            problems.append(_unread(source, unread))
            break
    with_comments, rest = attach(tuple(statements), text)
    return Parsed(s.RuleFile(source, with_comments, rest, language_of(text)), tuple(problems))


def _unread(source: Source, start: int) -> Problem:
    """That a file is read no further than to a place."""
    line = source.line_at(start + len(source.text[start:]) - len(source.text[start:].lstrip()))
    values = {"limit": str(MOST_MISTAKES), "line": str(source.position(line.start)[0])}
    return Problem("language.too-many-mistakes", Location(source, line), values)


def _read(text: str, chunk: Span) -> tuple[list[s.Statement], list[Mistake], int | None]:
    """The statements of a part of a text, its mistakes, and where it was read no further, if so.

    What was read beside a mistake is not sound.
    """
    outside = outside_rule(text, chunk)
    statements: list[s.Statement] = []
    mistakes = [outside] if outside else []
    waiting = [Piece(text, chunk, "clauses" if outside else "start")]
    while waiting and len(mistakes) < MOST_MISTAKES:
        piece = waiting.pop(0)
        read = _attempt(piece)
        if isinstance(read, Mistake):
            own_words = text[read.span.start : read.span.end] == piece.text[read.span.start : read.span.end]
            mistakes += [read] if own_words and not piece.follows_guess(read) else []
            waiting = [*left(piece, read), *waiting]
        else:
            statements += statements_of(piece, read)
    sound = not mistakes
    unread = text.find("\n", max(m.span.end for m in mistakes), chunk.end) + 1 if waiting else 0
    return [replace(st, sound=sound) if isinstance(st, s.Rule) else st for st in statements], mistakes, unread or None


def _attempt(piece: Piece) -> Any:
    """What the builder makes of a piece, or the first mistake in it."""
    text, chunk = piece.text, piece.span
    try:
        return _parser().parse(TextSlice(text, chunk.start, chunk.end), start=piece.holds)
    except MisreadError as error:
        return misread(text, chunk, error)
    except UnexpectedInput as error:
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


def language_of(text: str) -> Lang:
    """The language of most keywords that begin a line; of most words outside quotes when there are none."""
    words = [m["word"] for p in line_starts(text) if (m := clause_start().match(text, p))]
    heads = [m[0] for p in line_starts(text) if (m := statement_start().match(text, p))]
    if not words and not heads:
        heads = _WORDS.findall(LEXEME.sub(" ", text))
    chinese = sum(not w.strip()[:1].isascii() for w in (*words, *heads))
    return "zh" if 2 * chinese > len(words) + len(heads) else "en"
