"""Whether a log is as it was written: every line whole, none changed, removed, put in or moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from replylint.receipts.log import FORMAT, MOST_LINE, Line, line_of
from replylint.receipts.receipt import MalformedError
from replylint.source.digests import digest
from replylint.source.problems import Problem


@dataclass
class Found:
    """What is known of a log after it has been read.

    lines: whole lines. last: the last of them. problems: what is wrong. torn: lines that were cut off when they were
    written, and of which the next line says so. seen: whether a line with the digest looked for is there.
    """

    lines: int = 0
    last: Line | None = None
    problems: list[Problem] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)
    seen: bool = False


def examine(stream: BinaryIO, head: str | None = None, each: Callable[[Line], None] | None = None) -> Found:
    """Read a log from its first to its last byte.

    head: the digest of a line that must be there. each: is shown every whole line.
    """
    found = Found()
    unread: tuple[int, bytes] | None = None
    for place, data in enumerate(_lines(stream), 1):
        try:
            line = line_of(data.removesuffix(b"\n"))
        except MalformedError:
            if unread is not None:
                found.problems.append(_at("log-unreadable", unread[0]))
            unread = place, data
            continue
        _follow(found, line, place, unread)
        unread = None
        if each is not None:
            each(line)
        found.seen = found.seen or line.digest == head
        if not data.endswith(b"\n"):
            found.problems.append(_at("log-cut", place))
    if unread is not None:
        found.problems.append(_at("log-unreadable" if unread[1].endswith(b"\n") else "log-cut", unread[0]))
    if head is not None and not found.seen:
        found.problems.append(Problem("receipts.log-without-head", values={"head": head}))
    return found


def _follow(found: Found, line: Line, place: int, unread: tuple[int, bytes] | None) -> None:
    """Take the next whole line into account; `unread` is what stands right before it and is no line."""
    torn = line.entry.get("torn")
    if unread is not None and torn == _torn(unread[1]):
        found.torn.append(unread[0])
    elif unread is not None:
        found.problems.append(_at("log-unreadable", unread[0]))
    elif torn is not None:
        found.problems.append(_at("log-torn-gone", place))
    if found.last is None and line.entry.get("format") != FORMAT:
        found.problems.append(_at("log-other-format", place))
    expected = found.last.number + 1 if found.last else 0
    previous = found.last.digest if found.last else ""
    if line.number > expected:
        last = line.number - 1
        key = "log-missing" if expected < last else "log-missing-one"
        found.problems.append(_at(key, place, first=str(expected), last=str(last)))
    elif line.number < expected:
        found.problems.append(_at("log-inserted", place, number=str(line.number)))
    elif line.previous != previous:
        found.problems.append(_at("log-changed", place, number=str(line.number - 1)))
    found.lines += 1
    found.last = line


def _torn(data: bytes) -> dict[str, int | str]:
    kept = data.removesuffix(b"\n")
    return {"bytes": len(kept), "digest": digest(kept)}


def _at(key: str, place: int, **values: str) -> Problem:
    return Problem(f"receipts.{key}", values={"line": str(place), **values})


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines with their ends; one longer than any line of a log comes in pieces, each of which is wrong."""
    while data := stream.readline(MOST_LINE + 1):
        yield data
