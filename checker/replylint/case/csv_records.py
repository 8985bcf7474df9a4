"""CSV as a scanner sees it: lines put together to records, and records cut into cells that know their place.

Our own scanner, because the standard one tells no places; the two are compared in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from replylint.case.encoding import Line
from replylint.case.limits import MAX_ROW_CHARACTERS
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

_DELIMITERS = ",;\t"
# A line above the header by which spreadsheets tell each other the separator.
_TOLD = re.compile(r'"?sep=([,;\t])"?\s*')
_QUOTED = re.compile(r'[^"]*(?:""[^"]*)*')


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and where it stands in its record, without the quotes around it."""

    text: str
    span: Span
    quoted: bool


def records_of(lines: Iterable[Line | Problem], path: str) -> Iterator[tuple[Source, str] | Problem]:
    """Records with the separator of the file; lines that a quoted cell spans put together, empty ones left out."""
    parts: list[str] = []
    first = size = 0
    is_open = False
    delimiter = ""
    for line in lines:
        if isinstance(line, Problem):
            yield line
            parts, is_open = [], False
            continue
        if not parts:
            first, size = line.number, 0
        if not delimiter and (told := _TOLD.fullmatch(line.text)):
            delimiter = told[1]
            continue
        delimiter = delimiter or (_delimiter(line.text) if line.text.strip() else "")
        parts.append(line.text)
        size += len(line.text)
        is_open = _left_open(line.text, is_open, delimiter) if '"' in line.text else is_open
        if is_open and size <= MAX_ROW_CHARACTERS:
            continue
        if is_open:
            break
        if "".join(parts).strip():
            yield Source(path, "".join(parts), first), delimiter
        parts = []
    if parts:
        yield _unclosed(parts, path, first)


def _left_open(line: str, is_open: bool, delimiter: str) -> bool:
    """Whether a quoted cell is open at the end of the line: a quote opens a cell only at the cell's beginning."""
    position = 0
    while True:
        if is_open:
            match = _QUOTED.match(line, position)
            assert match is not None
            if match.end() >= len(line):
                return True
            position, is_open = match.end() + 1, False
        else:
            start = 0 if position == 0 and line.startswith('"') else line.find(delimiter + '"', position) + 1
            if start == 0 and not (position == 0 and line.startswith('"')):
                return False
            position, is_open = start + 1, True


def _unclosed(parts: list[str], path: str, first: int) -> Problem:
    source = Source(path, parts[0], first)
    start = max(parts[0].rfind('"'), 0)
    return Problem("case.csv-unclosed", Location(source, Span(start, start + 1)))


def _delimiter(header: str) -> str:
    """The separator that the header uses most; a comma unless another one is there."""
    outside = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=outside.count)


def split(record: str, delimiter: str) -> tuple[Cell, ...] | Span:
    """The cells of one record, which may end with a line break; or the words that stand behind a closing quote."""
    cells: list[Cell] = []
    position = 0
    while True:
        quoted = _QUOTED.match(record, position + 1) if record.startswith('"', position) else None
        if quoted:
            cells.append(Cell(quoted[0].replace('""', '"'), Span(quoted.start(), quoted.end()), True))
            position = min(quoted.end() + 1, len(record))
        end = _cell_end(record, position, delimiter)
        if not quoted:
            cells.append(Cell(record[position:end], Span(position, end), False))
        elif record[position:end].strip():
            return Span(position, end)
        if not record.startswith(delimiter, end):
            return tuple(cells)
        position = end + 1


def _cell_end(record: str, position: int, delimiter: str) -> int:
    end = record.find(delimiter, position)
    if end >= 0:
        return end
    return position + len(record[position:].rstrip("\r\n"))
