"""What happened so far in a case: messages, actions that were carried out, and events, each with its time.

- {at: 2026-11-18T21:40+08:00, event: arrived}
- {at: 2026-11-18T21:55+08:00, message: "please call me", from: customer}
- {at: 2026-11-18T22:10+08:00, refund: {amount: TWD 200, order: A1}, by: 許專案, role: agent}
"""

from __future__ import annotations

from collections.abc import Mapping

from replylint.case.json_files import from_cell
from replylint.case.model import Action
from replylint.case.parameters import Parts, parameters_of, parts_beside, parts_in
from replylint.case.tree import Tree
from replylint.source.names import section
from replylint.source.problems import Problem
from replylint.source.spans import Location


def read_history(tree: Tree, currency: str) -> tuple[tuple[Action, ...], tuple[Problem, ...]]:
    """What happened, in the order of the file, and everything that is wrong with it.

    `currency` is for bare amounts. Every entry has to say when: what has no time cannot be put in order.
    """
    happened: list[Action] = []
    problems: list[Problem] = []
    tree = from_cell(tree, problems)
    items = [tree.child(i) for i in range(len(tree.value))] if isinstance(tree.value, list) else [tree]
    for item in items:
        named = _named(item, problems) if isinstance(item.value, dict) else None
        if not isinstance(item.value, dict):
            problems.append(Problem("case.not-happening", item.where))
        if named is None:
            continue
        name, name_where, parts = named
        parameters, wrong = parameters_of(name, parts, currency)
        if "at" not in parameters and not any(p.values.get("field") == f"{name}.at" for p in wrong):
            problems.append(Problem("case.happening-when", item.where, {"name": name}))
        problems.extend(wrong)
        happened.append(Action(name, parameters, item.where, name_where))
    return tuple(happened), tuple(problems)


def _named(item: Tree, problems: list[Problem]) -> tuple[str, Location, Parts] | None:
    """What an entry says happened, where its name stands, and its parameters as written."""
    parameters = section("parameters").canonical
    stated = next((key for key in section("entries").canonical if isinstance(item.value.get(key), str)), None)
    if stated is not None:
        return _known(item.value[stated]), item.child(stated).where, parts_beside(item, stated)
    keys = [key for key in item.value if key.lower() not in parameters]
    key = next((k for k in keys if _spelling(k)), keys[0] if keys else None)
    if key is None:
        problems.append(Problem("case.not-happening", item.where))
        return None
    return _known(key), item.child(key).key_where, (*parts_in(item.child(key)), *parts_beside(item, key))


def _known(words: str) -> str:
    """The name in rules where it is built in, else as it is written: the contract may know it."""
    return _spelling(words) or words.strip()


def _names() -> Mapping[str, str]:
    return {**section("events").canonical, **section("actions").canonical}


def _spelling(words: str) -> str | None:
    usual = words.strip().lower()
    return _names().get(usual) or _names().get(usual.replace(" ", "_").replace("-", "_"))
