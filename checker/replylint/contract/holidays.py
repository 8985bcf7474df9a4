"""Public holidays, as the `holidays` library knows them.

Asking the library for one country imports all of them, a tenth of a second; so the answers are kept between runs,
under the version of the library that gave them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from replylint.source.cache import keep, key_of, recall

Days = tuple[frozenset[dt.date], frozenset[dt.date]]
"""Days off, and weekend days that are worked to make up for others."""


@cache
def public_holidays(country: str, subdivision: str | None, year: int) -> Days:
    """The public holidays of a year. country: ISO 3166 code; subdivision: state or province, where they differ."""
    installed = _installed()
    key = key_of((*installed, f"{country} {subdivision} {year}"), ("contract",))
    kept = recall("holidays", key, _read) if installed else None
    if kept is not None:
        return kept
    days = _asked(country, subdivision, year)
    if installed:
        keep("holidays", key, [sorted(day.isoformat() for day in part) for part in days])
    return days


def _installed() -> tuple[str, ...]:
    """The library's version, as the name of the folder beside it tells: reading its metadata takes longer than a check.

    Nothing where it is installed in another way; then nothing is kept.
    """
    found = find_spec("holidays")
    place = Path(found.origin).parent.parent if found and found.origin else None
    return tuple(sorted(folder.name for folder in place.glob("holidays-*.dist-info"))) if place else ()


def _read(plain: Sequence[Sequence[str]]) -> Days:
    closed, workdays = (frozenset(map(dt.date.fromisoformat, days)) for days in plain)
    return closed, workdays


def _asked(country: str, subdivision: str | None, year: int) -> Days:
    import holidays

    days = holidays.country_holidays(country, subdiv=subdivision, years=year)
    return frozenset(days), frozenset(days.weekend_workdays)
