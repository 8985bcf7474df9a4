"""Moments and lengths of time for people."""

from __future__ import annotations

import datetime as dt

from replylint.source.messages import Lang, say
from replylint.source.moments import twice


def length(left: dt.timedelta, lang: Lang) -> str:
    """A length of time in its two largest units, as far as there is any of them; the sign is not told."""
    minutes = int(abs(left).total_seconds()) // 60
    counts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
    shown = ("days", "hours") if counts["days"] else ("hours", "minutes")
    words = [say(f"render.{unit}", lang, {"number": str(counts[unit])}) for unit in shown if counts[unit]]
    return " ".join(words) or say("render.no-minute", lang)


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """A moment without its year where that is this year's."""
    return in_year(at) if at.year == now.year else day_time(at)


def day_time(at: dt.datetime) -> str:
    """A moment as `2026-11-18 21:40`."""
    return _written(at, "%Y-%m-%d %H:%M")


def in_year(at: dt.datetime) -> str:
    """A moment as `11-18 21:40`."""
    return _written(at, "%m-%d %H:%M")


def time(at: dt.datetime) -> str:
    """A moment as `21:40`."""
    return _written(at, "%H:%M")


def _written(at: dt.datetime, form: str) -> str:
    """With the distance from UTC where clocks show it twice: as they go back, 02:30 is at two moments."""
    return at.strftime(form) + (at.isoformat()[-len("+00:00") :] if twice(at) else "")
