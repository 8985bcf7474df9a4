"""What is wrong with a settings file that cannot be read, at its place and in the words of whoever wrote it.

Loaded only when something is wrong. Python's reader of TOML says what it stumbled over in English; what was most likely
meant is seen by the line it stopped in.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from replylint.case.encoding import decode
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span
from replylint.source.unmerged import unmerged

_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_NAME = r"[^\S\n]*[^\s=:：＝#\[\]\"'“”]+"
_VALUE = rf"^{_NAME}[^\S\n]*=[^\S\n]*"

# What may be seen in the line, the surest first; the group is what is underlined.
_SLIPS = {
    "toml-blank": re.compile(r"^[ \t]*(?:[\w.-]+[ \t]*)?(?:=[ \t]*)?([\u00a0\u2000-\u200a\u202f\u205f\u3000]+)"),
    "toml-equals": re.compile(rf"^{_NAME}[^\S\n]*([:：＝])"),
    "toml-quotes": re.compile(r"=[^\S\n]*\[?[^\S\n]*([“”‘’„「」『』＂＇«»])"),
    "toml-closing": re.compile(r"""=[^\S\n]*\[?[^\S\n]*["'][^"'\n]*([“”‘’„「」『』＂＇«»])[^"']*$"""),
    "toml-comma": re.compile(r"""=[^\S\n]*\[[^\]\n]*["'][^\S\n]*([，、；;])"""),
    "toml-unquoted": re.compile(rf"{_VALUE}([^\s\"'\[{{#][^#\n]*?)[^\S\n]*(?:#.*)?$"),
    "toml-list": re.compile(rf"{_VALUE}(\[[^\]\n]*)$"),
}
# What Python's reader says, where the line looks as it should.
_SAID = {
    "Cannot overwrite": "toml-twice",
    "twice": "toml-twice",
    "Unclosed": "toml-list",
    "Unescaped '\\'": "toml-backslash",
    "Invalid hex": "toml-backslash",
    "Illegal character '\\n'": "toml-unclosed",
    "Unterminated": "toml-unclosed",
    "Expected newline": "toml-behind",
}
# These are looked for only where the reader did not say something surer.
_UNSURE = ("toml-unquoted", "toml-list")


def mistake(data: bytes, path: str, said: str) -> Problem:
    """Why the settings cannot be read; said: what Python's reader said of them, with the place."""
    found = decode(data, path)
    if isinstance(found, Problem):
        return found
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Problem("case.other-encoding", Location(found, Span(0, 1)), {"encoding": "UTF-16"})
    source = Source(path, found.text.replace("\r\n", "\n"))
    torn = unmerged(source)
    return torn or _syntax(source, said)


def _syntax(source: Source, said: str) -> Problem:
    line = _stopped(source, said)
    words = source.text[line.start : line.end]
    told = next((key for part, key in _SAID.items() if part in said), None)
    for key, pattern in _SLIPS.items():
        if (match := pattern.search(words)) and not (told and key in _UNSURE):
            return _problem(source, Span(*match.span(1)).moved(line.start), key)
    return _problem(source, _worded(source, line), told or "toml-syntax")


def _problem(source: Source, span: Span, key: str) -> Problem:
    where = Location(source, span)
    return Problem(f"usage.{key}", where, {"words": where.words})


def _stopped(source: Source, said: str) -> Span:
    """The line in which Python's reader stopped; the last one with words where it stopped at the end."""
    place = _AT.search(said)
    if place is None:
        return source.line_at(max(len(source.text.rstrip()) - 1, 0))
    starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
    return source.line_at(starts[min(int(place[1]), len(starts)) - 1])


def _worded(source: Source, line: Span) -> Span:
    """A line without the blanks around its words."""
    words = source.text[line.start : line.end]
    start = line.start + len(words) - len(words.lstrip())
    return Span(start, max(start + len(words.strip()), min(start + 1, len(source.text))))


def place_of(source: Source, name: str, section: str | None) -> Location | None:
    """Where a setting is named, for those that can be read and make no sense; section: the table it stands in."""
    for start, line in _lines_of(source, section):
        if match := re.match(rf"""[ \t]*["']?({re.escape(name)})["']?[ \t]*[=.]""", line):
            return Location(source, Span(*match.span(1)).moved(start))
    table = f"{section}.{name}" if section else name
    header = re.search(rf"^[ \t]*\[[ \t]*({re.escape(table)})[ \t]*\]", source.text, re.MULTILINE)
    return Location(source, Span(*header.span(1))) if header else None


def _lines_of(source: Source, section: str | None) -> Iterator[tuple[int, str]]:
    """The lines of one section, with where each begins."""
    within, start = section is None, 0
    for line in source.text.split("\n"):
        if line.lstrip().startswith("["):
            within = line.partition("#")[0].strip().strip("[] ") == section
        elif within:
            yield start, line
        start += len(line) + 1
