"""From the tree of a contract file to typed values by dotted path, along the schema; every mistake on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from replylint.contract.entries import Entry
from replylint.contract.nearest import nearest
from replylint.contract.readers import READERS, currencies, date
from replylint.contract.shapes import Either, Form, Leaf, Leaves, Listing, Record, Shape, Table
from replylint.contract.tree import Node
from replylint.source.foreign_quotes import wrap
from replylint.source.problems import Problem, Saying
from replylint.source.spans import Location, Span
from replylint.source.values import Value

MAX_NODES = 20_000

# A text that begins with `#` is none, unless it is quoted; a comment has a space behind its sign.
_COMMENTED = re.compile(r":[ ]+#[^\s#]")
_ANY = re.compile(r".*", re.DOTALL)
# How the keys of a table are written, by their sort, and the sentence for one that is not.
_KEYS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "rule": (re.compile(r"[^\W_][\w-]*"), "not-name"),
    "field": (re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*){0,3}"), "not-field-name"),
    "key": (re.compile(r"[^.]*"), "not-table-key"),
    "name": (re.compile(r"[^\W\d]\w*"), "not-name"),
}


@dataclass
class Reading:
    """What has been read so far: entries by dotted path, and problems in the order of the file."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    visited: int = 0

    def problem(self, name: str, where: Location, **values: Saying) -> None:
        """Note a problem."""
        self.problems.append(Problem(f"contract.{name}", where, values))

    def read(self, shape: Shape, node: Node, path: str, key: Location) -> None:
        """Read a value of any shape; `key` is what stands for it where it is wanting as a whole."""
        self.visited += 1
        if self.visited > MAX_NODES:
            return
        if node.empty:
            self.problem("commented" if _COMMENTED.match(key.source.text, key.span.end) else "no-value", key, key=path)
        elif isinstance(shape, Either):
            self.read(_fitting(shape, node), node, path, key)
        elif isinstance(shape, Leaf):
            self._leaf(shape, node, path, key)
        elif isinstance(shape, Leaves):
            self._leaves(shape, node, path, key)
        else:
            # Known even if it cannot be read, so that what refers to it is not called unknown as well.
            self.entries[path] = Entry(None, None, key, key)
            if isinstance(shape, Listing):
                self._listing(shape, node, path)
            else:
                self._mapping(shape, node, path, key)

    def _leaf(self, shape: Leaf, node: Node, path: str, key: Location) -> None:
        value = self._value(shape.form, node, path)
        if value is not None:
            where = _together(key, node.where)
            self.entries[path] = Entry(value, shape.form, where, node.where, shape.contact)

    def _leaves(self, shape: Leaves, node: Node, path: str, key: Location) -> None:
        items = node.items if node.kind == "list" else (node,)
        self.visited += len(items)
        if self.visited > MAX_NODES:
            return
        values = [self._value(shape.form, item, path) for item in items]
        texts = tuple(str(value) for value in values if value is not None)
        self.entries[path] = Entry(texts, shape.form, _together(key, node.where), node.where, shape.contact)
        for number, (item, value) in enumerate(zip(items, values, strict=True), 1):
            if value is not None:
                self.entries[f"{path}.{number}"] = Entry(value, shape.form, item.where, item.where, shape.contact)

    def _listing(self, shape: Listing, node: Node, path: str) -> None:
        items = node.items if node.kind == "list" else (node,)
        for number, item in enumerate(items, 1):
            self.read(shape.item, item, f"{path}.{number}", _first_line(item.where))

    def _mapping(self, shape: Record | Table, node: Node, path: str, key: Location) -> None:
        if node.kind != "map":
            self._not_a_section(shape, node, path)
            return
        seen: dict[str, Location] = {}
        doubled = len(node.pairs) - len({name.text for name, _ in node.pairs})
        for name, value in node.pairs:
            inner = self._inner(shape, name, seen)
            if inner is not None:
                self.read(inner, value, f"{path}.{name.text}".lstrip("."), name.where)
        if isinstance(shape, Record):
            meant = {nearest(name, shape.fields) for name in seen if name not in shape.fields}
            missing = [name for name in shape.required if name not in seen and name not in meant]
            # A key that is not known, or stands twice, was meant to be the one that is missing.
            others = len([n for n in seen if n not in shape.fields and not nearest(n, shape.fields)]) + doubled
            if len(missing) > others:
                self.problem("missing-keys" if path else "missing-at-top", key, keys=tuple(missing), of=path)

    def _inner(self, shape: Record | Table, name: Node, seen: dict[str, Location]) -> Shape | None:
        if name.kind != "scalar" or not name.text:
            self.problem("bad-key", name.where)
            return None
        if _cut_by_comma(name.where):
            self.problem("comma-in-number", name.where, words=name.text)
            return None
        if name.text in seen:
            line, _ = seen[name.text].source.position(seen[name.text].span.start)
            self.problem("duplicate-key", name.where, key=name.text, line=str(line))
            return None
        seen[name.text] = name.where
        if isinstance(shape, Record):
            if name.text not in shape.fields:
                self._unknown(name, shape.fields)
            return shape.fields.get(name.text)
        if shape.keys == "date" and date(name.text) is None:
            self.problem("not-date", name.where, words=name.text)
            return None
        pattern, wrong = _KEYS.get(shape.keys, (_ANY, ""))
        if not pattern.fullmatch(name.text):
            self.problem(wrong, name.where, words=name.text)
            return None
        return shape.item

    def _unknown(self, name: Node, known: Iterable[str]) -> None:
        if name.text == "<<":
            self.problem("merge-key", name.where)
            return
        known = tuple(known)
        if ":" in name.text and name.text.partition(":")[0] in known:
            colon = name.where.span.start + name.where.words.index(":")
            self.problem("colon-space", Location(name.where.source, Span(colon, colon + 1)))
            return
        near = nearest(name.text, known)
        suffix = "-near" if near else ""
        values: dict[str, Saying] = {"key": name.text, "near": near or "", "known": tuple(known)}
        self.problem(f"unknown-key{suffix}", name.where, **values)

    def _not_a_section(self, shape: Record | Table, node: Node, path: str) -> None:
        if node.kind == "scalar" and "：" in node.text:
            self.problem("full-width-colon", _first_line(node.where))
            return
        known = list(shape.fields)[:4] if isinstance(shape, Record) else []
        name = ("not-section-keys" if known else "not-section") if path else "not-contract"
        self.problem(name, _first_line(node.where), key=path, words=_short(node), known=tuple(known))

    def _value(self, form: Form, node: Node, path: str) -> Value | None:
        if node.empty:
            self.problem("no-value", _first_line(node.where), key=path)
            return None
        if node.kind != "scalar":
            self.problem("not-single", _first_line(node.where), key=path)
            return None
        if not node.quoted and wrap(node.text):
            self.problem("foreign-quotes", _first_line(node.where), signs=node.text[0] + node.text[-1])
            return None
        value = READERS.get(form, READERS["text"])(node.text)
        if value is None:
            known = currencies() if form == "money" else ()
            self.problem(f"not-{form}", _first_line(node.where), key=path, words=_short(node), known=known)
        return value


def _fitting(shape: Either, node: Node) -> Shape:
    """The shape that what is written is meant to have."""
    if node.kind == "list":
        return shape.list or shape.map
    return shape.map if node.kind == "map" else shape.scalar


def _together(key: Location, value: Location) -> Location:
    joined = key.span.cover(value.span)
    same_line = "\n" not in key.source.text[joined.start : joined.end]
    return Location(key.source, joined) if same_line else key


def _first_line(where: Location) -> Location:
    first = where.words.split("\n", 1)[0].rstrip()
    return Location(where.source, Span(where.span.start, where.span.start + len(first)))


def _short(node: Node) -> str:
    words = node.text if node.kind == "scalar" else _first_line(node.where).words
    return words if len(words) <= 40 else words[:39] + "…"


def _cut_by_comma(where: Location) -> bool:
    """Whether a key in braces is the end of a number: `{limit: TWD 5,000}`."""
    text, start = where.source.text, where.span.start
    return bool(re.fullmatch(r"[0-9],[0-9]", text[max(start - 2, 0) : start + 1]))
