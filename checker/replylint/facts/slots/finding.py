"""Finding all values of a text in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from replylint.facts.slots.amounts import find_amounts
from replylint.facts.slots.deadlines import find_deadlines
from replylint.facts.slots.durations import find_durations
from replylint.facts.slots.identifiers import find_identifiers
from replylint.facts.slots.model import Found
from replylint.facts.slots.people import find_names, find_people
from replylint.facts.slots.pieces import in_pieces
from replylint.facts.slots.reading import read_words
from replylint.text.model import Text

_OF_NUMBERS: frozenset[str] = frozenset({"money", "percent", "number", "duration", "deadline"})


def find_slots(text: Text, kinds: Collection[str] | None = None, currency: str = "TWD") -> tuple[Found, ...]:
    """The values of a text, by place; `currency` (ISO 4217) is what 元, 塊 and $ mean.

    kinds: of which kinds at least; None for all. Whoever needs only numbers need not wait for names and addresses.
    Values of different kinds may share characters: 三天內 is a deadline and holds the duration 三天 and the number 三.
    Values of one kind do not overlap, and a number inside an identifier is none. An amount stated of several pieces
    (兩張 100 元) is what they come to. Linear in the text.
    """
    reading = read_words(text)
    only_numbers = kinds is not None and _OF_NUMBERS.issuperset(kinds)
    if only_numbers and not (reading.numerals or reading.hits):
        return ()
    identifiers = list(find_identifiers(reading))
    values: list[Found] = [] if only_numbers else [*find_people(reading), *find_names(reading)]
    if reading.numerals or reading.hits:
        values += find_amounts(reading, currency)
        values += find_durations(reading)
        values += find_deadlines(reading)
    return tuple(in_pieces(reading, _without_overlaps(_outside(text, values, identifiers))))


def _outside(text: Text, values: list[Found], identifiers: list[Found]) -> list[Found]:
    if not identifiers:
        return values
    taken = bytearray(len(text.folded))
    for found in identifiers:
        taken[found.span.start : found.span.end] = b"\1" * found.span.length
    return identifiers + [value for value in values if 1 not in taken[value.span.start : value.span.end]]


def _without_overlaps(values: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    ends: dict[str, int] = {}
    for value in sorted(values, key=lambda found: (found.span.start, -found.span.end)):
        if value.span.start >= ends.get(value.kind, 0):
            kept.append(value)
            ends[value.kind] = value.span.end
    return kept
