"""JSON and JSON Lines, with the place of every value.

Values come from the standard parser; places from a scan of tokens that is only made when a place is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from replylint.case.limits import MAX_DEPTH
from replylint.case.marks import Mark, MarkedPlaces
from replylint.case.tree import InText, Path, Tree
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")|([{}\[\],:])|([^\s{}\[\],:"]+)')
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_LONGEST_INTEGER = 1_000
# A text that is not closed goes on to the end: looked for again from each quote in it, it took time by its square.
_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*+"?|([\[{])|([\]}])', re.DOTALL)

# The parser's own words for a mistake, and the sentence that tells it.
_MISTAKES = {
    "Expecting property name enclosed in double quotes": "json-key",
    "Illegal trailing comma before end of object": "json-trailing-comma",
    "Illegal trailing comma before end of array": "json-trailing-comma",
    "Expecting ':' delimiter": "json-colon",
    "Expecting ',' delimiter": "json-comma",
    "Expecting value": "json-value",
    "Unterminated string starting at": "json-unclosed",
    "Invalid control character at": "json-control",
    "Extra data": "json-extra",
}


class _DuplicateError(ValueError):
    """A key stands twice in one object."""


class _NotANumberError(ValueError):
    """NaN or Infinity, which JSON does not have."""


def read_json(source: Source) -> Tree | tuple[Problem, ...]:
    """The value of a JSON text, or what is wrong with it."""
    text = source.text
    deep = _too_deep(text)
    if deep is not None:
        return (Problem("case.too-deep", _here(source, deep), {"limit": str(MAX_DEPTH)}),)
    try:
        value = _decoder().decode(text)
    except json.JSONDecodeError as error:
        key = next((k for words, k in _MISTAKES.items() if error.msg.startswith(words)), "json-syntax")
        before = len(text[: error.pos].rstrip()) - 1
        if text[before : before + 1] == "," and text[error.pos : error.pos + 1] in ("}", "]"):
            # Pythons before 3.13 speak of what they wanted behind the comma.
            return (Problem("case.json-trailing-comma", _here(source, before)),)
        if text[error.pos : error.pos + 1] in ("/", "#"):
            key = "json-comment"
        return (Problem(f"case.{key}", _here(source, error.pos)),)
    except _DuplicateError:
        return tuple(_duplicates(source))
    except _NotANumberError as error:
        found = str(error)
        return (Problem("case.json-constant", _word(source, lambda word: word == found), {"found": found}),)
    except ValueError:  # an integer of more digits than Python reads
        return (Problem("case.number-size", _word(source, lambda word: len(word) > _LONGEST_INTEGER)),)
    if ("\\ud" in text or "\\uD" in text) and _lone_surrogate(value):
        return (Problem("case.half-character", _half_character(source)),)
    return Tree(value, source, JsonPlaces(text))


def from_cell(tree: Tree, problems: list[Problem]) -> Tree:
    """The tree of a CSV cell that holds JSON, each value at its place in the cell; any other tree as it is.

    What is wrong with the JSON is added to the problems, and nothing is then read from the cell.
    """
    value = tree.value
    if not isinstance(value, str) or value.lstrip()[:1] not in ("[", "{"):
        return tree
    cell = tree.embedded
    inner = read_json(Source(tree.source.path, value))
    if isinstance(inner, Tree):
        return Tree(inner.value, tree.source, InText(cell, inner.places))
    problems += (replace(each, where=cell.locate(each.where.span) if each.where else None) for each in inner)
    return Tree([], tree.source, tree.places, tree.path)


@dataclass(frozen=True)
class JsonPlaces:
    """Places in a JSON text; scanned at the first question."""

    text: str

    @cached_property
    def _marked(self) -> MarkedPlaces:
        return MarkedPlaces(self.text, scan(self.text)[0], unescape)

    def value(self, path: Path) -> Span:
        """The value at a path."""
        return self._marked.value(path)

    def key(self, path: Path) -> Span:
        """The key that names the value at a path."""
        return self._marked.key(path)

    def origin(self, path: Path) -> int | Sequence[int]:
        """The offset of each character of the text at a path."""
        return self._marked.origin(path)


def unescape(text: str, mark: Mark) -> int | list[int]:
    """Where each character of a JSON string stands: on the first character of its escape, if it has one."""
    if mark.style != '"':
        return mark.start
    start, end = mark.start + 1, mark.end - 1
    if "\\" not in text[start:end]:
        return start
    offsets: list[int] = []
    for escape in _ESCAPE.finditer(text, start, end):
        offsets += range(start, escape.start() + 1)
        start = escape.end()
    return [*offsets, *range(start, end + 1)]


def scan(text: str) -> tuple[Mark, list[tuple[str, Span]]]:
    """The marks of a JSON text that the standard parser accepts, and the keys that stand twice."""
    top = Mark(0, 0)
    stack = [top]
    key: str | None = None
    pending: tuple[str, Span] | None = None
    twice: list[tuple[str, Span]] = []
    for string, sign, start, end in _tokens(text):
        here = stack[-1]
        if sign == "}" or sign == "]":
            stack.pop().end = end
        elif sign == ":":
            assert pending is not None
            key, span = pending
            if key in here.keys:
                twice.append(pending)
            here.keys[key] = span
        elif sign == ",":
            key = None
        elif here.style == "{" and key is None:
            pending = (json.loads(string), Span(start, end))
        else:
            mark = Mark(start, end, sign or string[:1])
            here.children[len(here.children) if key is None else key] = mark
            key = None
            if sign:
                stack.append(mark)
    return top.children[0], twice


def _tokens(text: str) -> Iterator[tuple[str, str, int, int]]:
    for match in _TOKEN.finditer(text):
        group = match.lastindex or 0
        start, end = match.span(group)
        yield match[1] or match[3] or "", match[2] or "", start, end


def _duplicates(source: Source) -> Iterator[Problem]:
    for name, span in scan(source.text)[1]:
        yield Problem("case.duplicate-key", Location(source, span), {"name": name})


@cache
def _decoder() -> json.JSONDecoder:
    """Made once: a log has a million rows, and making it takes as long as reading one."""
    return json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _DuplicateError
    return made


def _constant(words: str) -> None:
    raise _NotANumberError(words)


def _too_deep(text: str) -> int | None:
    """The offset of the bracket that is one too deep."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return None
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += (match[1] is not None) - (match[2] is not None)
        if depth > MAX_DEPTH:
            return match.start()
    return None


def _lone_surrogate(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return True
    return False


def _half_character(source: Source) -> Location:
    halves = (m for m in _ESCAPE.finditer(source.text) if _HALF.fullmatch(m[0]))
    return Location(source, Span(*next(halves).span()))


def _word(source: Source, wanted: Callable[[str], bool]) -> Location:
    """The first word outside texts, such as a number, that is as wanted."""
    words = (match for match in _TOKEN.finditer(source.text) if match[3] and wanted(match[3]))
    return Location(source, Span(*next(words).span(3)))


def _here(source: Source, offset: int) -> Location:
    start = min(offset, max(len(source.text) - 1, 0))
    return Location(source, Span(start, min(start + 1, len(source.text))))
