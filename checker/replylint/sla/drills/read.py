"""Drill files: YAML, checked as a whole; every mistake with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from replylint.case import convert
from replylint.case.encoding import decode
from replylint.case.fields import nearest
from replylint.case.find import regular_file
from replylint.case.limits import MAX_DOCUMENT_BYTES
from replylint.case.model import Unreadable
from replylint.case.tree import Tree
from replylint.case.yaml_files import read_yaml
from replylint.contract.actions import usual
from replylint.contract.model import Contract
from replylint.contract.readers import READERS
from replylint.contract.reckoning import resolve
from replylint.contract.schema import EMERGENCIES
from replylint.sla.drills.model import Drill, Happening, Wanted
from replylint.sla.drills.surge import surged
from replylint.sla.drills.timeline import TimelineReader
from replylint.sla.drills.words import Words
from replylint.source.failures import reason_of
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Duration

_KEYS = ("drill", "emergency", "about", "begins", "ends", "timeline", "expect")
_REQUIRED = ("drill", "emergency", "timeline")
_WANTED = ("event", "never", "review", "to", "role", "within", "before", "because")


def read_drill(path: Path, contract: Contract) -> Drill | tuple[Problem, ...]:
    """A drill file under a contract, or everything that is wrong with it."""
    found = regular_file(path)
    if isinstance(found, Unreadable):
        return found.problems
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        return (Problem("case.cannot-open", values={"name": path.as_posix(), "reason": reason_of(error)}),)
    source = decode(data, path.as_posix())
    return (source,) if isinstance(source, Problem) else parse_drill(source, contract)


def parse_drill(source: Source, contract: Contract) -> Drill | tuple[Problem, ...]:
    """A drill's text under a contract, or everything that is wrong with it."""
    found = read_yaml(source)
    trees = [tree for tree in found if isinstance(tree, Tree)]
    if len(trees) != len(found):
        return tuple(problem for problem in found if isinstance(problem, Problem))
    if len(trees) != 1 or not isinstance(trees[0].value, dict):
        return (Problem("sla.not-a-drill", trees[0].where if trees else None),)
    reading = _Reading(contract, [], trees[0])
    drill = reading.drill()
    return drill if drill is not None and not reading.problems else tuple(reading.problems)


@dataclass
class _Reading(Words):
    tree: Tree

    def drill(self) -> Drill | None:
        parts = self.parts(self.tree, _KEYS)
        # A part may be there under the name that is told to be a mistake.
        for name in () if self.problems else _REQUIRED:
            if name not in parts:
                self.problem("drill-lacks", _first_line(self.tree), name=name, known=_REQUIRED)
        if self.problems:
            return None
        emergency = self._emergency(parts["emergency"])
        timeline = TimelineReader(self.contract, self.problems).read(parts["timeline"])
        begins, ends = (self.moment(parts[name]) if name in parts else None for name in ("begins", "ends"))
        if self.problems or not timeline:
            return None
        start = begins or self._begin(emergency, timeline, parts["emergency"])
        if start is None:
            return None
        wanted = tuple(self._wanted(parts["expect"], start)) if "expect" in parts else ()
        last = max(happening.at for happening in timeline)
        texts = [self.text(parts[name]) if name in parts else "" for name in ("drill", "about")]
        return Drill(self.tree.source, texts[0], texts[1], emergency, start, ends or last, timeline, wanted)

    def _emergency(self, tree: Tree) -> str:
        stated = self.text(tree)
        there = [name for name in EMERGENCIES if f"emergencies.{name}" in self.contract]
        names = {usual(word): key for word, key in convert.spellings("fields").items() if key in there}
        if usual(stated) in names:
            return names[usual(stated)]
        near = nearest(usual(stated), tuple(names))
        if near:
            self.problem("emergency-near", tree.where, name=stated, near=near)
        else:
            self.problem("emergency-unknown", tree.where, name=stated, known=tuple(there))
        return ""

    def _begin(self, emergency: str, timeline: Sequence[Happening], tree: Tree) -> dt.datetime | None:
        if emergency != "surge":
            return timeline[0].at
        begun = surged(timeline, self.contract)
        if begun is None:
            section = "emergencies.surge"
            values = {name: str(self.contract.value(f"{section}.{name}")) for name in ("reviews", "within")}
            self.problem("no-surge", tree.where, **values)
        return begun

    def _wanted(self, tree: Tree, start: dt.datetime) -> Iterator[Wanted]:
        if not isinstance(tree.value, list):
            self.problem("drill-expect", tree.key_where)
            return
        for number in range(len(tree.value)):
            item = tree.child(number)
            if not isinstance(item.value, dict):
                self.problem("drill-expect", item.where)
                continue
            before = len(self.problems)
            wanted = self._one_wanted(item, self.parts(item, _WANTED), start)
            if wanted is not None and len(self.problems) == before:
                yield wanted

    def _one_wanted(self, item: Tree, parts: Mapping[str, Tree], start: dt.datetime) -> Wanted | None:
        if ("event" in parts) == ("never" in parts):
            self.problem("drill-what", item.where)
            return None
        named = parts.get("event") or parts["never"]
        values = [named.child(i) for i in range(len(named.value))] if isinstance(named.value, list) else [named]
        names = [self.event(self.text(value), value.where) for value in values]
        due = self._due(parts, start)
        if due is None and "never" not in parts:
            self.problem("drill-when", item.where)
        role = self.known_role(self.text(parts["role"]), parts["role"].where) if "role" in parts else ""
        to = self.known_role(self.text(parts["to"]), parts["to"].where) if "to" in parts else ""
        review, because = (self.text(parts[name]) if name in parts else "" for name in ("review", "because"))
        return Wanted(tuple(n for n in names if n), item.where, due, "never" in parts, review, to, role, because)

    def _due(self, parts: Mapping[str, Tree], start: dt.datetime) -> dt.datetime | None:
        if "before" in parts:
            return self.moment(parts["before"])
        if "within" not in parts:
            return None
        words = self.text(parts["within"])
        length = READERS["duration"](words)
        if not isinstance(length, Duration):
            self.problem("drill-length", parts["within"].where, words=words)
            return None
        return resolve(length, start, self.contract)


def _first_line(tree: Tree) -> Location:
    line = tree.source.line_at(tree.where.span.start)
    return Location(tree.source, Span(line.start, line.end))
