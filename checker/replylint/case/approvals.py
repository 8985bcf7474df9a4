"""Approvals as files state them: who approved which text, in which role, when, and until when it holds.

- brand_manager
- {role: brand_manager, by: 林經理, at: 2026-11-20T09:00+08:00, until: 2026-11-23, digest: "sha256:…"}
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from replylint.case import convert
from replylint.case.convert import FieldError
from replylint.case.fields import nearest
from replylint.case.moments import end, end_of_day, moment
from replylint.case.tree import Tree
from replylint.source.names import section
from replylint.source.problems import Problem
from replylint.source.spans import Location

NAMES = ("role", "by", "at", "until", "digest")
_SEPARATORS = re.compile("[;；,，、]")
_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")


@dataclass(frozen=True)
class Approval:
    """One approval. What is not stated is None; moments have no time zone unless one is stated.

    role: the role in the contract in which it was given. by: who gave it. at: when. until: the moment from which it
    no longer holds; a date holds to the end of that day. digest: of what was approved, see `evaluate.approvals`.
    where: the approval's place; named: where its role stands.
    """

    role: str
    where: Location
    named: Location
    by: str | None = None
    at: dt.datetime | None = None
    until: dt.datetime | None = None
    digest: str | None = None


def read_approvals(tree: Tree) -> tuple[tuple[Approval, ...], tuple[Problem, ...]]:
    """The approvals of a list, a mapping or a text that names roles; and everything that is wrong with them."""
    items = [tree.child(i) for i in range(len(tree.value))] if isinstance(tree.value, list) else [tree]
    found: list[Approval] = []
    problems: list[Problem] = []
    for item in items:
        if isinstance(item.value, dict):
            found += _stated(item, problems)
            continue
        try:
            found += _named(item)
        except FieldError as mistake:
            problems.append(Problem(mistake.key, item.where, {"field": "approvals", **mistake.values}))
    return tuple(found), tuple(problems)


def _named(item: Tree) -> Iterator[Approval]:
    """Roles alone; a text may name several."""
    for role in _SEPARATORS.split(convert.name(item.value) or ""):
        if role.strip():
            yield Approval(role.strip(), item.where, item.where)


def _stated(item: Tree, problems: list[Problem]) -> Iterator[Approval]:
    before = len(problems)
    spellings = section("approvals").canonical
    values: dict[str, Any] = {}
    for key in item.value:
        name = spellings.get(key.strip().lower())
        part = item.child(key)
        if name is None:
            near = nearest(key, tuple(spellings))
            problems.append(
                Problem("case.approval-near", part.key_where, {"name": key, "near": near})
                if near
                else Problem("case.approval-unknown", part.key_where, {"name": key, "known": NAMES})
            )
            continue
        try:
            values[name] = _value(name, part.value)
        except FieldError as mistake:
            problems.append(Problem(mistake.key, part.where, {"field": f"approvals.{name}", **mistake.values}))
    if len(problems) > before:
        return
    if not values.get("role"):
        problems.append(Problem("case.approval-role", item.where, {"field": "approvals"}))
        return
    role = next(key for key in item.value if spellings.get(key.strip().lower()) == "role")
    yield Approval(values.pop("role"), item.where, item.child(role).where, **values)


def _value(name: str, value: Any) -> Any:
    if name == "until":
        until = end(value)
        whole_day = until is not None and isinstance(value, str) and _DAY.fullmatch(value.strip())
        return end_of_day(until) if until is not None and whole_day else until
    if name == "at":
        return moment(value)
    words = convert.name(value)
    if name == "digest" and words is not None and not _DIGEST.fullmatch(words):
        raise FieldError("not-digest")
    return words
