"""Waivers: a person's word that one finding may stand, as files state them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from replylint.case.convert import FieldError
from replylint.case.fields import nearest
from replylint.case.moments import end, end_of_day
from replylint.case.tree import Tree
from replylint.source.problems import Problem
from replylint.source.spans import Location

REQUIRED = ("rule", "reason", "by", "role", "until")
NAMES = ("rule", "draft", "words", "reason", "by", "role", "until")
ANY = "*"


@dataclass(frozen=True)
class Waiver:
    """One waiver as it is written.

    rule: the rule whose finding it sets aside, `*` for any. draft: the draft's id, or a glob over ids and paths; empty
    in a draft's own waivers. words: digest of the words found, `sha256:<hex>`; empty for any words. reason, by: for
    the record. role: the role in the contract under which `by` speaks. until: the moment from which it no longer
    holds; a date holds to the end of that day, and neither has a time zone unless stated. where: its place.
    """

    rule: str
    draft: str
    words: str
    reason: str
    by: str
    role: str
    until: dt.datetime
    where: Location

    @property
    def last_minute(self) -> str:
        """The last minute in which it holds, such as `2026-12-10 23:59`."""
        return f"{self.until - dt.timedelta(minutes=1):%Y-%m-%d %H:%M}"

    @property
    def last_day(self) -> str:
        """The last day on which it holds, such as `2026-12-10`."""
        return f"{self.until - dt.timedelta(seconds=1):%Y-%m-%d}"


def read_waivers(tree: Tree) -> tuple[tuple[Waiver, ...], tuple[Problem, ...]]:
    """The waivers of a list, or of one mapping; and everything that is wrong with it."""
    if tree.value is None:
        return (), ()
    items = [tree.child(i) for i in range(len(tree.value))] if isinstance(tree.value, list) else [tree]
    waivers: list[Waiver] = []
    problems: list[Problem] = []
    for item in items:
        found = list(_mistakes(item))
        problems += found
        if not found:
            waivers.append(_waiver(item))
    return tuple(waivers), tuple(problems)


def _mistakes(item: Tree) -> Iterator[Problem]:
    if not isinstance(item.value, dict):
        yield Problem("case.waiver-not-a-list", item.where)
        return
    for key in item.value:
        if key not in NAMES:
            near = nearest(key, NAMES)
            sentence = "case.waiver-key-near" if near else "case.waiver-key"
            yield Problem(sentence, item.child(key).key_where, {"name": key, "near": near or "", "known": NAMES})
    missing = tuple(name for name in REQUIRED if item.value.get(name) in (None, ""))
    if missing:
        yield Problem("case.waiver-missing", item.where, {"missing": missing})
    for key, value in item.value.items():
        if key in NAMES and isinstance(value, list | dict):
            yield Problem("case.not-text", item.child(key).where, {"field": key})
    try:
        _until(item.value.get("until"))
    except FieldError as mistake:
        yield Problem(mistake.key, item.child("until").where, {"field": "until", **mistake.values})


def _waiver(item: Tree) -> Waiver:
    said = {name: str(item.value.get(name) or "").strip() for name in NAMES}
    until = _until(item.value["until"])
    assert until is not None
    return Waiver(said["rule"], said["draft"], said["words"].lower(), said["reason"], said["by"], said["role"], until,
                  item.where)  # fmt: skip


def _until(value: object) -> dt.datetime | None:
    """A moment; a date is the moment at which that day is over."""
    moment = end(value)
    if moment is not None and isinstance(value, str) and len(value.strip()) <= len("2026-12-31"):
        return end_of_day(moment)
    return moment
