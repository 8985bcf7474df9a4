"""What has to be done about a review until when, as lines for people: which of its clocks are told, and how grouped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replylint.contract.schema import GRAVE
from replylint.evaluate.model import Awaited
from replylint.language.names import section
from replylint.source.messages import Lang, say


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
    late = [each for each in awaited if each.state == "overdue"]
    unsure = tuple(each for each in late if not each.recorded)
    certain = [each for each in awaited if each.state in ("overdue", "soon") and each not in unsure]
    rest = [each for each in awaited if each not in late and each not in certain]
    lines = [*([unsure] if unsure else []), *((each,) for each in certain)]
    if level in GRAVE:
        first = 0 if any(each.state == "soon" for each in certain) else 1
        return Told((*lines, *((each,) for each in rest[:first])), tuple(e for e in rest[first:] if e.before))
    return Told((*lines, *((each,) for each in (() if certain else rest[:1]))))


def named(awaited: Sequence[Awaited], lang: Lang, key: str) -> str:
    """The clocks of a line by their names; key: the message that says that they may have been met without a record."""
    names = say("render.between", lang).join(clock_name(each.clock, lang) for each in awaited)
    return names if all(each.recorded for each in awaited) else say(f"render.{key}", lang, {"clock": names})


def later(awaited: Sequence[Awaited], lang: Lang) -> str:
    """What is due after that, each with its moment."""
    items = (
        say("render.due-then", lang, {"clock": clock_name(each.clock, lang), "moment": f"{each.before:%m-%d %H:%M}"})
        for each in awaited
    )
    return say("render.between", lang).join(items)


def clock_name(name: str, lang: Lang) -> str:
    """A clock as people call it."""
    return section("fields").spell(name, lang).replace("_", " ")
