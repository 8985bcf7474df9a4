"""The shapes that a declaration of a contract is made of.

Named tuples, whose classes are built eight times quicker than frozen dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Form = Literal[
    "money", "percent", "duration", "count", "yesno", "text", "hours", "duty", "email", "phone", "url",
    "role", "level", "zone", "country", "allegation", "issue", "enforcement", "counting", "warning", "type", "value",
    "date",
    "moment",
]  # fmt: skip
KeyForm = Literal["name", "date", "role", "rule", "field", "key"]


class Leaf(NamedTuple):
    """One value. `note` is told to people in the JSON Schema; `contact`: the named role must be reachable."""

    form: Form
    note: str = ""
    contact: bool = False


class Leaves(NamedTuple):
    """A list of values of one form; a single value stands for a list of one."""

    form: Form
    note: str = ""
    contact: bool = False


class Record(NamedTuple):
    """Keys that are known beforehand; those in `required` must be there."""

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    note: str = ""


class Table(NamedTuple):
    """Keys that the brand chooses: names, dates, or the roles it has."""

    keys: KeyForm
    item: Shape
    note: str = ""


class Listing(NamedTuple):
    """A list of records; a single record stands for a list of one."""

    item: Record
    note: str = ""


class Either(NamedTuple):
    """One of several shapes, by what is written: a single value, a list, or keys with values."""

    scalar: Shape
    map: Shape
    list: Shape | None = None
    note: str = ""


Shape = Leaf | Leaves | Record | Table | Listing | Either


TEXT = Leaf("text")
ROLES = Leaves("role", "roles, as listed under `roles`; an empty list is nobody")
APPROVER = Leaf("role", "the role that approves", contact=True)
