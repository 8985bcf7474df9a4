"""How deep conditions and wordings may go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from replylint.language import syntax as s
from replylint.language.tokens import MisreadError, span_of

# Deeper parentheses than anyone can read.
MOST_DEPTH = 40


def check_depth(nodes: Sequence[Any]) -> None:
    """Conditions and wordings are walked by recursion from here on, so that their depth has to be bounded."""
    waiting = [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        inner = _inner(node)
        if inner and depth > MOST_DEPTH:
            raise MisreadError("language.too-deep", span_of(nodes[0]), limit=str(MOST_DEPTH))
        waiting.extend((each, depth + 1) for each in inner)


def _inner(node: Any) -> Sequence[Any]:
    match node:
        # What most wordings are made of is asked for first.
        case s.Words() | s.SlotItem() | s.GapItem() | s.PhraseItem():
            return ()
        case s.AllOf(parts) | s.AnyOf(parts):
            return parts
        case s.Not(inner) | s.MaybeItem(inner):
            return (inner,)
        case s.ChoiceItem(options):
            return [item for option in options for item in option]
        case s.Compare(left, _, right):
            return [o for o in (left, right) if _inner(o)]
        case s.OneOf(left) | s.Presence(left):
            return [left] if _inner(left) else ()
        case s.Arithmetic(first, rest):
            return (first, *(operand for _, operand in rest))
        case s.Lookup(_, inner) | s.Weekday(inner):
            return (inner,)
    return _inner_happening(node)


def _inner_happening(node: Any) -> Sequence[Any]:
    match node:
        case s.Total(_, over) | s.NumberOf(over):
            return (over,)
        case s.Count(_, _, counted):
            return [counted] if _inner(counted) else ()
        case s.Order(first, _, second):
            return [h for h in (first, second) if _inner(h)]
        case s.Records(_, filters):
            return [f.value for f in filters if f.value]
        case s.Happening(filters=filters, within=within, since=since, since_last=last):
            return [o for o in (*(f.value for f in filters), within, since, last) if o]
    return ()
