"""CSV, record by record, with the place of every cell.

Read by our own small scanner because the standard one tells no places; the two are compared in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from replylint.case.encoding import Line
from replylint.case.limits import MAX_ROW_CHARACTERS
from replylint.case.stated import states_draft
from replylint.case.tree import Path, Tree
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

Accepts = Callable[[tuple[str, ...]], bool]
Names = Callable[[Tree], Iterable[Problem]]

_OF_COLUMNS = {"case.field-near": "case.column-near"}
_DELIMITERS = ",;\t"
_BROKEN = "case.csv-broken-row"
# A line above the header by which spreadsheets tell each other the separator.
_TOLD = re.compile(r'"?sep=([,;\t])"?\s*')
_QUOTED = re.compile(r'[^"]*(?:""[^"]*)*')
_PAIR_OR_ONE = re.compile(r'""|[^"]')


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and where it stands in its record, without the quotes around it."""

    text: str
    span: Span
    quoted: bool


@dataclass(frozen=True)
class CsvPlaces:
    """Places in one record: a path is the name of a column."""

    text: str
    header: tuple[str, ...]
    cells: tuple[Cell, ...]

    def value(self, path: Path) -> Span:
        """The cell, without the quotes around it; the record for the empty path."""
        return self._cell(path).span if path else Span(0, len(self.text))

    def key(self, path: Path) -> Span:
        """The cell as well: the header is not part of the record."""
        return self.value(path)

    def origin(self, path: Path) -> int | Sequence[int]:
        """The offset of each character of a cell; a doubled quote stands where its first half does."""
        cell = self._cell(path)
        start, end = cell.span.start, cell.span.end
        if not cell.quoted or '""' not in self.text[start:end]:
            return start
        return [m.start() for m in _PAIR_OR_ONE.finditer(self.text, start, end)] + [end]

    def _cell(self, path: Path) -> Cell:
        return self.cells[self.header.index(str(path[0]))]


def any_names(_: Tree) -> Iterable[Problem]:
    """Finds nothing wrong with the names in a header."""
    return ()


def read_csv(
    lines: Iterable[Line | Problem], path: str, accepts: Accepts = states_draft, names: Names = any_names
) -> Iterator[Tree | tuple[Problem, ...]]:
    """Each record below the header as a mapping from column to text, or what is wrong with it.

    accepts: whether a table with these columns can hold what is looked for. names: what is wrong with the names in a
    header, which comes as a mapping from each to itself. A mistake in the header is told once, for the whole file, and
    says in `rows` how many records it leaves unread.
    """
    above: Tree | tuple[Problem, ...] | None = None
    for found in _read(lines, path, accepts, names):
        rest = _rest_of(above, found)
        if rest is None:
            if above is not None:
                yield above
            above = found
        elif isinstance(above, Tree):
            # Half a reply would be cleared, and its other half never be looked at.
            above = (Problem(_BROKEN, rest),)
    if above is not None:
        yield above


def _rest_of(above: Tree | tuple[Problem, ...] | None, row: Tree | tuple[Problem, ...]) -> Location | None:
    """Where a row stands that has one cell of several, below a row that it may be the rest of; else None."""
    if not isinstance(row, Tree) or not isinstance(row.places, CsvPlaces) or above is None:
        return None
    lone = len(row.places.cells) == 1 < len(row.places.header)
    follows = isinstance(above, Tree) or above[0].key == _BROKEN
    return Location(row.source, row.places.cells[0].span) if lone and follows else None


def _read(
    lines: Iterable[Line | Problem], path: str, accepts: Accepts, names: Names
) -> Iterator[Tree | tuple[Problem, ...]]:
    records = _records(lines, path)
    header: tuple[str, ...] | None = None
    alone: Location | None = None
    for record in records:
        if isinstance(record, Problem):
            alone = None
            yield (record,)
            continue
        source, delimiter = record
        alone = None if header is not None else Location(source, Span(0, len(source.text.rstrip())))
        cells = split(source.text, delimiter)
        if isinstance(cells, Span):
            yield (Problem("case.csv-quote", Location(source, cells)),)
        elif header is not None:
            yield from _row(source, header, cells)
        else:
            header = tuple(cell.text.strip() for cell in cells)
            if problems := (*_header_problems(source, cells, header, accepts), *names(_heading(source, cells, header))):
                yield _of_all_rows(problems, records)
                return
    if alone is not None:
        yield (Problem("case.only-headings", alone),)


def _heading(source: Source, cells: tuple[Cell, ...], header: tuple[str, ...]) -> Tree:
    """The header as a record of its own, in which each name stands for itself."""
    return Tree({name: name for name in header if name}, source, CsvPlaces(source.text, header, cells))


def _of_all_rows(problems: tuple[Problem, ...], below: Iterator[tuple[Source, str] | Problem]) -> tuple[Problem, ...]:
    """Problems of a header, each with the number of the records that nobody reads for it."""
    rows = {"rows": str(sum(1 for _ in below))}
    return tuple(Problem(_OF_COLUMNS.get(p.key, p.key), p.where, {**p.values, **rows}) for p in problems)


def _row(source: Source, header: tuple[str, ...], cells: tuple[Cell, ...]) -> Iterator[Tree | tuple[Problem, ...]]:
    if not any(cell.text.strip() for cell in cells):
        return
    if len(cells) > len(header) and any(cell.text for cell in cells[len(header) :]):
        where = Location(source, cells[len(header)].span)
        yield (Problem("case.csv-cells", where, {"found": str(len(cells)), "expected": str(len(header))}),)
        return
    values = {name: cell.text for name, cell in zip(header, cells, strict=False) if name}
    yield Tree(values, source, CsvPlaces(source.text, header, cells))


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


def _records(lines: Iterable[Line | Problem], path: str) -> Iterator[tuple[Source, str] | Problem]:
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


def _header_problems(
    source: Source, cells: tuple[Cell, ...], header: tuple[str, ...], accepts: Accepts
) -> Iterator[Problem]:
    if not accepts(header):
        where = Location(source, Span(cells[0].span.start, cells[-1].span.end))
        seen_names = tuple(name for name in header if name)
        alone = len(seen_names) == 1 < len(header)
        yield Problem("case.title-row" if alone else "case.column-missing", where, {"seen": seen_names})
    seen: set[str] = set()
    for cell in cells:
        name = cell.text.strip()
        if name and name in seen:
            yield Problem("case.duplicate-column", Location(source, cell.span), {"name": name})
        seen.add(name)
