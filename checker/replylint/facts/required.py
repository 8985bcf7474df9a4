"""Which words a regular expression cannot match without.

An expression is looked for only where one of them occurs, and the automaton finds them together with all other words;
running two hundred expressions over each new sentence took a third of the time of reading it. After Cox, Regular
Expression Matching with a Trigram Index (2012), with whole words in place of trigrams. What is not understood requires
nothing, so that nothing is ever missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import fsum
from typing import NamedTuple

_MOST_EXACT = 48
_MOST_WORDS = 160
_LEAST = 3
"""Bytes: one Chinese character, or three Latin letters, which tell as much."""
_RARE = re.compile("[0-9@#*]")  # what most sentences have none of tells enough by itself
_DIGITS = frozenset("0123456789")

_TOKEN = re.compile(
    r"(?P<open>\((?:\?:|(?!\?)))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<repeat>[*+?]|\{(?P<least>\d+)(?:,(?P<most>\d*))?\})"
    r"|(?P<class>\[\^?(?:\]|)(?:\[:\^?\w+:\]|\\x\{[^}]*\}|\\[pP]\{[^}]*\}|\\.|[^\]\\])*\])"
    r"|(?P<edge>\\[bBAz]|[\^$])|(?P<any>\\[dDsSwW]|\\[pP]\{[^}]*\}|\.)"
    r"|(?P<char>\\[^a-zA-Z0-9]|[^\\()\[\]{}*+?|^$.])",
    re.DOTALL,
)
_SIMPLE_CLASS = re.compile(r"\[([^\^\\\]\[-][^\\\]\[-]*)\]")


Commonness = Callable[[str], float]
"""How often a word is thought to occur."""


class _Known(NamedTuple):
    """What is known of a part of an expression.

    exact: all that it can match, where that is not much. words: of these one stands in whatever it matches.
    """

    exact: frozenset[str] | None
    words: frozenset[str] | None


_EMPTY = _Known(frozenset({""}), None)
_ANYTHING = _Known(None, None)


def required_words(pattern: str, commonness: Commonness = lambda word: len(word) ** -2) -> frozenset[str]:
    """Words of which at least one stands in every match of a pattern in RE2's syntax; none when that is not known.

    Of several such sets it is the one whose words are the least common.
    """
    tokens = _tokens(pattern)
    if tokens is None:
        return frozenset()
    known, rest = _Reader(tokens, commonness).alternatives(0)
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


class _Reader:
    """What is known of an expression, from its tokens."""

    def __init__(self, tokens: Sequence[re.Match[str]], commonness: Commonness):
        self._tokens, self._commonness = tokens, commonness

    def alternatives(self, at: int) -> tuple[_Known, int]:
        """What is known of alternatives from a token on, and the token that ends them."""
        found = []
        while True:
            known, at = self._sequence(at)
            found.append(known)
            if at == len(self._tokens) or self._tokens[at].lastgroup != "bar":
                return self._either(found), at
            at += 1

    def _sequence(self, at: int) -> tuple[_Known, int]:
        tokens = self._tokens
        parts: list[_Known] = []
        while at < len(tokens) and tokens[at].lastgroup not in ("bar", "close"):
            known, at = self._part(at)
            while at < len(tokens) and tokens[at]["repeat"]:
                known = self._repeated(known, tokens[at])
                at += 1
            parts.append(known)
        return self._in_a_row(parts), at

    def _part(self, at: int) -> tuple[_Known, int]:
        token = self._tokens[at]
        match token.lastgroup:
            case "open":
                known, end = self.alternatives(at + 1)
                return known, min(end + 1, len(self._tokens))
            case "char":
                return self._exactly({token[0][-1]}), at + 1
            case "class" | "any" if token[0] in ("[0-9]", r"\d"):
                return self._exactly(_DIGITS), at + 1
            case "class":
                simple = _SIMPLE_CLASS.fullmatch(token[0])
                return self._exactly(set(simple[1])) if simple else _ANYTHING, at + 1
            case "edge":
                return _EMPTY, at + 1
        return _ANYTHING, at + 1

    def _exactly(self, texts: Iterable[str]) -> _Known:
        exact = frozenset(texts)
        return _Known(exact if len(exact) <= _MOST_EXACT else None, self._better(None, exact))

    def _repeated(self, known: _Known, repeat: re.Match[str]) -> _Known:
        """A part that may be left out, or come several times; a `?` after `*` only says which match is preferred."""
        least = int(repeat["least"]) if repeat["least"] else int(repeat["repeat"] == "+")
        once = repeat["repeat"] == "?"
        if least:
            return _Known(None, known.words)
        return self._exactly(known.exact | {""}) if once and known.exact is not None else _ANYTHING

    def _in_a_row(self, parts: Sequence[_Known]) -> _Known:
        words: frozenset[str] | None = None
        run, whole = frozenset({""}), True
        for known in parts:
            if known.exact is not None and len(run) * len(known.exact) <= _MOST_EXACT:
                run = frozenset(map("".join, product(run, known.exact)))
                continue
            words, whole = self._better(words, run), False
            run = frozenset({""}) if known.exact is None else known.exact
            words = self._better(words, known.words)
        return _Known(run if whole else None, self._better(words, run))

    def _either(self, alternatives: Sequence[_Known]) -> _Known:
        if len(alternatives) == 1:
            return alternatives[0]
        words: set[str] | None = set()
        exact: set[str] | None = set()
        for known in alternatives:
            exact = exact | known.exact if exact is not None and known.exact is not None else None
            words = words | known.words if words is not None and known.words is not None else None
        few = frozenset(exact) if exact is not None and len(exact) <= _MOST_EXACT else None
        return _Known(few, self._better(frozenset(words) if words is not None else None, few))

    def _better(self, one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
        """The words that are less common; those that tell too little are none."""
        telling = [words for words in (one, other) if words and _tell(words)]
        return min(telling, key=lambda words: (fsum(map(self._commonness, words)), len(words)), default=None)


def _tell(words: frozenset[str]) -> bool:
    return len(words) <= _MOST_WORDS and all(len(word.encode()) >= _LEAST or _RARE.search(word) for word in words)
