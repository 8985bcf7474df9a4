"""What stands in a tree for a condition that could not be read, so that the rest of its rule can be looked into."""

from __future__ import annotations

from replylint.language import syntax as s
from replylint.source.spans import Source

UNREAD = "_"
"""A name as the parser reads it; no fact is called so."""


def is_unread(node: s.Condition, source: Source) -> bool:
    """Whether a mention is none of the writer's, but stands for a condition of which a mistake was told."""
    return (
        isinstance(node, s.Mention)
        and node.type.written == UNREAD
        and source.text[node.span.start : node.span.end] != UNREAD
    )


def holds_unread(node: s.Condition, source: Source) -> bool:
    """Whether such a one is anywhere in a condition."""
    match node:
        case s.Not(inner):
            return holds_unread(inner, source)
        case s.AllOf(parts) | s.AnyOf(parts):
            return any(holds_unread(part, source) for part in parts)
        case _:
            return is_unread(node, source)
