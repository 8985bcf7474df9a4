"""What the lexer cut, and what each piece stands for by itself: its place, its text, its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from replylint.source.spans import Span

# More digits than any amount or number of facts has.
_MOST_DIGITS = 18
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t"}


class MisreadError(Exception):
    """What the grammar allows but nobody means: the key of its sentence, its place, and the sentence's values.

    own_line: the line itself begins what could not be read.
    """

    def __init__(self, key: str, span: Span, own_line: bool = False, **values: str):
        self.key, self.span, self.own_line, self.values = key, span, own_line, values
        super().__init__(key)


class Token(Protocol):
    """A piece of the text as the lexer cut it."""

    type: str
    start_pos: int
    end_pos: int
    line: int

    def __str__(self) -> str: ...


def span_of(node: Any) -> Span:
    """The span of a token or of a node."""
    return Span(node.start_pos, node.end_pos) if hasattr(node, "start_pos") else node.span


def cover(children: Sequence[Any]) -> Span:
    """The span from the first of some tokens or nodes to the last."""
    return span_of(children[0]).cover(span_of(children[-1]))


def nodes(children: Sequence[Any]) -> list[Any]:
    """Those of the pieces that are built already, without the tokens between them."""
    return [c for c in children if not hasattr(c, "start_pos")]


def unquote(token: Token) -> str:
    """The text between quotes, its escapes resolved."""
    inner = str(token)[1:-1]
    if "\\" not in inner:
        return inner
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[1]), inner)


def decimal(token: Token) -> Decimal:
    """A number as written, in digits of either width; raises MisreadError when it has too many of them."""
    if sum(c.isdecimal() for c in str(token)) > _MOST_DIGITS:
        raise MisreadError("language.long-number", span_of(token), limit=str(_MOST_DIGITS))
    return Decimal(unicodedata.normalize("NFKC", str(token)).replace(",", ""))
