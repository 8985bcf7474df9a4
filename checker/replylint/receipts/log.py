"""A log that is only ever added to: each line carries the digest of the line before it.

Any number of processes may add to it; a lock is held while one line is written. What a killed process or a full disk
leaves of a line stays where it is, and the next line says so: nothing in the file is ever changed or removed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from replylint.receipts.receipt import MalformedError, strict_json
from replylint.source.digests import canonical, digest
from replylint.source.locks import wait_for_lock

FORMAT = "urn:replylint:log:v1"
MOST_LINE = 1_000_000
"""Bytes of one line."""

_FEW = 16_000  # bytes; most lines are far shorter
HEADER = canonical({"entry": {"format": FORMAT}, "n": 0, "previous": ""})
"""The first line of every log."""


class NoLogError(Exception):
    """A file that is no log, or whose last line is not as it was written."""


@dataclass(frozen=True)
class Line:
    """One line: its number from 0, the digest of the line before it (empty for the first), what it says, its digest."""

    number: int
    previous: str
    entry: Mapping[str, Any]
    digest: str


@dataclass(frozen=True)
class Added:
    """What came of adding an entry: the digest of its line, and the bytes of an unfinished line found before it."""

    head: str
    torn: int = 0


def add(
    path: Path, entry: Mapping[str, Any], *, durable: bool = False, look: Callable[[BinaryIO], None] | None = None
) -> Added:
    """Add an entry to a log, which is begun if need be.

    durable: wait until the disk has it. look: is shown the log before, while nobody else can add to it, and can raise
    what keeps the entry from being added. Raises NoLogError, and OSError, after which the log is as before.
    """
    with _locked(path) as file:
        if look is not None:
            with os.fdopen(file, "rb", closefd=False) as stream:
                stream.seek(0)
                look(stream)
        end = _end(file)
        first: dict[str, Any] = {} if end.last else {"format": FORMAT}
        torn: dict[str, Any] = {"torn": {"bytes": len(end.torn), "digest": digest(end.torn)}} if end.torn else {}
        data, head = _lines([first | torn, entry] if first or torn else [entry], end.last)
        _write(file, b"\n" + data if end.open else data)
        if durable:
            os.fsync(file)
    return Added(head, len(end.torn))


def flush(path: Path) -> None:
    """Wait until the disk has the log. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def line_of(data: bytes) -> Line:
    """A line without its end. Raises MalformedError for what was not written by `add`."""
    found = strict_json(data)
    try:
        line = Line(found["n"], found["previous"], found["entry"], digest(data))
        same = canonical(_plain(line)) == data and isinstance(line.entry, dict)
    except (LookupError, TypeError, ValueError, RecursionError):
        same = False
    if not same or not isinstance(line.number, int) or not isinstance(line.previous, str):
        raise MalformedError("receipts.no-line")
    return line


def _plain(line: Line) -> dict[str, Any]:
    return {"entry": line.entry, "n": line.number, "previous": line.previous}


def _lines(entries: list[Mapping[str, Any]], last: Line | None) -> tuple[bytes, str]:
    """Entries as lines after the last one, and the digest of the last of them."""
    first, previous = (last.number + 1, last.digest) if last else (0, "")
    data = b""
    for number, entry in enumerate(entries, first):
        line = canonical({"entry": entry, "n": number, "previous": previous})
        if len(line) >= MOST_LINE:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        previous = digest(line)
        data += line + b"\n"
    return data, previous


@dataclass(frozen=True)
class _End:
    """The end of a log: its last whole line, what stands after that, and whether a line break is still to come."""

    last: Line | None
    torn: bytes
    open: bool


def _end(file: int) -> _End:
    """Where a log ends. Raises NoLogError for a file that does not begin and end as a log does."""
    whole, newline, torn = _tail(file).rpartition(b"\n")
    if not HEADER.startswith(_read(file, 0, len(HEADER)).partition(b"\n")[0]):
        raise NoLogError
    if not newline and torn != HEADER:
        return _End(None, torn, bool(torn))
    try:
        if torn and (line := _whole(torn)):
            return _End(line, b"", True)
        return _End(line_of(whole.rpartition(b"\n")[2]), torn, bool(torn))
    except MalformedError as error:
        raise NoLogError from error


def _tail(file: int) -> bytes:
    """The end of a file, far enough back to hold a whole line and what may stand after it."""
    size = os.fstat(file).st_size
    length = _FEW
    while True:
        tail = _read(file, max(0, size - length), length)
        if length >= min(size, 2 * MOST_LINE) or tail.count(b"\n") > 1:
            return tail
        length *= 8


def _whole(data: bytes) -> Line | None:
    """A line that lacks nothing but its end."""
    try:
        return line_of(data)
    except MalformedError:
        return None


def _read(file: int, start: int, length: int) -> bytes:
    os.lseek(file, start, os.SEEK_SET)
    data = b""
    while len(data) < length and (more := os.read(file, length - len(data))):
        data += more
    return data


def _write(file: int, data: bytes) -> None:
    """All of it or nothing, as far as the system lets us say."""
    size = os.fstat(file).st_size
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(file, size)
        raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise NoLogError
        wait_for_lock(file, path)
        yield file
    finally:
        os.close(file)  # which also gives the lock back
