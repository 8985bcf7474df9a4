"""Everything that a resolved rule is made of, part by part."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, TypeVar

from replylint.language.bound import conditions as c

Node = TypeVar("Node")
_PACKAGE = __name__.rpartition(".bound.")[0]


def nodes(node: Any, kind: type[Node]) -> Iterator[Node]:
    """Everything of a kind in a rule or a part of one: conditions and messages are trees of dataclasses and tuples."""
    if isinstance(node, kind):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from nodes(each, kind)
    elif dataclasses.is_dataclass(node) and type(node).__module__.startswith(_PACKAGE):
        for field in dataclasses.fields(node):
            yield from nodes(getattr(node, field.name), kind)


def leaves(condition: c.Condition | None) -> Iterator[c.Condition]:
    """The conditions that one is joined from by "and", "or" and "not", in order; itself where it is none of these."""
    match condition:
        case c.All(parts) | c.Any(parts):
            for part in parts:
                yield from leaves(part)
        case c.Negation(inner):
            yield from leaves(inner)
        case None:
            pass
        case leaf:
            yield leaf
