"""What has to be done about a review until when, as lines for people: which of its clocks are told, and how grouped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from replylint.contract.terms import GRAVE
from replylint.evaluate.model import Awaited
from replylint.render.times import in_year, length
from replylint.source.messages import Lang, say
from replylint.source.names import section


@dataclass(frozen=True)
class Told:
    """Clocks that are told of one review.

    lines: a line each; what is overdue unless it was done without a record shares one, by the earliest of its moments.
    then: what is due after that, of reviews that cannot wait.
    """

    lines: tuple[tuple[Awaited, ...], ...]
    then: tuple[Awaited, ...] = ()


def told(awaited: Sequence[Awaited], level: str | None) -> Told:
    """All that is overdue or due soon, and where that is not certain, or the review is grave, what is due next, too.

    awaited: in the order in which they are due.
    """
    late, maybe = ([each for each in awaited if each.state == state] for state in ("overdue", "maybe_overdue"))
    unsure = [tuple(each for each in group if not each.recorded) for group in (late, maybe)]
    soon = [each for each in awaited if each.state == "soon"]
    certain = [each for each in awaited if each in soon or (each in (*late, *maybe) and each.recorded)]
    rest = [each for each in awaited if each not in (*late, *maybe, *soon)]
    lines = [*filter(None, unsure), *((each,) for each in certain)]
    if level in GRAVE:
        first = 0 if any(each.state == "soon" for each in certain) else 1
        return Told((*lines, *((each,) for each in rest[:first])), tuple(e for e in rest[first:] if e.before))
    return Told((*lines, *((each,) for each in (() if certain else rest[:1]))))


def named(awaited: Sequence[Awaited], lang: Lang, key: str) -> str:
    """The clocks of a line by their names; key: the message that says that they may have been met without a record."""
    names = say("render.between", lang).join(clock_name(each.clock, lang) for each in awaited)
    return names if all(each.recorded for each in awaited) else say(f"render.{key}", lang, {"clock": names})


def until(due: Awaited, shown: Callable[[dt.datetime], str], lang: Lang) -> str:
    """The moment until which something has to be done; where it may be one of several, the one to go by."""
    if due.before is None:
        return say(f"render.triage-{due.state}", lang)
    first, last = shown(due.before), shown(due.latest) if due.latest else None
    if due.exact:
        return first
    if due.state == "overdue":
        return say("render.due-latest", lang, {"moment": last or first})
    if due.state == "maybe_overdue":
        return say("render.due-between" if last else "render.due-or-later", lang, {"first": first, "last": last or ""})
    return say("render.due-earliest", lang, {"moment": first})


def left(due: Awaited, now: dt.datetime, lang: Lang) -> str:
    """How much time is left at the least, or by how much it is overdue at the least."""
    if due.before is None:
        return say(f"render.triage-{due.state}", lang)
    late = due.state == "overdue"
    counted = length((due.latest if late and due.latest else due.before) - now, lang)
    key = {"overdue": "overdue" if due.exact else "long-overdue", "soon": "soon", "maybe_overdue": "maybe_overdue"}
    return say(f"render.triage-{key.get(due.state, 'left')}", lang, {"left": counted})


def later(awaited: Sequence[Awaited], lang: Lang) -> str:
    """What is due after that, each with its moment."""
    items = (
        say("render.due-then", lang, {"clock": clock_name(each.clock, lang), "moment": until(each, in_year, lang)})
        for each in awaited
    )
    return say("render.between", lang).join(items)


def clock_name(name: str, lang: Lang) -> str:
    """A clock as people call it."""
    return section("fields").spell(name, lang).replace("_", " ")
