"""Moments and lengths of time for people."""

from __future__ import annotations

import datetime as dt

from replylint.source.messages import Lang, say


def length(left: dt.timedelta, lang: Lang) -> str:
    """A length of time in its two largest units; what is negative is told as if it were not."""
    minutes = int(abs(left).total_seconds()) // 60
    parts = {"days": str(minutes // 1440), "hours": str(minutes // 60 % 24), "minutes": str(minutes % 60)}
    name = "days-hours" if minutes >= 1440 else "time-left-hours" if minutes >= 60 else "minutes-only"
    return say(f"render.{name}", lang, parts)


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """A moment without its year where that is this year's."""
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"
