"""Drill files: YAML, checked as a whole; every mistake with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from replylint.case import convert
from replylint.case.convert import FieldError
from replylint.case.encoding import decode
from replylint.case.fields import SEVERITIES, nearest
from replylint.case.find import regular_file
from replylint.case.history import read_history
from replylint.case.limits import MAX_DOCUMENT_BYTES, UNSTATED_CURRENCY
from replylint.case.model import Action, Field, Unreadable
from replylint.case.tree import Tree
from replylint.case.yaml_files import read_yaml
from replylint.contract.actions import spellings, usual
from replylint.contract.clocks import aware
from replylint.contract.model import Contract
from replylint.contract.readers import READERS
from replylint.contract.reckoning import resolve
from replylint.contract.schema import EMERGENCIES
from replylint.sla.drills.model import Drill, Happening, Wanted
from replylint.sla.drills.surge import surged
from replylint.sla.rows import SAME
from replylint.source.failures import reason_of
from replylint.source.problems import Problem, Saying
from replylint.source.resources import grammar_table
from replylint.source.spans import Location, Source, Span
from replylint.source.values import Duration

_KEYS = ("drill", "emergency", "about", "begins", "ends", "timeline", "expect")
_REQUIRED = ("drill", "emergency", "timeline")
_WANTED = ("event", "never", "review", "to", "role", "within", "before", "because")
MOST_HAPPENINGS = 2_000


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
    reading = _Reading(trees[0], contract)
    drill = reading.drill()
    return drill if drill is not None and not reading.problems else tuple(reading.problems)


@dataclass
class _Reading:
    tree: Tree
    contract: Contract
    problems: list[Problem] = field(default_factory=list)

    def problem(self, key: str, where: Location, **values: Saying) -> None:
        self.problems.append(Problem(f"sla.{key}", where, values))

    def drill(self) -> Drill | None:
        parts = self._parts(self.tree, _KEYS)
        # A part may be there under the name that is told to be a mistake.
        for name in () if self.problems else _REQUIRED:
            if name not in parts:
                self.problem("drill-lacks", _first_line(self.tree), name=name, known=_REQUIRED)
        if self.problems:
            return None
        emergency = self._emergency(parts["emergency"])
        timeline = self._timeline(parts["timeline"])
        begins, ends = (self._moment(parts[name]) if name in parts else None for name in ("begins", "ends"))
        if self.problems or not timeline:
            return None
        start = begins or self._begin(emergency, timeline, parts["emergency"])
        if start is None:
            return None
        wanted = tuple(self._wanted(parts["expect"], start)) if "expect" in parts else ()
        last = max(happening.at for happening in timeline)
        texts = [self._text(parts[name]) if name in parts else "" for name in ("drill", "about")]
        return Drill(self.tree.source, texts[0], texts[1], emergency, start, ends or last, timeline, wanted)

    def _parts(self, tree: Tree, known: Sequence[str]) -> dict[str, Tree]:
        """The parts of a mapping by their names; an unknown one is a mistake."""
        found: dict[str, Tree] = {}
        for key in tree.value:
            name = _names().get(usual(key), "")
            if name in known and name not in found:
                found[name] = tree.child(key)
                continue
            near = nearest(usual(key), tuple(n for n, of in _names().items() if of in known))
            where = tree.child(key).key_where
            if name in known:
                self.problem("drill-twice", where, name=key)
            elif near:
                self.problem("drill-key-near", where, name=key, near=near)
            else:
                self.problem("drill-key", where, name=key, known=tuple(known))
        return found

    def _emergency(self, tree: Tree) -> str:
        stated = self._text(tree)
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

    def _timeline(self, tree: Tree) -> tuple[Happening, ...]:
        if not isinstance(tree.value, list) or not tree.value:
            self.problem("drill-timeline", tree.key_where)
            return ()
        if len(tree.value) > MOST_HAPPENINGS:
            self.problem("drill-long", tree.key_where, most=f"{MOST_HAPPENINGS:,}")
            return ()
        actions, problems = read_history(tree, UNSTATED_CURRENCY)
        self.problems += problems
        found = [happening for action in actions if (happening := self._happening(action)) is not None]
        # What happens at the same minute keeps the order of the file.
        return tuple(sorted(found, key=lambda happening: happening.at.astimezone(dt.UTC)))

    def _happening(self, action: Action) -> Happening | None:
        name = self._event(action.name, action.named or action.where)
        at = action.parameters.get("at")
        if name is None or at is None or not isinstance(at.value, dt.datetime):
            return None
        stated = {_names().get(usual(key), usual(key)): value for key, value in action.parameters.items()}
        texts = {key: _words(value) for key, value in stated.items()}
        by = texts.get("by", "")
        return Happening(
            name, aware(at.value, self.contract), action.where, texts.get("review", ""), by,
            self._role(stated.get("role")) or self._role_of(by), texts.get("to", ""), texts.get("from", ""),
            texts.get("text", ""), texts.get("reason", ""), self._level(stated.get("severity")),
            self._rating(stated.get("rating")),
        )  # fmt: skip

    def _event(self, name: str, where: Location) -> str | None:
        known = {**spellings(self.contract.actions.values()), **_events()}
        found = known.get(usual(name))
        if found is not None:
            return SAME.get(found, found)
        near = nearest(usual(name), tuple(known))
        if near:
            self.problem("event-near", where, name=name, near=near)
        else:
            self.problem("event-unknown", where, name=name, known=tuple(sorted(set(_events().values()))))
        return None

    def _level(self, stated: Field | None) -> str:
        if stated is None:
            return ""
        levels = {word: name for word, name in convert.spellings("choices").items() if name in SEVERITIES}
        try:
            return convert.choice(str(stated.value), levels) or ""
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, stated.where, {"field": "severity", **mistake.values}))
            return ""

    def _rating(self, stated: Field | None) -> int | None:
        if stated is None:
            return None
        try:
            stars = convert.rating(stated.value if isinstance(stated.value, Decimal) else str(stated.value))
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, stated.where, {"field": "rating", **mistake.values}))
            return None
        return None if stars is None else int(stars)

    def _role(self, stated: Field | None) -> str:
        """The role that a name or a title stands for; one that the contract lacks is a mistake."""
        return self._known_role(str(stated.value), stated.where) if stated is not None else ""

    def _known_role(self, words: str, where: Location) -> str:
        roles = self.contract.role_names
        if usual(words) in roles:
            return roles[usual(words)]
        near = nearest(usual(words), tuple(roles))
        if near:
            self.problem("role-near", where, name=words, near=near)
        else:
            self.problem("role-unknown", where, name=words, known=tuple(dict.fromkeys(roles.values())))
        return ""

    def _role_of(self, person: str) -> str:
        people = ((role, name) for role in set(self.contract.role_names.values())
                  for name, _ in self.contract.people(role))  # fmt: skip
        return next((role for role, name in people if person and usual(name) == usual(person)), "")

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
            wanted = self._one_wanted(item, self._parts(item, _WANTED), start)
            if wanted is not None and len(self.problems) == before:
                yield wanted

    def _one_wanted(self, item: Tree, parts: Mapping[str, Tree], start: dt.datetime) -> Wanted | None:
        if ("event" in parts) == ("never" in parts):
            self.problem("drill-what", item.where)
            return None
        named = parts.get("event") or parts["never"]
        values = [named.child(i) for i in range(len(named.value))] if isinstance(named.value, list) else [named]
        names = [self._event(self._text(value), value.where) for value in values]
        due = self._due(parts, start)
        if due is None and "never" not in parts:
            self.problem("drill-when", item.where)
        role = self._known_role(self._text(parts["role"]), parts["role"].where) if "role" in parts else ""
        to = self._known_role(self._text(parts["to"]), parts["to"].where) if "to" in parts else ""
        review, because = (self._text(parts[name]) if name in parts else "" for name in ("review", "because"))
        return Wanted(tuple(n for n in names if n), item.where, due, "never" in parts, review, to, role, because)

    def _due(self, parts: Mapping[str, Tree], start: dt.datetime) -> dt.datetime | None:
        if "before" in parts:
            return self._moment(parts["before"])
        if "within" not in parts:
            return None
        words = self._text(parts["within"])
        length = READERS["duration"](words)
        if not isinstance(length, Duration):
            self.problem("drill-length", parts["within"].where, words=words)
            return None
        return resolve(length, start, self.contract)

    def _moment(self, tree: Tree) -> dt.datetime | None:
        try:
            found = convert.moment(tree.value)
        except FieldError:
            found = None
        if found is None:
            self.problem("drill-moment", tree.where, words=tree.where.words)
            return None
        return aware(found, self.contract)

    def _text(self, tree: Tree) -> str:
        try:
            return convert.name(tree.value) or ""
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, tree.where, {"field": str(tree.path[-1])}))
            return ""


def _words(value: Field) -> str:
    shown: Any = value.value
    return ", ".join(shown) if isinstance(shown, tuple) else str(shown)


def _first_line(tree: Tree) -> Location:
    line = tree.source.line_at(tree.where.span.start)
    return Location(tree.source, Span(line.start, line.end))


def _names() -> Mapping[str, str]:
    table: Mapping[str, Mapping[str, Any]] = grammar_table("names.yml")["drill"]
    found: dict[str, str] = {}
    for name, row in table.items():
        spelt = [word for lang in ("en", "zh") for word in ([row[lang]] if isinstance(row[lang], str) else row[lang])]
        found |= {usual(word): name for word in (name, *spelt)}
    return found


def _events() -> Mapping[str, str]:
    return {usual(word): name for word, name in convert.spellings("events").items()}
