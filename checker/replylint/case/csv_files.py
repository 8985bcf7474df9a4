"""Tables of CSV: a header and the rows below it, with the place of every cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from replylint.case.csv_records import Cell, records_of, split
from replylint.case.encoding import Line
from replylint.case.stated import states_draft
from replylint.case.tree import Path, Tree
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

Accepts = Callable[[tuple[str, ...]], bool]
Names = Callable[[Tree], Iterable[Problem]]

_OF_COLUMNS = {"case.field-near": "case.column-near"}
_BROKEN = "case.csv-broken-row"
_PAIR_OR_ONE = re.compile(r'""|[^"]')


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
    records = records_of(lines, path)
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
