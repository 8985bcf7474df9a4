"""Planned actions: from any of the ways to write them to a name with typed parameters.

- reply
- refund TWD 300
- voucher: {amount: TWD 200}
- {action: refund, amount: 500, currency: TWD}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from replylint.case import convert
from replylint.case.convert import FieldError
from replylint.case.fields import nearest
from replylint.case.model import Action, Field
from replylint.case.tree import OnePlace, Tree
from replylint.source.problems import Problem, Said
from replylint.source.spans import Location
from replylint.source.values import Value

# The parameter that a bare value of an action is: `escalate: brand_manager` is to whom.
MAIN = {
    "refund": "amount",
    "voucher": "amount",
    "discount": "percent",
    "escalate": "to",
    "contact_customer": "channel",
    "report_review": "reason",
    "delete_review": "reason",
    "hide_review": "reason",
    "replacement": "item",
    "escalated": "to",
    "waiting": "reason",
}

_READERS: Mapping[str, Callable[[Any], Value | None]] = {
    "percent": convert.percent,
    "reason": convert.name,
    "evidence": convert.texts,
    "to": convert.name,
    "channel": convert.name,
    "at": convert.moment,
    "approved_by": convert.texts,
    "text": convert.text,
    "item": convert.name,
    "by": convert.name,
    "role": convert.name,
    "from": convert.side,
}

_NAME_KEYS = ("action", "動作")


class _ActionError(Exception):
    """One action cannot be read."""

    def __init__(self, problem: Problem):
        self.problem = problem


def read_actions(tree: Tree, currency: str) -> tuple[tuple[Action, ...], tuple[Problem, ...]]:
    """The planned actions of a case and everything that is wrong with them; `currency` is for bare amounts."""
    actions: list[Action] = []
    problems: list[Problem] = []
    for name, where, parts in _each(tree, problems):
        try:
            known = _known(name, where)
        except _ActionError as wrong:
            problems.append(wrong.problem)
            continue
        parameters, wrongs = parameters_of(known, parts, currency)
        problems.extend(wrongs)
        actions.append(Action(known, parameters, where))
    return tuple(actions), tuple(problems)


Parts = Mapping[str, tuple[Any, Location, Location]]
"""Parameters as written: name → value, where it stands, where its name stands."""


def _each(tree: Tree, problems: list[Problem]) -> Iterator[tuple[str, Location, Parts]]:
    """Name, place and parameters as written of each action."""
    tree = from_cell(tree)
    value = tree.value
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        problems.append(Problem("case.not-action", tree.where))
    elif isinstance(value, str):
        for words in value.replace("；", ";").replace("、", ";").split(";"):
            if words.strip():
                yield _from_words(words.strip(), tree.where)
    elif isinstance(value, dict) and not any(key in value for key in _NAME_KEYS):
        yield from _from_mapping(tree)
    else:
        items = [tree.child(i) for i in range(len(value))] if isinstance(value, list) else [tree]
        for item in items:
            yield from _from_item(item, problems)


def _from_item(item: Tree, problems: list[Problem]) -> Iterator[tuple[str, Location, Parts]]:
    value = item.value
    if isinstance(value, str) and value.strip():
        yield _from_words(value.strip(), item.where)
        return
    key = next((key for key in _NAME_KEYS if isinstance(value, dict) and isinstance(value.get(key), str)), None)
    if key is not None:
        named = item.child(key)
        rest = [item.child(k) for k in value if k != key]
        yield named.value.strip(), named.where, {str(t.path[-1]): (t.value, t.where, t.key_where) for t in rest}
    elif isinstance(value, dict) and len(value) == 1:
        yield from _from_mapping(item)
    else:
        problems.append(Problem("case.not-action", item.where))


def _from_mapping(tree: Tree) -> Iterator[tuple[str, Location, Parts]]:
    for name in tree.value:
        inner = tree.child(name)
        if isinstance(inner.value, dict):
            parts = {k: (t.value, t.where, t.key_where) for k, t in ((k, inner.child(k)) for k in inner.value)}
        elif inner.value is None:
            parts = {}
        else:
            parts = {"": (inner.value, inner.where, inner.where)}
        yield name.strip(), tree.child(name).key_where, parts


def _from_words(words: str, where: Location) -> tuple[str, Location, Parts]:
    """`refund TWD 300`: an action and its main parameter; `delete review`: an action."""
    name, _, rest = words.replace(":", " ", 1).partition(" ")
    if not rest.strip() or _spelling(words) is not None:
        return words, where, {}
    return name, where, {"": (rest.strip(), where, where)}


def from_cell(tree: Tree) -> Tree:
    """The tree of a CSV cell that holds JSON, with all places that of the cell; any other tree as it is."""
    value = tree.value
    if not isinstance(value, str) or value.lstrip()[:1] not in ("[", "{"):
        return tree
    try:
        inner = json.loads(value, parse_float=Decimal)
    except (ValueError, RecursionError):
        return tree
    return Tree(inner, tree.source, OnePlace(tree.where.span))


def _spelling(words: str) -> str | None:
    spellings = convert.spellings("actions")
    return spellings.get(words.lower()) or spellings.get(words.lower().replace(" ", "_").replace("-", "_"))


def _known(name: str, where: Location) -> str:
    """The action's name in rules. What nobody knows cannot be judged, so it is a mistake and not left out."""
    known = _spelling(name)
    if known is not None:
        return known
    near = nearest(name, tuple(convert.spellings("actions")))
    if near is not None:
        raise _ActionError(Problem("case.action-near", where, {"name": name, "near": near}))
    known_names = tuple(Said("case.action-name", names) for names in convert.named("actions"))
    raise _ActionError(Problem("case.action-unknown", where, {"name": name, "known": known_names}))


def parameters_of(action: str, parts: Parts, currency: str) -> tuple[dict[str, Field], list[Problem]]:
    """The typed parameters of an action or of something that happened, and what is wrong with them."""
    found: dict[str, Field] = {}
    problems: list[Problem] = []
    spellings = convert.spellings("parameters")
    named = {spellings.get(k.lower(), k) if k else MAIN.get(action, "text"): part for k, part in parts.items()}
    for name, (value, where, key_where) in named.items():
        try:
            if name not in _READERS and (near := nearest(name, _known_parameters())) not in (None, name, *named):
                raise _ActionError(Problem("case.parameter-near", key_where, {"name": name, "near": str(near)}))
            read = _value(name, value, named, currency)
        except FieldError as mistake:
            problems.append(Problem(mistake.key, where, {"field": f"{action}.{name}", **mistake.values}))
        except _ActionError as wrong:
            problems.append(wrong.problem)
        else:
            if read is not None:
                found[name] = Field(read, where)
    return found, problems


def _value(name: str, value: Any, parts: Parts, currency: str) -> Value | None:
    if name == "amount":
        return _amount(value, _stated_currency(parts) or currency)
    if name == "currency":
        code = convert.currency_code(value)
        return None if "amount" in parts else code
    return _READERS.get(name, convert.whatever)(value)


def _stated_currency(parts: Parts) -> str | None:
    """The currency beside an amount; what is wrong with it is told where it stands itself."""
    try:
        return convert.currency_code(parts["currency"][0]) if "currency" in parts else None
    except FieldError:
        return None


def _amount(value: Any, currency: str) -> Value | None:
    """Money, or a share where the amount is written as one."""
    if isinstance(value, str) and value.strip().endswith(("%", "％")):
        return convert.percent(value)
    return convert.money(value, currency)


def _known_parameters() -> tuple[str, ...]:
    return tuple(dict.fromkeys(convert.spellings("parameters").values()))
