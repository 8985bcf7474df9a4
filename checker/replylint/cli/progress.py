"""How far a long run has come, told on a terminal's standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from replylint.cli import printing

_T = TypeVar("_T")
_AFTER = 2.0
_EVERY = 0.2
_WIDE = 30


def counted(items: Iterable[_T], of: int = 0) -> Iterator[_T]:
    """The items unchanged; once they take longer than two seconds, it is shown how far they have come.

    of: how many there will be, as near as it is known; with it a bar is shown, else a running count.
    """
    shown = sys.stderr.isatty()
    next_at = time.monotonic() + _AFTER
    told = False
    for number, item in enumerate(items, 1):
        yield item
        if shown and time.monotonic() >= next_at:
            next_at = time.monotonic() + _EVERY
            told = True
            printing.over(f"{_bar(number, of)}{number:,} …")
    if told:
        # The count is wiped, so that the report's next line starts clean.
        printing.over("")


def _bar(number: int, of: int) -> str:
    """How much of the whole is done, as `[████······] 40% `; nothing where the whole is not known."""
    if not of:
        return ""
    part = min(number / of, 1.0)
    done = int(part * _WIDE)
    return f"[{'█' * done}{'·' * (_WIDE - done)}] {part:4.0%} "
