"""What the amounts of one promise come to: 餐費 300 元與外送費 60 元 is 360 元, "$10 or $20" up to $20."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from replylint.facts.places import Place
from replylint.facts.slots.model import Found
from replylint.facts.slots.table import Endings, any_of, word_table
from replylint.source.spans import Span
from replylint.source.values import Money

_REACH = 32  # characters between two amounts that are joined
_EACH_REACH, _LONGEST_EACH = 14, 16  # characters between "each person" and its amount, and of such words


class _Patterns(NamedTuple):
    apart: re.Pattern[str]
    joining: re.Pattern[str]
    choosing: re.Pattern[str]
    ranging: Endings
    each: re.Pattern[str]
    each_behind: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = word_table()
    joining, choosing = (re.compile(any_of(table[name])) for name in ("joining", "choosing"))
    each = re.compile(rf"{any_of(table['for_each'])}[^,.;:!?。]{{0,{_EACH_REACH}}}$")
    behind = re.compile(rf" ?{any_of(table['each_behind'])}")
    return _Patterns(re.compile(r"[,.;:!?。]"), joining, choosing, Endings(table["ranging"]), each, behind)


def is_for_each(amount: Place, folded: str) -> bool:
    """Whether an amount of money is that of each of so many that nobody can tell what it comes to: 每人 200 元."""
    if not isinstance(amount.value, Money):
        return False
    start, end, patterns = amount.span.start, amount.span.end, _patterns()
    before = folded[max(start - _LONGEST_EACH - _EACH_REACH, 0) : start]
    return bool(patterns.each.search(before) or patterns.each_behind.match(folded, end))


def joined(nearest: Place, places: Sequence[Place], folded: str) -> Place | None:
    """The amount with those that are joined to it: their sum, or the highest where one of them is to be chosen.

    `places` are all that belong to one fact, `nearest` among them; what is no amount of money stays alone. None for
    amounts of several currencies, of which nobody can tell what they come to.
    """
    ordered = sorted(places, key=lambda place: place.span.start)
    first = last = ordered.index(nearest)
    while first and _between(ordered[first - 1], ordered[first], folded):
        first -= 1
    while last + 1 < len(ordered) and _between(ordered[last], ordered[last + 1], folded):
        last += 1
    together = ordered[first]
    for place in ordered[first + 1 : last + 1]:
        one, other = together.value, place.value
        if not isinstance(one, Money) or not isinstance(other, Money) or one.currency != other.currency:
            return None
        adds = _between(together, place, folded) == "all"
        come_to = one.amount + other.amount if adds else max(one.amount, other.amount)
        together = Found("money", Span(together.span.start, place.span.end), Money(come_to, one.currency))
    return together


def _between(left: Place, right: Place, folded: str) -> Literal["all", "one"] | None:
    """Whether the words between two amounts join them, and whether all of them or one of them is meant."""
    if not isinstance(left.value, Money) or not isinstance(right.value, Money):
        return None
    between, patterns = folded[left.span.end : right.span.start], _patterns()
    if len(between) > _REACH or patterns.apart.search(between):
        return None
    joins = patterns.joining.search(between)
    ranges = joins and patterns.ranging.find(folded[: left.span.start].rstrip(" "))
    return "one" if ranges or patterns.choosing.search(between) else "all" if joins else None
