"""A YAML text as a tree of values with their places.

Built from the parser's events rather than by `yaml.compose`: PyYAML's C composer recurses without a bound and takes
the interpreter down on a few thousand nested brackets. Scalars stay text, so YAML's guesses (`no`, `18:00`, `012`)
never change what was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from replylint.source.spans import Location, Source, Span

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40


@dataclass(frozen=True)
class Node:
    """One value of a YAML text.

    kind: scalar has `text` (and `quoted` when it stood in quotes or as a block), list has `items`, map has `pairs`.
    An alias is the very node that its anchor names.
    """

    kind: Literal["scalar", "list", "map"]
    where: Location
    text: str = ""
    quoted: bool = False
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is written here: `key:` with no value, `~` or `null`."""
        return self.kind == "scalar" and not self.quoted and self.text in ("", "~", "null", "Null", "NULL")


class TreeError(Exception):
    """The text is no YAML.

    reason: the parser's own, in English. where: the place at which it gave up. opened: where what it was reading began,
    such as the quotation mark that is never closed; None when it does not say.
    """

    def __init__(self, reason: str, where: Location, opened: Location | None = None):
        self.reason, self.where, self.opened = reason, where, opened
        super().__init__(reason)


def compose(source: Source) -> Node | None:
    """The tree of the one YAML document in a text; None when there is none. Raises TreeError."""
    builder = _Builder(source, iter(yaml.parse(source.text, _Loader)))
    try:
        return builder.document()
    except yaml.reader.ReaderError as error:
        raise TreeError(str(error.reason), _at(source, error.position)) from error
    except yaml.MarkedYAMLError as error:
        reason = " ".join(part for part in (error.context, error.problem) if part)
        opened = _at(source, error.context_mark.index) if error.context_mark else None
        where = _at(source, error.problem_mark.index) if error.problem_mark else opened
        raise TreeError(reason, where or _at(source, 0), opened) from error


class _Builder:
    def __init__(self, source: Source, events: Iterator[Any]):
        self._source, self._events = source, events
        self._anchors: dict[str, Node] = {}

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise TreeError("more than one document", self._place(event))
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise TreeError("nested too deeply", self._place(event))
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise TreeError("found undefined alias", self._place(event))
            return self._anchors[event.anchor]
        node = self._content(event, depth)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _content(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Node("scalar", self._place(event), event.value, quoted=event.style is not None and event.style != "")
        children: list[Node] = []
        for child in self._events:
            if isinstance(child, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                where = self._place(event, child)
                if isinstance(event, yaml.SequenceStartEvent):
                    return Node("list", where, items=tuple(children))
                return Node("map", where, pairs=tuple(zip(children[::2], children[1::2], strict=True)))
            children.append(self._node(child, depth + 1))
        raise TreeError("unexpected end", self._place(event))

    def _place(self, first: Any, last: Any = None) -> Location:
        start, end = first.start_mark.index, (last or first).end_mark.index
        words = self._source.text[start:end]
        return Location(self._source, Span(start, start + len(words.rstrip())))


def _at(source: Source, offset: int) -> Location:
    start = min(offset, max(len(source.text) - 1, 0))
    return Location(source, Span(start, min(start + 1, len(source.text))))
