"""Planned actions: from any of the ways to write them to a name with typed parameters.

- reply
- refund TWD 300
- voucher: {amount: TWD 200}
- {voucher: TWD 200, quantity: 2}
- {action: refund, amount: 500, currency: TWD}
- 退款五百元，折扣九折
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from replylint.case.json_files import from_cell
from replylint.case.model import Action
from replylint.case.parameters import Parts, parameters_of, parts_beside, parts_in
from replylint.case.schemas import joining
from replylint.case.tree import Tree
from replylint.source.names import section
from replylint.source.problems import Problem
from replylint.source.spans import Location


def read_actions(tree: Tree, currency: str) -> tuple[tuple[Action, ...], tuple[Problem, ...]]:
    """The planned actions of a case and everything that is wrong with them; `currency` is for bare amounts.

    Which actions and parameters there are stands in the contract, which is not known here: names that are not built in
    stay as they are written, a value right behind such a name under the name "".
    """
    actions: list[Action] = []
    problems: list[Problem] = []
    for name, where, parts in _each(tree, problems):
        known = _spelling(name) or name
        parameters, wrongs = parameters_of(known, parts, currency)
        problems.extend(wrongs)
        actions.append(Action(known, parameters, where))
    return tuple(actions), tuple(problems)


# A comma or an enumeration comma that parts no thousands.
_COMMA = re.compile("[,，、](?![0-9]{3})")
_LONGEST = 200
"""No action that is followed by another in its line is longer."""
_FIRST = re.compile("[\\s:：,，、]")

def _each(tree: Tree, problems: list[Problem]) -> Iterator[tuple[str, Location, Parts]]:
    """Name, place and parameters as written of each action."""
    tree = from_cell(tree, problems)
    value = tree.value
    if isinstance(value, str):
        for words in value.replace("；", ";").replace("、", ";").split(";"):
            yield from _from_line(words, tree.where)
    elif isinstance(value, dict) and not any(key in value for key in _name_keys()):
        yield from _from_mapping(tree)
    else:
        items = [tree.child(i) for i in range(len(value))] if isinstance(value, list) else [tree]
        for item in items:
            yield from _from_item(item, problems)


def _from_item(item: Tree, problems: list[Problem]) -> Iterator[tuple[str, Location, Parts]]:
    value = item.value
    if isinstance(value, str) and value.strip():
        yield from _from_line(value, item.where)
        return
    if isinstance(value, dict) and (slip := _without_colon(item)):
        problems.append(slip)
        return
    key = next((key for key in _name_keys() if isinstance(value, dict) and isinstance(value.get(key), str)), None)
    if key is not None:
        named = item.child(key)
        yield named.value.strip(), named.where, parts_beside(item, key)
        return
    name = _naming(value) if isinstance(value, dict) else None
    if name is None:
        problems.append(Problem("case.not-action", item.where))
    else:
        yield name.strip(), item.child(name).key_where, (*parts_in(item.child(name)), *parts_beside(item, name))


def _naming(keys: Iterable[str]) -> str | None:
    """Which key names the action that the others say more of; None where none or several do."""
    others = [key for key in keys if key.lower() not in section("parameters").canonical]
    named = [key for key in others if _spelling(key)] or others
    return named[0] if len(named) == 1 else None


def _from_mapping(tree: Tree) -> Iterator[tuple[str, Location, Parts]]:
    for name in tree.value:
        yield name.strip(), tree.child(name).key_where, parts_in(tree.child(name))


def _without_colon(item: Tree) -> Problem | None:
    """`refund {amount: TWD 300}`, which YAML takes for a name and the value 「TWD 300}」."""
    key, _ = next(iter(item.value.items()), ("", None))
    name, brace, first = key.partition("{")
    if not brace or _spelling(name.strip()) is None:
        return None
    named = {first.strip(): item.value[key]} | {name: value for name, value in item.value.items() if name != key}
    rest = ", ".join(f"{name}: {value}" for name, value in named.items())
    meant = f"{name.strip()}: {{{rest.rstrip('}')}}}"
    return Problem("case.action-colon", item.where, {"name": name.strip(), "meant": meant})


def _from_line(words: str, where: Location) -> Iterator[tuple[str, Location, Parts]]:
    """The actions of a line: one, or several with commas between them."""
    start = 0
    for comma in _COMMA.finditer(words):
        before = words[start : comma.start()].strip() if comma.start() - start <= _LONGEST else ""
        if before and (plans(words[comma.end() : comma.end() + _LONGEST]) or _spelling(before) is not None):
            yield _from_words(before, where)
            start = comma.end()
    if words[start:].strip():
        yield _from_words(words[start:].strip(), where)


def _from_words(words: str, where: Location) -> tuple[str, Location, Parts]:
    """`refund TWD 300`: an action and its main parameter; `delete review`: an action."""
    words = words.replace("：", ":")
    if _spelling(words) is not None:
        return words, where, []
    name, rest = _of_several_words(words) or _of_one_word(words)
    return name, where, [("", (rest, where, where))] if rest else []


def _of_one_word(words: str) -> tuple[str, str]:
    name, _, rest = words.replace(":", " ", 1).partition(" ")
    return (name, _bare(rest) if _spelling(name) else rest.strip()) if rest.strip() else (words, "")


def _of_several_words(words: str) -> tuple[str, str] | None:
    """A built-in action of several words, and the value behind it: `contact customer by phone`."""
    pieces = words.replace(":", " ", 1).split()
    names = ((" ".join(pieces[:size]), " ".join(pieces[size:])) for size in range(len(pieces) - 1, 1, -1))
    return next(((name, _bare(rest)) for name, rest in names if _spelling(name)), None)


def _bare(value: str) -> str:
    """A value without the word that joins it to the action: `to` in `escalate to legal`."""
    first, _, rest = value.strip().partition(" ")
    return rest.strip() if rest and first.lower() in joining() else value.strip()


def plans(value: Any) -> bool:
    """Whether a value begins like planned actions: `refund TWD 300`, 「退款 TWD 300」."""
    return isinstance(value, str) and _spelling(_FIRST.split(value.strip(), maxsplit=1)[0]) is not None


def _spelling(words: str) -> str | None:
    spellings = section("actions").canonical
    return spellings.get(words.lower()) or spellings.get(words.lower().replace(" ", "_").replace("-", "_"))


@cache
def _name_keys() -> tuple[str, ...]:
    return tuple(spelling for spelling, name in section("entries").canonical.items() if name == "action")
