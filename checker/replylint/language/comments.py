"""Comments of a rule file, given back to the statements, clauses and wordings they stand by."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from replylint.language import syntax as s
from replylint.language.lexemes import LEXEME
from replylint.source.spans import Span

_EMPTY_LINE = re.compile(r"\r?\n[ \t\u3000]*\r?\n")
_Part = TypeVar("_Part", s.Clause, s.WordingLine)


@dataclass(frozen=True)
class _Comment:
    text: str
    span: Span
    alone: bool  # nothing else on its line
    apart: bool  # an empty line follows


def comments_in(text: str) -> list[_Comment]:
    """Every comment with its place, in order."""
    found = []
    for match in LEXEME.finditer(text):
        if match["comment"] is not None:
            start = text.rfind("\n", 0, match.start()) + 1
            alone = not text[start : match.start()].strip(" \t\u3000\ufeff")
            apart = _EMPTY_LINE.match(text, match.end()) is not None
            found.append(_Comment("#" + match[0][1:].rstrip(), Span(*match.span()), alone, apart))
    return found


def attach(statements: tuple[s.Statement, ...], text: str) -> tuple[tuple[s.Statement, ...], tuple[str, ...]]:
    """The statements with their comments, and the comments after the last statement."""
    waiting = comments_in(text)
    if not waiting:
        return statements, ()
    owners = list(_owners(statements))
    by_end = sorted(owners, key=lambda o: o[0].end)
    by_start = sorted(owners, key=lambda o: (o[0].start, -o[0].end))
    heads = {id(statement) for statement in statements}
    ends, starts = [o[0].end for o in by_end], [o[0].start for o in by_start]
    leading: dict[int, list[str]] = {}
    trailing: dict[int, list[str]] = {}
    rest = []
    for comment in waiting:
        last, first = bisect_right(ends, comment.span.start), bisect_left(starts, comment.span.end)
        before = by_end[last - 1] if last else None
        after = by_start[first] if first < len(by_start) else None
        inside = by_start[first - 1] if first and by_start[first - 1][0].end > comment.span.start else None
        if inside is not None:
            (leading if comment.alone else trailing).setdefault(inside[1], []).append(comment.text)
        elif not comment.alone and before is not None and "\n" not in text[before[0].end : comment.span.start]:
            trailing.setdefault(before[1], []).append(comment.text)
        elif after is not None:
            # An empty line below a comment parts what is about the file from what is about the statement.
            parted = comment.apart and after[1] in heads
            leading.setdefault(after[1], []).extend([comment.text, ""] if parted else [comment.text])
        else:
            rest.append(comment.text)
    return tuple(_with(st, leading, trailing) for st in statements), tuple(rest)


def _owners(statements: tuple[s.Statement, ...]) -> Iterator[tuple[Span, int]]:
    """The nodes that can carry comments: their spans, and their identity by start and depth."""
    for statement in statements:
        yield _head(statement), id(statement)
        for part in _parts(statement):
            yield part.span, id(part)


def _head(statement: s.Statement) -> Span:
    """A rule carries comments at its name; its clauses carry their own."""
    if isinstance(statement, s.Rule):
        return Span(statement.span.start, statement.name.span.end)
    return Span(statement.span.start, statement.wordings[0].span.start)


def _parts(statement: s.Statement) -> tuple[s.Clause, ...] | tuple[s.WordingLine, ...]:
    return statement.clauses if isinstance(statement, s.Rule) else statement.wordings


def _with(
    statement: s.Statement, leading: dict[int, list[str]], trailing: dict[int, list[str]]
) -> s.Statement:
    above = leading.get(id(statement), [])
    if not isinstance(statement, s.Rule):
        # What stands inside the first wording is on the statement's first line, and has its place above it.
        above = above + leading.pop(id(statement.wordings[0]), [])
    if above and not above[-1]:
        above = above[:-1]
    beside = " ".join(trailing.get(id(statement), []))
    if isinstance(statement, s.Rule):
        page = _page(above)
        clauses = tuple(_comment(c, leading, trailing) for c in statement.clauses)
        return replace(
            statement, clauses=clauses, page=tuple(line[2:].strip() for line in page),
            comments=tuple(above[: len(above) - len(page)]), trailing=beside,
        )  # fmt: skip
    wordings = tuple(_comment(w, leading, trailing) for w in statement.wordings)
    return replace(statement, wordings=wordings, comments=tuple(above), trailing=beside)


def _page(above: list[str]) -> list[str]:
    """The `##` lines directly above a rule."""
    count = 0
    while count < len(above) and above[-1 - count].startswith("##"):
        count += 1
    return above[len(above) - count :]


def _comment(node: _Part, leading: dict[int, list[str]], trailing: dict[int, list[str]]) -> _Part:
    if id(node) not in leading and id(node) not in trailing:
        return node
    return replace(
        node, comments=tuple(leading.get(id(node), ())), trailing=" ".join(trailing.get(id(node), ()))
    )  # fmt: skip
