"""What the reader's screen takes: colours or none, and how many columns."""

from __future__ import annotations

import os
import shutil
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
    return max(_NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
