"""Which words a regular expression cannot match without.

An expression is looked for only where one of them occurs, and the automaton finds them together with all other words;
running two hundred expressions over each new sentence took a third of the time of reading it. After Cox, Regular
Expression Matching with a Trigram Index (2012), with whole words in place of trigrams. What is not understood requires
nothing, so that nothing is ever missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

_MOST_EXACT = 48
_MOST_WORDS = 160
_LEAST = 3
"""Bytes: one Chinese character, or three Latin letters, which tell as much."""

_TOKEN = re.compile(
    r"(?P<open>\((?:\?:|(?!\?)))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<repeat>[*+?]|\{(?P<least>\d+)(?:,(?P<most>\d*))?\})"
    r"|(?P<class>\[\^?(?:\]|)(?:\[:\^?\w+:\]|\\x\{[^}]*\}|\\[pP]\{[^}]*\}|\\.|[^\]\\])*\])"
    r"|(?P<edge>\\[bBAz]|[\^$])|(?P<any>\\[dDsSwW]|\\[pP]\{[^}]*\}|\.)"
    r"|(?P<char>\\[^a-zA-Z0-9]|[^\\()\[\]{}*+?|^$.])",
    re.DOTALL,
)
_SIMPLE_CLASS = re.compile(r"\[([^\^\\\]\[-][^\\\]\[-]*)\]")


class _Known(NamedTuple):
    """What is known of a part of an expression.

    exact: all that it can match, where that is not much. words: of these one stands in whatever it matches.
    """

    exact: frozenset[str] | None
    words: frozenset[str] | None


_EMPTY = _Known(frozenset({""}), None)
_ANYTHING = _Known(None, None)


def required_words(pattern: str) -> frozenset[str]:
    """Words of which at least one stands in every match of a pattern in RE2's syntax; none when that is not known."""
    tokens = _tokens(pattern)
    if tokens is None:
        return frozenset()
    known, rest = _alternatives(tokens, 0)
    words = known.words if rest == len(tokens) and known.words else frozenset[str]()
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def _tokens(pattern: str) -> list[re.Match[str]] | None:
    tokens: list[re.Match[str]] = []
    at = 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            return None
        tokens.append(token)
        at = token.end()
    return tokens


def _alternatives(tokens: Sequence[re.Match[str]], at: int) -> tuple[_Known, int]:
    """What is known of alternatives from a token on, and the token that ends them."""
    found = []
    while True:
        known, at = _sequence(tokens, at)
        found.append(known)
        if at == len(tokens) or tokens[at].lastgroup != "bar":
            return _either(found), at
        at += 1


def _sequence(tokens: Sequence[re.Match[str]], at: int) -> tuple[_Known, int]:
    parts: list[_Known] = []
    while at < len(tokens) and tokens[at].lastgroup not in ("bar", "close"):
        known, at = _part(tokens, at)
        while at < len(tokens) and tokens[at]["repeat"]:
            known = _repeated(known, tokens[at])
            at += 1
        parts.append(known)
    return _in_a_row(parts), at


def _part(tokens: Sequence[re.Match[str]], at: int) -> tuple[_Known, int]:
    token = tokens[at]
    match token.lastgroup:
        case "open":
            known, end = _alternatives(tokens, at + 1)
            return known, min(end + 1, len(tokens))
        case "char":
            return _exactly({token[0][-1]}), at + 1
        case "class":
            simple = _SIMPLE_CLASS.fullmatch(token[0])
            return _exactly(set(simple[1])) if simple else _ANYTHING, at + 1
        case "edge":
            return _EMPTY, at + 1
    return _ANYTHING, at + 1


def _exactly(texts: Iterable[str]) -> _Known:
    exact = frozenset(texts)
    return _Known(exact if len(exact) <= _MOST_EXACT else None, _better(None, exact))


def _repeated(known: _Known, repeat: re.Match[str]) -> _Known:
    """A part that may be left out, or come several times; a `?` after `*` only says which match is preferred."""
    least = int(repeat["least"]) if repeat["least"] else int(repeat["repeat"] == "+")
    once = repeat["repeat"] == "?"
    if least:
        return _Known(None, known.words)
    return _exactly(known.exact | {""}) if once and known.exact is not None else _ANYTHING


def _in_a_row(parts: Sequence[_Known]) -> _Known:
    words: frozenset[str] | None = None
    run, whole = frozenset({""}), True
    for known in parts:
        if known.exact is not None and len(run) * len(known.exact) <= _MOST_EXACT:
            run = frozenset(map("".join, product(run, known.exact)))
            continue
        words, whole = _better(words, run), False
        run = frozenset({""}) if known.exact is None else known.exact
        words = _better(words, known.words)
    return _Known(run if whole else None, _better(words, run))


def _either(alternatives: Sequence[_Known]) -> _Known:
    if len(alternatives) == 1:
        return alternatives[0]
    words: set[str] | None = set()
    exact: set[str] | None = set()
    for known in alternatives:
        exact = exact | known.exact if exact is not None and known.exact is not None else None
        words = words | known.words if words is not None and known.words is not None else None
    few = frozenset(exact) if exact is not None and len(exact) <= _MOST_EXACT else None
    return _Known(few, _better(frozenset(words) if words is not None else None, few))


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The words that tell more; those that tell too little are none."""
    return max((one, other), key=_telling) if _telling(one) or _telling(other) else None


def _telling(words: frozenset[str] | None) -> tuple[int, ...]:
    """How much the shortest of some words tells, then how few they are; nothing when it is too little."""
    shortest = min(len(word.encode()) for word in words) if words else 0
    return (shortest, -len(words)) if words and shortest >= _LEAST and len(words) <= _MOST_WORDS else ()
