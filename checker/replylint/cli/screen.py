"""What the reader's screen takes: colours or none, how many columns, and which characters."""

from __future__ import annotations

import codecs
import io
import os
import sys

WIDEST = 110
"""Columns of a report; longer lines are hard to read, and a file has no width of its own."""

_NARROWEST = 40


def coloured(choice: str = "auto") -> bool:
    """Whether text carries colours: as chosen, else on a terminal whose user has not declined them.

    NO_COLOR declines them when it holds anything (https://no-color.org), and a terminal that is called dumb has none.
    """
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """How many columns a report takes."""
    if not sys.stdout.isatty():
        return WIDEST
    import shutil  # loaded late: it brings what unpacks archives with it

    return max(_NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


_PLAINLY = {"✓": "v", "✗": "x", "⋮": ":", "…": "...", "─": "-", "│": "|"}


def take_any_character() -> None:
    """Let nothing be lost, and no report end, where a code page such as Windows' 950 lacks a character.

    Text stays in the code page that the reader's programs expect; what it lacks is spelt out.
    """
    codecs.register_error("replylint", _spelt)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _holds_everything(stream.encoding):
            stream.reconfigure(errors="replylint")


def for_programs(format_: str) -> None:
    """Write a report in UTF-8, whatever the code page, unless it is in the format for people: programs expect it."""
    if format_ != "text" and isinstance(sys.stdout, io.TextIOWrapper) and not _holds_everything(sys.stdout.encoding):
        sys.stdout.reconfigure(encoding="utf-8")


def _holds_everything(encoding: str) -> bool:
    return codecs.lookup(encoding).name.startswith("utf")


def _spelt(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that cannot be written."""
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end]
    return "".join(_PLAINLY.get(char) or f"<U+{ord(char):04X}>" for char in missing), error.end
