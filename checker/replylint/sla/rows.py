"""Rows of event logs: from a mapping with any of the known spellings to an event, or to what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from replylint.case import convert
from replylint.case.convert import FieldError
from replylint.case.fields import SEVERITIES, nearest
from replylint.case.stated import states_reply
from replylint.case.tree import Tree
from replylint.contract.actions import as_done
from replylint.sla.model import UNREADABLE, Event, Place, When
from replylint.sla.moments import when
from replylint.source.names import section
from replylint.source.problems import Problem, Saying
from replylint.source.resources import grammar_table

Told = Callable[[str, str, Place], None]
"""Takes a note: its key, what it is about, and where."""

LevelOf = Callable[[int], str]
"""The severity level of a review with so many stars."""


class Context(NamedTuple):
    """What rows are read with: the brand's zone, levels by stars, its own actions by spelling, and where notes go."""

    zone: dt.tzinfo
    level_of: LevelOf
    actions: Mapping[str, str]
    told: Told


def is_event(tree: Tree) -> bool:
    """Whether a row is an event and no case, whose planned actions may stand under the same name."""
    return isinstance(tree.value, dict) and states_events(tuple(tree.value))


@lru_cache(256)
def states_events(names: tuple[str, ...]) -> bool:
    """Whether a table with these columns is an event log."""
    return "event" in _columns(names)[0] and not states_reply(names)


def event_of(tree: Tree, context: Context) -> Event | tuple[Problem, ...]:
    """The event of a row, or everything that is wrong with the row."""
    reading = _Row(tree, context)
    case = reading.text("case")
    place = _place(tree)
    if not case:
        reading.problem("no-case", tree)
    name = reading.event()
    at = reading.when(place)
    level = reading.level(place)
    sender = reading.side()
    if reading.problems or name is None:
        return tuple(reading.problems)
    return Event(
        case, name, at, place, reading.text("by"), reading.text("role"), level, reading.text("reason"), sender
    )  # fmt: skip


def damaged(tree: Tree, zone: dt.tzinfo) -> Event | None:
    """What stands for a row that cannot be read, where at least its case can be; with its time, where that can be."""
    known = _columns(tuple(tree.value))[0] if isinstance(tree.value, dict) else {}
    case, level, at = (tree.value[known[name]] if name in known else None for name in ("case", "severity", "at"))
    if not isinstance(case, str) or not case.strip():
        return None
    try:
        happened = when(at, zone)[0]
    except FieldError:
        happened = None
    return Event(case.strip(), UNREADABLE, happened, _place(tree), level=UNREADABLE if level else "")


def _place(tree: Tree) -> Place:
    """The line on which a row begins; a row that is a source of its own need not be searched for it."""
    source = tree.source
    return Place(source.path, source.position(tree.where.span.start)[0] if tree.path else source.first_line)


class _Row:
    def __init__(self, tree: Tree, context: Context):
        self.tree, self.context = tree, context
        self.keys, self.ignored = _columns(tuple(tree.value))
        self.problems: list[Problem] = []
        if self.ignored:
            self._note_ignored()

    def _note_ignored(self) -> None:
        place = Place(self.tree.source.path, self.tree.source.first_line)
        for name in self.ignored:
            self.context.told("column-left-out", name, place)

    def problem(self, key: str, where: Tree, **values: Saying) -> None:
        self.problems.append(Problem(f"sla.{key}", where.where, values))

    def value(self, column: str) -> Any:
        key = self.keys.get(column)
        return None if key is None else self.tree.value[key]

    def child(self, column: str) -> Tree:
        return self.tree.child(self.keys[column])

    def text(self, column: str) -> str:
        value = self.value(column)
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, dict):  # a person with a name, say
            value = value.get("name", value.get("id"))
        try:
            return convert.name(value) or ""
        except FieldError as mistake:
            self.problems.append(Problem(mistake.key, self.child(column).where, {"field": self.keys[column]}))
            return ""

    def event(self) -> str | None:
        words = self.text("event")
        name = _event_names().get(usual := _usual(words)) or self.context.actions.get(usual)
        if name:
            return as_done(name)
        if not words:
            if not self.problems:
                self.problem("no-event", self.tree)
            return None
        self._unknown_event(words)
        return None

    def _unknown_event(self, words: str) -> None:
        """An event that nobody knows may be the very one that a clock waits for."""
        where, meant = self.child("event"), _event_slips().get(_usual(words), ())
        known = {**_event_names(), **self.context.actions}
        if meant:
            self.problem("event-meant", where, name=words, meant=meant)
        elif near := nearest(_usual(words), tuple(known)):
            self.problem("event-near", where, name=words, near=near)
        else:
            self.problem("event-unknown", where, name=words, known=tuple(section("events").spellings))

    def when(self, place: Place) -> When | None:
        try:
            found, zoned = when(self.value("at"), self.context.zone)
        except FieldError:
            self.context.told("no-time-read", str(self.value("at")), place)
            return None
        if found is None:
            self.context.told("no-time", "", place)
        elif not zoned:
            self.context.told("no-zone", "", place)
        return found

    def level(self, place: Place) -> str:
        try:
            stated = convert.choice(self.value("severity"), _levels())
            if stated:
                return stated
            stars = convert.rating(self.value("rating"))
        except FieldError as mistake:
            column = "severity" if mistake.key == "case.not-choice" else "rating"
            values = {"field": self.keys[column], **mistake.values}
            self.problems.append(Problem(mistake.key, self.child(column).where, values))
            return ""
        level = self.context.level_of(int(stars)) if stars is not None else ""
        if level:
            self.context.told("level-by-stars", "", place)
        return level

    def side(self) -> str:
        words = self.text("from").lower() if "from" in self.keys else ""
        return section("choices").canonical.get(words, words) if words else ""


def _usual(words: str) -> str:
    return words.strip().lower().replace(" ", "_").replace("-", "_")


@cache
def _event_names() -> Mapping[str, str]:
    sections = ("log_events", "actions", "events")
    return {_usual(k): v for name in sections for k, v in section(name).canonical.items()}


@cache
def _event_slips() -> Mapping[str, tuple[str, ...]]:
    """Names that may mean one event or another, with those that they may mean."""
    found: dict[str, tuple[str, ...]] = {}
    for event, words in grammar_table("slips.yml")["events"].items():
        for word in words:
            found[_usual(word)] = (*found.get(_usual(word), ()), event)
    return found


@cache
def _levels() -> Mapping[str, str]:
    return {word: name for word, name in section("choices").canonical.items() if name in SEVERITIES}


@lru_cache(256)
def _columns(keys: tuple[str, ...]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The key of each known column of a row, and the keys that no column has."""
    there = {_usual(key): key for key in reversed(keys)}
    spelt = {name: forms["en"] + forms["zh"] for name, forms in section("columns").spellings.items()}
    found = {name: next((there[s] for s in words if s in there), None) for name, words in spelt.items()}
    known = {name: key for name, key in found.items() if key is not None}
    return known, tuple(key for key in keys if key and key not in known.values())

