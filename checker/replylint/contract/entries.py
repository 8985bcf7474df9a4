"""The entries of a contract: typed values and sections by dotted path, and how to look among them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from replylint.contract.shapes import Form
from replylint.source.spans import Location
from replylint.source.values import Duration, Money, Percent, Value

_TYPES: Mapping[Form, str] = {
    "money": "money", "percent": "percent", "duration": "duration", "count": "count", "yesno": "yesno",
}  # fmt: skip
_TYPES_OF_VALUES: Mapping[type, str] = {Money: "money", Percent: "percent", Duration: "duration", Decimal: "count"}


class Entry(NamedTuple):
    """One path of the contract.

    value: None for a section. form: as in the schema; None for a section.
    where: the key with its value, on one line; for a section the key alone.
    words: the value alone, for problems found later. contact: the named role must be reachable.
    """

    value: Value | None
    form: Form | None
    where: Location
    words: Location
    contact: bool = False


Entries = Mapping[str, Entry]
"""Every path of a contract, in the order of the file; the whole is the path `""`."""


def type_name(entry: Entry) -> str | None:
    """The rule language's name for an entry's type; None for a section."""
    if entry.form is None:
        return None
    if isinstance(entry.value, tuple):
        return "texts"
    if entry.form in ("warning", "value"):
        return _TYPES_OF_VALUES.get(type(entry.value), "text")
    return _TYPES.get(entry.form, "text")


def below(entries: Entries, section: str) -> list[tuple[str, Entry]]:
    """The entries at any depth in a section, each with the rest of its path."""
    start = f"{section}."
    return [(path[len(start) :], entry) for path, entry in entries.items() if path.startswith(start)]


def children(entries: Entries, section: str) -> list[tuple[str, Entry]]:
    """The entries directly in a section, each with its last name; those of a list are numbered from 1."""
    return [(name, entry) for name, entry in below(entries, section) if "." not in name]


def texts(entry: Entry | None) -> tuple[str, ...]:
    """The members of a list of texts; () for any other entry, and for none."""
    return entry.value if entry is not None and isinstance(entry.value, tuple) else ()


def line_of(entry: Entry) -> str:
    """The number of the line that an entry stands on, for a sentence."""
    line, _ = entry.where.source.position(entry.where.span.start)
    return str(line)
