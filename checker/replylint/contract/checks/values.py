"""Numbers that nothing can reach, and versions that this program does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from replylint.contract.entries import Entries, children
from replylint.source.problems import Problem
from replylint.source.values import Percent

_VERSION = 1
_EMERGENCY_COUNT = re.compile(r"emergencies\.\w+\.reviews")


def version(entries: Entries) -> Iterator[Problem]:
    """A contract that is written for another version."""
    stated = entries.get("version")
    if stated and stated.value != _VERSION:
        yield Problem("contract.version", stated.words, {"words": str(stated.value)})


def numbers_in_range(entries: Entries) -> Iterator[Problem]:
    """Stars beyond five, percentages beyond a hundred, emergencies of no reviews."""
    for path, entry in entries.items():
        said = {"words": entry.words.words}
        if path.endswith(".rating_at_most") and isinstance(entry.value, Decimal) and not 1 <= entry.value <= 5:
            yield Problem("contract.rating-range", entry.words, said)
        elif _EMERGENCY_COUNT.fullmatch(path) and isinstance(entry.value, Decimal) and entry.value < 1:
            yield Problem("contract.of-no-reviews", entry.words, said)
        elif isinstance(entry.value, Percent) and entry.value.amount > 100:
            yield Problem("contract.percent-range", entry.words, said)


def replies_have_words(entries: Entries) -> Iterator[Problem]:
    """A platform on which a reply may have no characters at all."""
    for platform, _ in children(entries, "platforms"):
        most = entries.get(f"platforms.{platform}.reply_length")
        if most is not None and most.value == 0:
            yield Problem("contract.no-words", most.words, {"platform": platform})
