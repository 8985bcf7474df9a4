"""Where each character of a YAML text stands: YAML folds lines, strips indentation and knows escapes.

Follows the scanner of libyaml (yaml_parser_scan_*_scalar). Each function yields `(characters, offset)` pairs: the
characters that a piece of the source stands for, and where that piece begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from replylint.case.marks import Mark

Piece = tuple[str, int]

_FLOW = re.compile(r"((?:[ \t]*(?:\r\n|[\r\n\x85\u2028\u2029]))+[ \t]*)|([ \t]+)|(.)", re.DOTALL)
_SINGLE = re.compile(_FLOW.pattern.replace("(.)", "(''|.)"), re.DOTALL)
_DOUBLE = re.compile(
    _FLOW.pattern.replace(
        "(.)",
        r"(\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*|.)|.)",
    ),
    re.DOTALL,
)
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_HEADER = re.compile(r"[|>]([+-]?)([1-9]?)([+-]?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
_DASHES = re.compile(r" *(?:- +)*")
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_ESCAPES |= {"e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}


def unfold(text: str, mark: Mark) -> int | list[int]:
    """The offset of each character of a scalar, and of its end; only the offset of the first where that says it."""
    if mark.style in ("|", ">"):
        return _offsets(_block(text, mark), mark.end)
    quoted = mark.style in ("'", '"')
    start, end = (mark.start + 1, mark.end - 1) if quoted else (mark.start, mark.end)
    inside = text[start:end]
    if not _BREAK.search(inside) and not (quoted and ("\\" in inside or "''" in inside)):
        return start
    pattern = {"'": _SINGLE, '"': _DOUBLE}.get(mark.style, _FLOW)
    return _offsets(_flow(text, start, end, pattern), end)


def _offsets(pieces: Iterator[Piece], end: int) -> list[int]:
    offsets: list[int] = []
    for characters, offset in pieces:
        offsets.extend([offset] * len(characters))
    offsets.append(end)
    return offsets


def _flow(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Piece]:
    """A quoted or plain scalar: a single line break is a space, further ones are themselves."""
    for match in pattern.finditer(text, start, end):
        if match[1] is not None:
            breaks = [(_line_break(each[0]), match.start() + each.start()) for each in _BREAK.finditer(match[1])]
            yield from _joined(breaks, folded=True)
        elif match[2] is not None:
            for index, character in enumerate(match[2]):
                yield character, match.start() + index
        else:
            yield _meaning(match[3]), match.start()


def _meaning(token: str) -> str:
    """What a token inside quotes stands for; a line break after a backslash stands for nothing."""
    if token == "''":
        return "'"
    if len(token) == 1:
        return token
    kind = token[1]
    if kind in "xuU" and len(token) > 2:
        return chr(int(token[2:], 16))  # noqa: FURB166 - the prefix is YAML's, not Python's
    if _BREAK.match(kind):
        return ""
    return _ESCAPES.get(kind, kind)


def _line_break(words: str) -> str:
    return words if words in "\u2028\u2029" else "\n"


def _block(text: str, mark: Mark) -> Iterator[Piece]:
    """A literal (`|`) or folded (`>`) scalar. Trailing breaks are given in full: what is chomped is never asked for."""
    header = _HEADER.match(text, mark.start)
    if header is None:
        return
    lines = _lines(text, header.end(), _indentation(text, header, mark))
    pending: list[Piece] = []
    was_blank = True  # nothing is folded before the first line of text
    for start, end, break_ in lines:
        if start == end:
            pending.append((break_, start))
            continue
        is_blank = text[start] in " \t"
        yield from _joined(pending, mark.style == ">" and not was_blank and not is_blank)
        yield from ((text[i], i) for i in range(start, end))
        pending, was_blank = [(break_, end)], is_blank
    yield from pending


def _joined(pending: list[Piece], folded: bool) -> Iterator[Piece]:
    """The line breaks between two lines of text; folding keeps the separators of Unicode, U+2028 and U+2029.

    Of several breaks folding drops the first. The others are told to stand one break early, so that the words before
    them end at the end of their line.
    """
    if not folded or not pending or pending[0][0] != "\n":
        yield from pending
    elif len(pending) == 1:
        yield " ", pending[0][1]
    else:
        yield from ((after[0], before[1]) for before, after in pairwise(pending))


def _indentation(text: str, header: re.Match[str], mark: Mark) -> int:
    """How many spaces at the start of each line are not part of the text.

    Stated in the header relative to what surrounds the text, or the depth of the first line that has words.
    """
    if header[2]:
        return _depth_around(text, mark.start) + int(header[2])
    position, depth = header.end(), 0
    while position < len(text):
        match = _BREAK.search(text, position)
        line = text[position : match.start() if match else len(text)]
        spaces = len(line) - len(line.lstrip(" "))
        if spaces < len(line):
            return spaces
        depth = max(depth, spaces)
        if match is None:
            break
        position = match.end()
    return depth


def _depth_around(text: str, start: int) -> int:
    """The column of the key, or of the dash, before the text that starts here."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    dashes = _DASHES.match(before)
    depth = dashes.end() if dashes else 0
    return depth if depth < len(before) else before.rfind("-")


def _lines(text: str, position: int, indent: int) -> Iterator[tuple[int, int, str]]:
    """Start and end of each line's text behind the indentation, and its line break, until the indentation ends."""
    while position < len(text):
        match = _BREAK.search(text, position)
        end = match.start() if match else len(text)
        spaces = 0
        while spaces < indent and position + spaces < end and text[position + spaces] == " ":
            spaces += 1
        if spaces < indent and position + spaces < end:
            return
        yield position + spaces, end, _line_break(match[0]) if match else ""
        if match is None:
            return
        position = match.end()
