"""The case schema at work: from a tree of plain values to a case, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from replylint.case import convert
from replylint.case.actions import read_actions
from replylint.case.approvals import Approval, read_approvals
from replylint.case.convert import FieldError
from replylint.case.exports import EXPORT_NAMES, Export, entries_of, recognise
from replylint.case.fields import (
    ACTIONS,
    GROUPS,
    HISTORY,
    LABELS,
    SEVERITIES,
    SPELLINGS,
    WAIVERS,
    Kind,
    names_within,
    nearest,
)
from replylint.case.history import read_history
from replylint.case.model import Action, Case, Field, Skipped, Unreadable
from replylint.case.tree import Tree
from replylint.case.waivers import Waiver, read_waivers
from replylint.source.problems import Problem
from replylint.source.spans import Embedded, Location, Span
from replylint.source.values import Value


@dataclass
class _Found:
    """What a case states, while it is being read."""

    entries: dict[str, tuple[Kind, Tree]] = field(default_factory=dict)
    actions: Tree | None = None
    history: Tree | None = None
    waivers: Tree | None = None
    ignored: list[str] = field(default_factory=list)
    more: dict[str, Tree] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def bind(
    tree: Tree, default_id: str, currency: str, body: Embedded | None = None, reviews: bool = False
) -> Case | Unreadable | Skipped:
    """The case that a tree states.

    default_id: for a case that states none. currency: of amounts that state none. body: the reply of a Markdown
    draft. reviews: whether a case of our own form without a reply is a review that awaits one, as it is in an export,
    and no mistake. All mistakes of the case come together.
    """
    path = tree.source.path
    if not isinstance(tree.value, dict):
        return Unreadable(default_id, path, (_no_case(tree),))
    export = recognise(tree.value)
    found = _exported(tree, export) if export else _stated(tree)
    fields = _fields(found)
    texts = {name: _embedded(found, name) for name in _TEXTS}
    actions = _actions(found, currency)
    history = _history(found, fields, currency)
    waivers = _waivers(found)
    approvals = _approvals(found, fields)
    case_id = str(fields["id"].value) if "id" in fields else default_id
    if (export or reviews) and texts["reply"] is None and not (body and body.text) and not _is_wrong(found, "reply"):
        reply: Embedded | None = Embedded("", tree.source, tree.where.span.start)
    else:
        reply = _reply(found, tree, texts["reply"], body)
    if reply is not None and not reply.text and found.problems and not reviews:
        return Skipped(case_id, path, _NO_REPLY)
    if reply is None or found.problems:
        return Unreadable(case_id, path, tuple(sorted(found.problems, key=_order)))
    if export and "platform" not in fields:
        fields["platform"] = Field(export.platform, tree.where)
    whole = Location(tree.source, Span(0, len(tree.source.text)))
    ignored = tuple(found.ignored)
    case = Case(
        case_id, whole, reply, texts["review.text"], fields, actions, ignored, history, waivers, approvals,
        found.more,
    )
    return case if reply.text else Skipped(case_id, path, _NO_REPLY, case)


def states_reply(names: Iterable[str]) -> bool:
    """Whether fields of these names can hold a reply, be it under a name that is misspelt."""
    names = tuple(names)
    rows = [SPELLINGS.get(name, SPELLINGS.get(_usual(name))) for name in names]
    known = any(row is not None and row.name == "reply" for row in rows)
    return known or recognise(dict.fromkeys(names)) is not None or any(nearest(name, ("reply",)) for name in names)


def _order(problem: Problem) -> int:
    return problem.where.span.start if problem.where else -1


def _no_case(tree: Tree) -> Problem:
    """What stands where the fields should be; with full-width colons, fields read as one long text."""
    start = tree.where.words.find("：") if isinstance(tree.value, str) else -1
    if start < 0:
        return Problem("case.not-a-case", tree.where)
    start += tree.where.span.start
    return Problem("case.wide-colon", Location(tree.source, Span(start, start + 1)))


def _actions(found: _Found, currency: str) -> tuple[Action, ...]:
    if found.actions is None or found.actions.value is None:
        return ()
    actions, problems = read_actions(found.actions, currency)
    found.problems.extend(problems)
    return actions


def _history(found: _Found, fields: dict[str, Field], currency: str) -> tuple[Action, ...]:
    """What happened; that it is stated at all is a field, so that nothing and not known stay apart."""
    if found.history is None or found.history.value in (None, ""):
        return ()
    history, problems = read_history(found.history, currency)
    found.problems.extend(problems)
    fields[HISTORY] = Field(tuple(each.name for each in history), found.history.where)
    return history


def _waivers(found: _Found) -> tuple[Waiver, ...]:
    if found.waivers is None:
        return ()
    waivers, problems = read_waivers(found.waivers)
    found.problems.extend(problems)
    return waivers


def _reply(found: _Found, tree: Tree, stated: Embedded | None, body: Embedded | None) -> Embedded | None:
    """The reply, from the body of a Markdown draft or as a field; never from both."""
    if body is not None and body.text:
        if stated is not None:
            found.problems.append(Problem("case.reply-twice", found.entries["reply"][1].key_where))
        return body
    if stated is None and not _is_wrong(found, "reply"):
        where = found.entries["reply"][1].where if "reply" in found.entries else _first_line(tree)
        found.problems.append(Problem("case.reply-field-missing" if body is None else "case.reply-missing", where))
    return stated


def _is_wrong(found: _Found, name: str) -> bool:
    """Whether a problem of this field was told already, be it that its name is misspelt."""
    return any(
        problem.values.get("near" if problem.key == "case.field-near" else "field") == name
        for problem in found.problems
    )


def _first_line(tree: Tree) -> Location:
    line = tree.source.line_at(tree.where.span.start)
    return Location(tree.source, Span(min(tree.where.span.start, line.end), line.end))


def _exported(tree: Tree, export: Export) -> _Found:
    found = _Found()
    for name, value in entries_of(tree, export).items():
        found.entries[name] = SPELLINGS[name].kind, value
    return found


def _stated(tree: Tree) -> _Found:
    """Every field of a case in our own form, nested or flat, by its name in rules."""
    found = _Found()
    for key, value in tree.value.items():
        name = key if key in SPELLINGS else _usual(key)
        if name in LABELS:
            continue
        if name == ACTIONS:
            found.actions = tree.child(key)
        elif name == HISTORY:
            found.history = tree.child(key)
        elif name == WAIVERS:
            found.waivers = tree.child(key)
        elif name in GROUPS and isinstance(value, dict):
            group = tree.child(key)
            for inner in value:
                _state(found, f"{name}.{_usual(inner)}", group.child(inner), inner)
        else:
            _state(found, name, tree.child(key), key)
    return found


def _state(found: _Found, name: str, tree: Tree, written: str) -> None:
    row = SPELLINGS.get(name)
    if row is None:
        _unknown(found, name, tree, written)
    elif tree.value is None:
        return
    elif row.name in found.entries:
        found.problems.append(Problem("case.stated-twice", tree.key_where, {"name": written, "field": row.name}))
    else:
        found.entries[row.name] = row.kind, tree


def _unknown(found: _Found, name: str, tree: Tree, written: str) -> None:
    """A name that no field has: a slip of the pen, or something of the user's own, which is left alone."""
    group, _, inner = name.rpartition(".")
    near = None
    if written not in EXPORT_NAMES and (not group or group in GROUPS):
        near = nearest(inner, names_within(group or None))
    full = f"{group}.{near}" if group else str(near)
    if near is None or (full in SPELLINGS and SPELLINGS[full].name in found.entries):
        found.ignored.append(name)
        found.more[name] = tree
        return
    found.problems.append(Problem("case.field-near", tree.key_where, {"name": written, "near": near}))


