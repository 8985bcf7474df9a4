"""A matcher as plain values that JSON can hold, and back: compiling one takes longer than reading it.

What was stored is only as good as the place it was stored in: whoever keeps it has to see that it belongs to the
sources it is read back with, and that nobody altered it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from replylint.facts.compile import Group, Joined, Literal, Matcher, Step
from replylint.facts.wordings import FactName
from replylint.source.pause import collector_paused
from replylint.source.spans import Location, Source, Span


def to_plain(matcher: Matcher, sources: Sequence[Source]) -> dict[str, Any]:
    """Lists, texts and numbers only. sources: those that the wordings stand in. Raises KeyError when one is missing."""
    number = {id(source): index for index, source in enumerate(sources)}
    names = list(dict.fromkeys(matcher.names))
    places = {name: index for index, name in enumerate(names)}
    return {
        "literals": [list(literal) for literal in matcher.literals],
        "expressions": [list(entry) for entry in matcher.expressions],
        "slots": dict(matcher.slots),
        "groups": [[atom, *_plain_group(group)] for atom, group in matcher.groups.items()],
        "names": [[name.type, name.kind] for name in names],
        "wordings": [
            [joined and _plain_joined(joined), places[name], number[id(o.source)], o.span.start, o.span.end, int(never)]
            for joined, name, o, never in zip(
                matcher.wordings, matcher.names, matcher.origins, matcher.excludes, strict=True
            )
        ],
    }


@collector_paused()
def from_plain(plain: dict[str, Any], sources: Sequence[Source]) -> Matcher:
    """The matcher that `to_plain` was given, its wordings placed in these sources.

    Raises KeyError, IndexError, TypeError or ValueError for anything that `to_plain` has not made.
    """
    names = [FactName(*name) for name in plain["names"]]
    wordings = plain["wordings"]
    return Matcher(
        literals=tuple(Literal(*literal) for literal in plain["literals"]),
        expressions=tuple((pattern, atom) for pattern, atom in plain["expressions"]),
        slots=plain["slots"],
        groups={atom: _group(*parts) for atom, *parts in plain["groups"]},
        wordings=tuple(w[0] and _joined(w[0]) for w in wordings),
        names=tuple(names[w[1]] for w in wordings),
        origins=tuple(Location(sources[w[2]], Span(w[3], w[4])) for w in wordings),
        excludes=tuple(bool(w[5]) for w in wordings),
    )


def _plain_joined(joined: Joined) -> list[Any]:
    return [[number for step in joined.steps for number in step], joined.needs, joined.anchor]


def _joined(plain: list[Any]) -> Joined:
    flat, needs, anchor = plain
    steps = tuple(map(Step, flat[::3], flat[1::3], map(bool, flat[2::3])))
    return Joined(steps, tuple(needs), anchor)


def _plain_group(group: Group) -> list[Any]:
    longer = [[_plain_joined(joined) for joined in alternatives] for alternatives in group.joined.values()]
    return [sorted(group.singles), longer, [_plain_joined(j) for j in group.loose], sorted(group.triggers)]


def _group(singles: list[int], longer: list[list[Any]], loose: list[Any], triggers: list[int]) -> Group:
    alternatives = [tuple(_joined(joined) for joined in held) for held in longer]
    by_anchor = {held[0].anchor: held for held in alternatives}
    return Group(frozenset(singles), by_anchor, tuple(_joined(j) for j in loose), frozenset(triggers))
