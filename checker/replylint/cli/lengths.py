"""Lengths of time on the command line: `30m`, `24h`, `7d`."""

from __future__ import annotations

import datetime as dt
import re

from replylint.cli.usage import WrongUsage

_LENGTH = re.compile(r"(\d{1,6})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def length(text: str, option: str) -> dt.timedelta:
    """The length of time that an option states. Raises WrongUsage for anything else, and for nothing at all."""
    found = _LENGTH.fullmatch(text)
    if found is None or int(found[1]) == 0:
        raise WrongUsage("usage.no-length", {"option": option, "text": text})
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})
