"""A matcher as plain values that JSON can hold, and back: compiling one takes longer than reading it.

What was stored is only as good as the place it was stored in: whoever keeps it has to see that it belongs to the
sources it is read back with, and that nobody altered it. Columns of rows are kept as one text each: a hundred thousand
values one by one would take JSON longer to read than a draft to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from replylint.facts.matcher import Matcher
from replylint.facts.names import FactName
from replylint.source.pause import collector_paused
from replylint.source.spans import Source

_END = "|"


def to_plain(matcher: Matcher, sources: Sequence[Source]) -> dict[str, Any]:
    """Lists, texts and numbers only. sources: those that the wordings stand in. Raises KeyError when one is missing."""
    place = {id(source): index for index, source in enumerate(sources)}
    names = list(dict.fromkeys(matcher.names))
    number = {name: index for index, name in enumerate(names)}
    return {
        "literals": list(matcher.literals),
        "literal_marks": matcher.literal_marks.decode("ascii"),
        "expressions": [list(entry) for entry in matcher.expressions],
        "slots": dict(matcher.slots),
        "slot_marks": dict(matcher.slot_marks),
        "stirs": _column(matcher.stirs),
        "wakes": [list(matcher.wakes), _column(matcher.wakes.values())],
        "free": matcher.free,
        "groups": _column(matcher.groups),
        "patterns": _column(matcher.patterns),
        "wordings": list(matcher.wordings),
        "alone": list(matcher.alone),
        "names": [[[name.type, name.kind] for name in names], [number[name] for name in matcher.names]],
        "marks": matcher.marks.decode("ascii"),
        "sources": [place[id(source)] for source in matcher.sources],
        "places": _column(matcher.places),
    }


@collector_paused()
def from_plain(plain: dict[str, Any], sources: Sequence[Source]) -> Matcher:
    """The matcher that `to_plain` was given, its wordings placed in these sources.

    Raises KeyError, IndexError, TypeError or ValueError for anything that `to_plain` has not made.
    """
    names = [FactName(*name) for name in plain["names"][0]]
    return Matcher(
        literals=tuple(plain["literals"]),
        literal_marks=plain["literal_marks"].encode("ascii"),
        expressions=tuple((pattern, atom, where) for pattern, atom, where in plain["expressions"]),
        slots=plain["slots"],
        slot_marks=plain["slot_marks"],
        stirs=_rows(plain["stirs"]),
        wakes=dict(zip(plain["wakes"][0], _rows(plain["wakes"][1]), strict=True)),
        free=plain["free"],
        groups=_rows(plain["groups"]),
        patterns=_rows(plain["patterns"]),
        wordings=tuple(plain["wordings"]),
        alone=tuple(plain["alone"]),
        names=tuple([names[index] for index in plain["names"][1]]),
        marks=plain["marks"].encode("ascii"),
        sources=tuple(sources[index] for index in plain["sources"]),
        places=_rows(plain["places"]),
    )


def _column(rows: Iterable[str]) -> str:
    return "".join([row + _END for row in rows])


def _rows(column: str) -> tuple[str, ...]:
    return tuple(column.split(_END)[:-1])
