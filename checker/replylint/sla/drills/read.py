"""Drill files: YAML, checked as a whole; every mistake with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

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
from replylint.contract.terms import EMERGENCIES
from replylint.language.show import show
from replylint.sla.drills.model import Drill, Happening, Wanted
from replylint.sla.drills.surge import surged
from replylint.sla.drills.timeline import TimelineReader
from replylint.sla.drills.words import Words, called, names
from replylint.source.failures import reason_of
from replylint.source.names import section
from replylint.source.problems import Problem, Said
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Duration

_KEYS = ("drill", "emergency", "about", "begins", "ends", "timeline", "expect")
_REQUIRED = ("drill", "emergency", "timeline")
_MOST_REVIEWS = 12
_ANY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
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
    problems = sorted(reading.problems, key=lambda each: each.where.span.start if each.where else 0)
    return drill if drill is not None and not problems else tuple(problems)


@dataclass
class _Reading(Words):
    tree: Tree

    def drill(self) -> Drill | None:
        parts = self.parts(self.tree, _KEYS)
        # A part may be there under the name that is told to be a mistake.
        for name in () if self.problems else _REQUIRED:
            if name not in parts:
                known = tuple(map(called, _REQUIRED))
                self.problem("drill-lacks", _first_line(self.tree), name=called(name), known=known)
        emergency = self._emergency(parts["emergency"]) if "emergency" in parts else ""
        reader = TimelineReader(self.contract, self.problems)
        timeline = reader.read(parts["timeline"]) if "timeline" in parts else ()
        begins, ends = (self.moment(parts[name]) if name in parts else None for name in ("begins", "ends"))
        start = begins
        if start is None and timeline and not self.problems:
            start = self._begin(emergency, timeline, parts["emergency"])
        # Expectations are read from any moment on, so that their mistakes are told with the others.
        there = frozenset(self._reviews(parts["timeline"])) if "timeline" in parts else frozenset[str]()
        wanted = tuple(self._wanted(parts["expect"], start or _ANY, there)) if "expect" in parts else ()
        if self.problems or start is None:
            return None
        last = max(happening.at for happening in timeline)
        texts = [self.text(parts[name]) if name in parts else "" for name in ("drill", "about")]
        return Drill(self.tree.source, texts[0], texts[1], emergency, start, ends or last, timeline, wanted)

    def _reviews(self, tree: Tree) -> Iterator[str]:
        """The reviews that entries of the timeline name, whatever else is wrong with them."""
        for entry in tree.value if isinstance(tree.value, list) else ():
            stated = entry.items() if isinstance(entry, dict) else ()
            yield from (str(value) for key, value in stated if names().get(usual(key)) == "review")

    def _emergency(self, tree: Tree) -> str:
        stated = self.text(tree)
        there = [name for name in EMERGENCIES if f"emergencies.{name}" in self.contract]
        names = {usual(word): key for word, key in section("fields").canonical.items() if key in there}
        if usual(stated) in names:
            return names[usual(stated)]
        near = nearest(usual(stated), tuple(names))
        if near:
            self.problem("emergency-near", tree.where, name=stated, near=near)
        else:
            known = tuple(Said("evaluate.name", section("fields").titles(name)) for name in there)
            self.problem("emergency-unknown", tree.where, name=stated, known=known)
        return ""

    def _begin(self, emergency: str, timeline: Sequence[Happening], tree: Tree) -> dt.datetime | None:
        if emergency != "surge":
            return timeline[0].at
        begun = surged(timeline, self.contract)
        if begun is None:
            section = "emergencies.surge"
            reviews, within = (self.contract.value(f"{section}.{name}") for name in ("reviews", "within"))
            forms = {"en": show(within, "en"), "zh": show(within, "zh")} if within is not None else {"en": "", "zh": ""}
            self.problem("no-surge", tree.where, reviews=str(reviews), within=Said("evaluate.name", forms))
        return begun

    def _wanted(self, tree: Tree, start: dt.datetime, there: Set[str]) -> Iterator[Wanted]:
        """there: the reviews that the timeline speaks of."""
        if not isinstance(tree.value, list):
            self.problem("drill-expect", tree.key_where)
            return
        for number in range(len(tree.value)):
            item = tree.child(number)
            if not isinstance(item.value, dict):
                self.problem("drill-expect", item.where)
                continue
            before = len(self.problems)
            wanted = self._one_wanted(item, self.parts(item, _WANTED), start, there)
            if wanted is not None and len(self.problems) == before:
                yield wanted

    def _one_wanted(
        self, item: Tree, parts: Mapping[str, Tree], start: dt.datetime, there: Set[str]
    ) -> Wanted | None:
        if ("event" in parts) == ("never" in parts):
            self.problem("drill-what", item.where)
            return None
        named = parts.get("event") or parts["never"]
        values = [named.child(i) for i in range(len(named.value))] if isinstance(named.value, list) else [named]
        names = [self.event(self.text(value), value.where) for value in values]
        due = self._due(parts, start)
        # What is misspelt, or cannot be read, is told already.
        stated = {"within", "before"} & parts.keys() or len(parts) < len(item.value)
        if due is None and "never" not in parts and not stated:
            self.problem("drill-when", item.where)
        if "review" in parts and (review := self.text(parts["review"])) not in there:
            known = tuple(sorted(there)[:_MOST_REVIEWS])
            self.problem("drill-review", parts["review"].where, name=review, known=known)
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
