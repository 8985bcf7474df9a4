"""The four ways a run can end, the same in every format."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    CLEARED = 0
    NOT_CLEARED = 1
    USAGE = 2
    COULD_NOT_CHECK = 3