def field_name(key: str) -> str:
    """The field that a key at the top of a case states, by its name in rules; the key itself when there is none."""
    row = SPELLINGS.get(_usual(key))
    return row.name if row else key


def _usual(key: str) -> str:
    """A key as the table of fields spells it: `Posted At`, `posted-at` and 「發表時間」 are posted_at."""
    if key.isascii() and key.islower() and " " not in key and "-" not in key:
        return key
    plain = key.strip().lower().replace(" ", "_").replace("-", "_")
    if plain.isascii():
        return plain
    if plain in ("動作", "行動"):
        return ACTIONS
    if plain == "經過":
        return HISTORY
    if plain == "豁免":
        return WAIVERS
    names = convert.spellings("fields")
    return ".".join(names.get(part, part) for part in plain.replace("．", ".").split("."))


def _fields(found: _Found) -> dict[str, Field]:
    """The typed values of all fields but the long texts; what has the wrong type is noted as a problem."""
    fields: dict[str, Field] = {}
    for name, (kind, tree) in found.entries.items():
        if name in _TEXTS:
            continue
        if kind == "approvals":
            continue
        try:
            value = _READERS[kind](tree.value)
        except FieldError as mistake:
            found.problems.append(Problem(mistake.key, tree.where, {"field": name, **mistake.values}))
        else:
            if value is not None:
                fields[name] = Field(value, tree.where)
    return fields


def _embedded(found: _Found, name: str) -> Embedded | None:
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
    names = convert.spellings("choices")
    return convert.choice(value, {word: name for word, name in names.items() if name in SEVERITIES})


def _approvals(found: _Found, fields: dict[str, Field]) -> tuple[Approval, ...]:
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
_TEXTS = ("reply", "review.text")

_READERS: Mapping[Kind, Callable[[Any], Value | None]] = {
    "text": convert.text,
    "name": convert.name,
    "rating": convert.rating,
    "moment": convert.moment,
    "moment_if_told": convert.moment_if_told,
    "severity": _severity,
    "count": convert.count,
    "yesno": convert.yesno,
}
