"""The case schema at work: from a tree of plain values to a case, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from replylint.case import convert
from replylint.case.actions import read_actions
from replylint.case.approvals import Approval, read_approvals
from replylint.case.convert import FieldError
from replylint.case.exports import recognise
from replylint.case.fields import HISTORY, SEVERITIES, Kind
from replylint.case.history import read_history
from replylint.case.languages import language
from replylint.case.model import Action, Case, Field, Skipped, Unreadable
from replylint.case.moments import moment, moment_if_told
from replylint.case.stated import Found, exported, stated
from replylint.case.tree import Tree
from replylint.case.waivers import Waiver, read_waivers
from replylint.source.names import section
from replylint.source.problems import Problem
from replylint.source.spans import Embedded, Location, Span
from replylint.source.values import Value


def bind(
    tree: Tree, default_id: str, currency: str, body: Embedded | None = None, reviews: bool = False
) -> Case | Unreadable | Skipped:
    """The case that a tree states.

    default_id: for a case that states none. currency: of amounts that state none. body: the reply of a Markdown
    draft. reviews: whether a case of our own form without a reply is a review that awaits one, as it is in an export,
    and no mistake. All mistakes of the case come together.
    """
    if not isinstance(tree.value, dict):
        return Unreadable(default_id, tree.source.path, (_no_case(tree),))
    export = recognise(tree.value)
    found = exported(tree, export) if export else stated(tree, reviews)
    fields, actions = _fields(found), _actions(found, currency)
    history, waivers, approvals = _history(found, fields, currency), _waivers(found), _approvals(found, fields)
    without_words = bool(actions) and all(action.name != "reply" for action in actions)
    review = _embedded(found, "review.text")
    reply = _reply(found, tree, body, bool(export) or reviews or without_words)
    case_id = str(fields["id"].value) if "id" in fields else default_id
    if export and reply is not None and not reply.text and found.problems and not reviews:
        return Skipped(case_id, tree.source.path, _NO_REPLY)
    if reply is None or found.problems:
        return Unreadable(case_id, tree.source.path, tuple(sorted(found.problems, key=_order)))
    if export:
        fields.setdefault("platform", Field(export.platform, tree.where))
    whole = Location(tree.source, Span(0, len(tree.source.text)))
    stars_alone = review is None and (bool(export) or "review.text" in found.entries)
    case = Case(case_id, whole, reply, review, fields, actions, tuple(found.ignored), history, waivers, approvals,
                found.more, vague=_vague(found, fields), stars_alone=stars_alone)  # fmt: skip
    answers = reply.text or (without_words and not reviews)
    return case if answers else Skipped(case_id, tree.source.path, _NO_REPLY, case)


def _order(problem: Problem) -> int:
    return problem.where.span.start if problem.where else -1


def _no_case(tree: Tree) -> Problem:
    """What stands where the fields should be; with full-width colons, fields read as one long text."""
    start = tree.where.words.find("：") if isinstance(tree.value, str) else -1
    if start < 0:
        return Problem("case.not-a-case", tree.where)
    start += tree.where.span.start
    return Problem("case.wide-colon", Location(tree.source, Span(start, start + 1)))


def _actions(found: Found, currency: str) -> tuple[Action, ...]:
    if found.actions is None or found.actions.value is None:
        return ()
    actions, problems = read_actions(found.actions, currency)
    found.problems.extend(problems)
    return actions


def _history(found: Found, fields: dict[str, Field], currency: str) -> tuple[Action, ...]:
    """What happened; that it is stated at all is a field, so that nothing and not known stay apart."""
    if found.history is None or found.history.value in (None, ""):
        return ()
    history, problems = read_history(found.history, currency)
    found.problems.extend(problems)
    fields[HISTORY] = Field(tuple(each.name for each in history), found.history.where)
    return history


def _waivers(found: Found) -> tuple[Waiver, ...]:
    if found.waivers is None:
        return ()
    waivers, problems = read_waivers(found.waivers)
    found.problems.extend(problems)
    return waivers


def _reply(found: Found, tree: Tree, body: Embedded | None, may_be_missing: bool) -> Embedded | None:
    """The reply, from the body of a Markdown draft or as a field, never from both; None when that is a mistake.

    may_be_missing: whether a case without one is none, so that its reply is empty. So it is, too, where a review stands
    beside a reply that is left empty and nothing is planned, as in a sheet in which replies are still to be drafted.
    """
    there = _embedded(found, "reply")
    if body is not None and body.text:
        if there is not None:
            found.problems.append(Problem("case.reply-twice", found.entries["reply"][1].key_where))
        return body
    if there is not None or _is_wrong(found, "reply"):
        return there
    planned = found.actions is not None and found.actions.value
    awaited = body is None and not planned and {"reply", "review.text"} <= found.entries.keys()
    if may_be_missing or awaited:
        return Embedded("", tree.source, tree.where.span.start)
    where = found.entries["reply"][1].where if "reply" in found.entries else _first_line(tree)
    found.problems.append(Problem("case.reply-field-missing" if body is None else "case.reply-missing", where))
    return None


def _is_wrong(found: Found, name: str) -> bool:
    """Whether a problem of this field was told already, be it that its name is misspelt."""
    return any(
        problem.values.get("near" if problem.key == "case.field-near" else "field") == name
        for problem in found.problems
    )


def _first_line(tree: Tree) -> Location:
    line = tree.source.line_at(tree.where.span.start)
    return Location(tree.source, Span(min(tree.where.span.start, line.end), line.end))


def _fields(found: Found) -> dict[str, Field]:
    """The typed values of all fields but the long texts; what has the wrong type is noted as a problem."""
    fields: dict[str, Field] = {}
    for name, (kind, tree) in found.entries.items():
        if name in _TEXTS or kind == "approvals":
            continue
        try:
            value = _READERS[kind](tree.value)
        except FieldError as mistake:
            found.problems.append(Problem(mistake.key, tree.where, {"field": name, **mistake.values}))
        else:
            if value is not None:
                fields[name] = Field(value, tree.where)
    return fields


def _vague(found: Found, fields: Mapping[str, Field]) -> dict[str, Location]:
    """Where times stand that tell no moment: they count back from a day that the export does not name."""
    times = {name: tree for name, (kind, tree) in found.entries.items() if kind == "moment_if_told"}
    return {name: tree.where for name, tree in times.items() if name not in fields and convert.plain(tree.value)}


def _embedded(found: Found, name: str) -> Embedded | None:
    """A long text with the place of each of its characters, without blanks at its end; None when there is none."""
    if name not in found.entries:
        return None
    tree = found.entries[name][1]
    try:
        words = convert.text(tree.value)
    except FieldError as mistake:
        found.problems.append(Problem(mistake.key, tree.where, {"field": name}))
        return None
    if words is None:
        return None
    if not isinstance(tree.value, str):
        return Embedded(words, tree.source, tree.where.span.start)
    return Embedded(words.rstrip(), tree.source, tree.embedded.origin)


def _severity(value: Any) -> str | None:
    names = section("choices").canonical
    return convert.choice(value, {word: name for word, name in names.items() if name in SEVERITIES})


def _approvals(found: Found, fields: dict[str, Field]) -> tuple[Approval, ...]:
    """The approvals, whose roles are a field of their own besides."""
    _, tree = found.entries.get("approvals", (None, None))
    if tree is None:
        return ()
    approvals, problems = read_approvals(tree)
    found.problems.extend(problems)
    if approvals:
        roles, places = tuple(a.role for a in approvals), tuple(a.named for a in approvals)
        fields["approvals"] = Field(roles, tree.where, places)
    return approvals


_NO_REPLY = Problem("case.no-reply-yet")
_TEXTS = ("reply", "review.text")  # long, with a place for each of their characters

_READERS: Mapping[Kind, Callable[[Any], Value | None]] = {
    "text": convert.text,
    "name": convert.name,
    "rating": convert.rating,
    "moment": moment,
    "moment_if_told": moment_if_told,
    "severity": _severity,
    "count": convert.count,
    "yesno": convert.yesno,
    "language": language,
}
