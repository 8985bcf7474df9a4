"""Moments and lengths of time for people."""

from __future__ import annotations

import datetime as dt

from replylint.source.messages import Lang, say


def length(left: dt.timedelta, lang: Lang) -> str:
    """A length of time in its two largest units, as far as there is any of them; the sign is not told."""
    minutes = int(abs(left).total_seconds()) // 60
    counts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
    shown = ("days", "hours") if counts["days"] else ("hours", "minutes")
    words = [say(f"render.{unit}", lang, {"number": str(counts[unit])}) for unit in shown if counts[unit]]
    return " ".join(words) or say("render.no-minute", lang)


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """A moment without its year where that is this year's."""
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"
