"""Event logs and cases with times, file by file, as events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from replylint.case.bind import bind
from replylint.case.fields import SPELLINGS
from replylint.case.find import find_files
from replylint.case.model import Action, Case, Skipped, Unreadable
from replylint.case.read import read_path, read_trees
from replylint.case.stated import states_reply
from replylint.case.tree import Tree
from replylint.contract.actions import as_done
from replylint.sla.model import Event, Place, When
from replylint.sla.moments import of_field
from replylint.sla.rows import Context, damaged, event_of, is_event, states_events
from replylint.source.problems import Problem
from replylint.source.spans import Location

_PROSE = (".md", ".txt")


class Known(NamedTuple):
    """A case as the contract knows it, and its severity level; "" where that is not known."""

    case: Case
    level: str


JudgeCase = Callable[[Case], Known | tuple[Problem, ...]]
"""What is known about a case, or all that keeps it from being judged, as `check` tells it."""


def read_events(
    paths: Iterable[str | Path], context: Context, judged: JudgeCase, currency: str
) -> Iterator[Event | Unreadable | Skipped]:
    """Every event of the given files, folders and globs; a row that cannot be read is `Unreadable`.

    A row of a log is an event; a case is one event for each of its times. judged: what is known about a case; one that
    names what nobody knows is `Unreadable`, as everywhere. currency: of amounts that state none.
    """
    for found in find_files(paths):
        if not isinstance(found, Path):
            yield found
        elif found.suffix.lower() in _PROSE:
            for case in read_path(found, currency, reviews=True):
                yield from _of_case(case, context, judged)
        else:
            yield from _of_file(found, context, judged, currency)


def _of_file(
    path: Path, context: Context, judged: JudgeCase, currency: str
) -> Iterator[Event | Unreadable | Skipped]:
    number = 0
    for number, row in enumerate(read_trees(path, _accepts), 1):
        if isinstance(row, Unreadable):
            yield replace(row, problems=tuple(map(_in_other_words, row.problems)))
        elif is_event(row):
            yield from _of_row(row, f"{path.stem}#{number}", context)
        else:
            yield from _of_case(bind(row, f"{path.stem}#{number}", currency, reviews=True), context, judged)
    if number == 0:
        yield Unreadable(path.stem, path.as_posix(), (Problem("sla.empty"),))


def _in_other_words(problem: Problem) -> Problem:
    """What a table lacks is told as what a log needs."""
    if problem.key != "case.column-missing":
        return problem
    return Problem("sla.no-columns", problem.where, problem.values)


def _accepts(columns: tuple[str, ...]) -> bool:
    return states_events(columns) or states_reply(columns) or any(_of_review(name) for name in columns)


def _of_review(column: str) -> bool:
    row = SPELLINGS.get(column)
    return row is not None and row.name.startswith("review.")


def _of_row(row: Tree, name: str, context: Context) -> Iterator[Event | Unreadable]:
    found = event_of(row, context)
    if isinstance(found, Event):
        yield found
    else:
        yield Unreadable(name, row.source.path, found)
        standing = damaged(row, context.zone)
        if standing is not None:
            yield standing


def _of_case(
    case: Case | Unreadable | Skipped, context: Context, judged: JudgeCase
) -> Iterator[Event | Unreadable | Skipped]:
    """A case's times: when the review and the reply were posted, and what its history tells.

    A review without a reply, as in an export, had none when the export was made.
    """
    awaits = isinstance(case, Skipped) and case.review is not None
    if isinstance(case, Skipped) and case.review is not None:
        case = case.review
    if not isinstance(case, Case):
        yield case
        return
    known = judged(case)
    if not isinstance(known, Known):
        yield Unreadable(case.id, case.source.source.path, known)
        return
    yield from _told_by(known.case, known.level, awaits, context)


def _told_by(case: Case, level: str, awaits: bool, context: Context) -> Iterator[Event]:
    partial = "history" not in case.fields
    named = {action.name for action in case.history}
    by, role = (_text(case, f"drafter.{part}") for part in ("name", "role"))
    at = _at(case, "review.posted_at", context)
    if "arrived" not in named:
        yield Event(case.id, "arrived", at, _place(case, "review.posted_at"), "", "", level, "", "", partial, awaits)
    if not named & {"replied", "reply"} and {"reply.posted_at"} & {*case.fields, *case.vague}:
        replied = _at(case, "reply.posted_at", context)
        yield Event(case.id, "replied", replied, _place(case, "reply.posted_at"), by, role, partial=partial)
    yield from (_told_of(case.id, action, level, context) for action in case.history)


def _told_of(case_id: str, action: Action, level: str, context: Context) -> Event:
    """What a line of a case's history tells; only its arrival says of which level the case is."""
    stated = {name: str(field.value) for name, field in action.parameters.items()}
    when = action.parameters.get("at")
    happened = None if when is None else of_field(when, context.zone)
    return Event(
        case_id, as_done(action.name), happened, _line(action.where), stated.get("by", ""), stated.get("role", ""),
        level if action.name == "arrived" else "", stated.get("reason", ""), stated.get("from", ""),
    )  # fmt: skip


def _at(case: Case, name: str, context: Context) -> When | None:
    field = case.fields.get(name)
    place = _line(case.vague[name]) if name in case.vague else _place(case, name)
    if name in case.vague:
        context.told("vague-time", "", place)
        return None
    if field is None or not isinstance(field.value, dt.datetime):
        context.told("no-time", "", place)
        return None
    if field.value.tzinfo is None and ":" in field.where.words:
        context.told("no-zone", "", place)
    return of_field(field, context.zone)


def _place(case: Case, name: str) -> Place:
    field = case.fields.get(name)
    return _line(field.where if field is not None else case.source)


def _line(where: Location) -> Place:
    return Place(where.source.path, where.source.position(where.span.start)[0])


def _text(case: Case, name: str) -> str:
    field = case.fields.get(name)
    return str(field.value) if field is not None else ""
