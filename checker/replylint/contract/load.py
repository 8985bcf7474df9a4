"""A contract file becomes a Contract, or all its mistakes become one PolicyError."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from replylint.contract.calendar import Calendar
from replylint.contract.checks.table import MEANT, POSSIBLE, check
from replylint.contract.entries import Entries, Entry, children
from replylint.contract.model import Contract
from replylint.contract.readers import Ranges, date, hours
from replylint.contract.reading import MAX_NODES, Reading
from replylint.contract.schema import CONTRACT
from replylint.contract.slips import slip
from replylint.contract.terms import WEEKDAYS
from replylint.contract.tree import Node, TreeError, compose
from replylint.source.failures import reason_of
from replylint.source.problems import PolicyError, Problem
from replylint.source.spans import Location, Source, Span
from replylint.source.unmerged import unmerged

MAX_BYTES = 1_000_000


def load(path: Path, shown: str | None = None) -> Contract:
    """Read and validate a contract file, named `shown` to people.

    Raises PolicyError with every problem, each at its place in the file.
    """
    return parse(read(path, shown))


def read(path: Path, shown: str | None = None) -> Source:
    """The text of a contract file, named `shown` to people. Raises PolicyError when it cannot be read as text."""
    name = shown or path.as_posix()
    return Source(name, _text(path, name))


def parse(source: Source) -> Contract:
    """Validate a contract's text. Raises PolicyError with every problem, each at its place."""
    root = _root(source)
    reading = Reading()
    top = Location(source, source.line_at(root.where.span.start))
    reading.read(CONTRACT, root, "", top)
    if reading.visited > MAX_NODES:
        raise PolicyError([Problem("contract.too-many-values", top)])
    found = [*reading.problems, *check(POSSIBLE, reading.entries)] or check(MEANT, reading.entries)
    problems = {(problem.key, problem.where): problem for problem in found}
    if problems:
        raise PolicyError(sorted(problems.values(), key=_offset))
    return Contract(source, reading.entries, _calendar(reading.entries))


def _offset(problem: Problem) -> int:
    return problem.where.span.start if problem.where else -1


def _text(path: Path, name: str) -> str:
    shown = {"path": name}
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise PolicyError([Problem("contract.no-file", None, shown)]) from None
    except OSError as error:
        raise PolicyError([Problem("contract.unreadable", None, {**shown, "reason": reason_of(error)})]) from None
    if len(data) > MAX_BYTES:
        raise PolicyError([Problem("contract.too-large", None, shown)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyError([Problem(f"contract.{_encoding(data)}", None, shown)]) from None


def _encoding(data: bytes) -> str:
    """What a file that is not UTF-8 most likely is, as the name of its problem."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf16"
    if b"\0" in data:
        return "binary"
    try:
        data.decode("cp950")
    except UnicodeDecodeError:
        return "not-utf8"
    return "big5"


def _root(source: Source) -> Node:
    torn = unmerged(source)
    if torn is not None:
        raise PolicyError([torn])
    if "\0" in source.text:
        raise PolicyError([Problem("contract.binary", None, {"path": source.path})])
    try:
        root = compose(source)
    except TreeError as error:
        raise PolicyError([_yaml_problem(error)]) from error
    if root is None or root.empty:
        raise PolicyError([Problem("contract.empty", None, {"path": source.path})])
    return root


_REASONS = {
    "tab character": "tab",
    "while scanning a quoted scalar found unexpected": "open-quote",
    "expected ',' or": "open-bracket",
    "mapping values are not allowed": "second-colon",
    "could not find expected ':'": "no-colon",
    "cannot start any token": "quote-needed",
    "while scanning an a": "quote-needed",  # an alias or an anchor
    "unknown escape": "escape",
    "undefined alias": "no-anchor",
    "more than one document": "documents",
    "nested too deeply": "too-deep",
    "did not find expected": "indentation",
}
"""Parts of the YAML parser's reasons, more specific ones first, and the sentence that says them in plain words."""

# For these the mistake is where the thing began, not where the parser gave up, which may be pages below.
_AT_BEGINNING = {"open-quote", "open-bracket", "no-colon", "quote-needed"}


def _yaml_problem(error: TreeError) -> Problem:
    name = next((name for part, name in _REASONS.items() if part in error.reason), "not-yaml")
    if error.where.words == "\t":
        name = "tab"
    where = error.opened if error.opened and name in _AT_BEGINNING else error.where
    if (meant := slip(where, name)) is not None:
        return meant
    if name == "no-colon":
        line = where.source.line_at(where.span.start)
        where = Location(where.source, Span(where.span.start, line.end))
    return Problem(f"contract.{name}", where, {"words": where.words.strip(), "reason": error.reason})


def _calendar(entries: Entries) -> Calendar:
    country = entries["calendar.holidays.country"].value
    part = entries.get("calendar.holidays.subdivision")
    return Calendar(
        ZoneInfo(str(entries["time_zone"].value)),
        tuple(_hours(entries[f"calendar.business_hours.{day}"]) for day in WEEKDAYS),
        None if country == "none" else str(country),
        str(part.value) if part else None,
        frozenset(_dates(entries, "calendar.holidays.extra")),
        {day: _hours(entry) for day, entry in _dates(entries, "calendar.holidays.workdays").items()},
    )


def _hours(entry: Entry) -> Ranges:
    return hours(str(entry.value)) or ()


def _dates(entries: Entries, section: str) -> dict[dt.date, Entry]:
    days = ((date(name), entry) for name, entry in children(entries, section))
    return {day: entry for day, entry in days if day is not None}
