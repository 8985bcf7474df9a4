"""A draft that a program hands over as a mapping, read as a JSON file with the same content would be.

Each text in it is a source of its own, named by where it stands (`review.text`, `actions[0].refund`): a program has no
file to look into, and places are to be found in the texts that it has.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from replylint.case.bind import bind
from replylint.case.encoding import decode
from replylint.case.json_files import read_json
from replylint.case.limits import UNSTATED_CURRENCY
from replylint.case.model import Read, Skipped, Unreadable
from replylint.case.tree import Path, Tree
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span

Given = Mapping[str, object]
"""The fields of a draft under the names that they have in files."""

_NAME = "draft"


def read_given(drafts: Sequence[Given], reviews: bool = False) -> Iterator[Read]:
    """The case of each mapping, `draft` or, where there are several, `draft#1` and so on in its id and its path.

    reviews: as `bind` has it; without it, a mapping that has no reply is `Unreadable`: whoever hands over one by one
    means each. Dates, times and decimal numbers may stand as Python has them. Raises TypeError for values that no file
    could hold.
    """
    for number, fields in enumerate(drafts, 1):
        found = _case_of(fields, _NAME if len(drafts) == 1 else f"{_NAME}#{number}", reviews)
        if isinstance(found, Skipped) and not reviews:
            found = Unreadable(found.id, found.path, (found.reason,))
        yield found


def _case_of(fields: Given, name: str, reviews: bool) -> Read:
    text = json.dumps(dict(fields), ensure_ascii=False, indent=2, default=_as_json)
    # Half a character is written as JSON escapes it, so that it is told of as such.
    source = decode(text.encode("utf-8", "backslashreplace"), name)
    tree = (source,) if isinstance(source, Problem) else read_json(source)
    if not isinstance(tree, Tree):
        return Unreadable(name, name, tree)
    return bind(_Given(tree.value, tree.source, _Whole(len(text))), name, UNSTATED_CURRENCY, reviews=reviews)


def _as_json(value: object) -> object:
    """A value that JSON lacks, as files write it."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no file of drafts can hold {value!r}")


@dataclass(frozen=True)
class _Given(Tree):
    """A value of the mapping, the whole text of a source of its own."""

    def child(self, step: str | int) -> Tree:
        value, path = self.value[step], (*self.path, step)
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_as_json)
        return _Given(value, Source(_name_of(path), words), _Whole(len(words)), path)

    @property
    def key_where(self) -> Location:
        words = str(self.path[-1])
        return Location(Source(self.source.path, words), Span(0, len(words)))


@dataclass(frozen=True)
class _Whole:
    """Places in a source that one value fills; length: of its text."""

    length: int

    def value(self, _: Path) -> Span:
        return Span(0, self.length)

    def key(self, _: Path) -> Span:
        return Span(0, self.length)

    def origin(self, _: Path) -> int:
        return 0


def _name_of(path: Path) -> str:
    """`actions[0].refund`, of the steps that lead to a value."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
