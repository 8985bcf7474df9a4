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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from replylint.case import amounts, convert
from replylint.case.convert import FieldError
from replylint.case.in_digits import share
from replylint.case.json_files import from_cell
from replylint.case.model import Action, Field
from replylint.case.moments import moment
from replylint.case.schemas import ParameterType, Schema, joining, schema_of
from replylint.case.spellings import names_by_spelling
from replylint.case.tree import Tree
from replylint.source.problems import Problem
from replylint.source.spans import Location
from replylint.source.values import Money, Percent, Value

_READERS: Mapping[ParameterType, Callable[[Any], Value | None]] = {
    "percent": amounts.percent,
    "text": convert.name,
    "texts": convert.texts,
    "datetime": moment,
    "choice": convert.side,
}
"""Types that words alone cannot tell. What is missing here is read as it is written, and judged by the contract."""


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

Part = tuple[Any, Location, Location]
Parts = Sequence[tuple[str, Part]]
"""Parameters as written, each by name: its value, where that stands, and where its name does."""


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
    others = [key for key in keys if key.lower() not in names_by_spelling("parameters")]
    named = [key for key in others if _spelling(key)] or others
    return named[0] if len(named) == 1 else None


def _from_mapping(tree: Tree) -> Iterator[tuple[str, Location, Parts]]:
    for name in tree.value:
        yield name.strip(), tree.child(name).key_where, parts_in(tree.child(name))


def parts_in(tree: Tree) -> Parts:
    """The parameters that the value of an action's name holds: several by name, or the main one, under the name ""."""
    if isinstance(tree.value, dict):
        return [(key, _part(tree.child(key))) for key in tree.value]
    return [("", (tree.value, tree.where, tree.where))] if tree.value is not None else []


def parts_beside(tree: Tree, name: str) -> Parts:
    """The parameters that stand beside an action's name."""
    return [(key, _part(tree.child(key))) for key in tree.value if key != name]


def _part(tree: Tree) -> Part:
    return tree.value, tree.where, tree.key_where


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
    spellings = names_by_spelling("actions")
    return spellings.get(words.lower()) or spellings.get(words.lower().replace(" ", "_").replace("-", "_"))


def parameters_of(action: str, parts: Parts, currency: str) -> tuple[dict[str, Field], list[Problem]]:
    """The parameters of an action or of something that happened, typed where it is built in, and what is wrong."""
    found: dict[str, Field] = {}
    problems: list[Problem] = []
    schema = schema_of(action)
    spellings = names_by_spelling("parameters")
    named: dict[str, Part] = {}
    for key, part in parts:
        name = spellings.get(key.lower(), key) if key else _main(schema, part[0], currency)
        if name in named:
            problems.append(_again(action, name, part[2]))
        named.setdefault(name, part)
    for name, (value, where, key_where) in named.items():
        try:
            read = _value(schema.parameters.get(name) if schema else None, name, value, named, currency)
        except FieldError as mistake:
            more = mistake.key == "case.not-money" and where == key_where and _and_more(str(value))
            values = {"action": action, "field": f"{action}.{name}", **mistake.values}
            problems.append(Problem("case.amount-and-more" if more else mistake.key, where, values))
        else:
            share = name == "amount" and isinstance(read, Percent) and schema and "percent" in schema.parameters
            meant = "percent" if share else name
            if meant in found:
                problems.append(_again(action, meant, key_where))
            elif read is not None:
                found[meant] = Field(read, where, named=key_where)
    return found, problems


def _main(schema: Schema | None, value: Any, currency: str) -> str:
    """Which parameter a value right behind an action's name is: of a discount the share, or the amount if it is one."""
    if schema is None:
        return ""
    if schema.main == "percent" and "amount" in schema.parameters and isinstance(value, str):
        try:
            amounts.percent(value)
        except FieldError as mistake:
            return "amount" if mistake.key == "case.not-percent" and _is_money(value, currency) else "percent"
    return schema.main or "text"


def _is_money(value: str, currency: str) -> bool:
    try:
        return isinstance(amounts.money(value, currency), Money)
    except FieldError:
        return False


def _and_more(value: str) -> bool:
    """Whether words come behind a number: TWD 500 by Friday, 500 and voucher 200."""
    words = value[:_LONGEST].split()
    number = next((i for i, word in enumerate(words) if any(map(str.isdigit, word))), len(words))
    return any(any(map(str.isalpha, word)) for word in words[number + 1 :])


def _again(action: str, name: str, where: Location) -> Problem:
    """Of two values nobody knows which one counts."""
    return Problem("case.parameter-twice", where, {"field": f"{action}.{name}"})


def _value(
    type_: ParameterType | None, name: str, value: Any, parts: Mapping[str, Part], currency: str
) -> Value | None:
    if name == "currency":
        code = amounts.currency_code(value)
        return None if "amount" in parts else code
    if type_ == "money" or (name == "amount" and "currency" in parts):
        stated = _stated_currency(parts) if name == "amount" else None
        amount = _amount(value, stated or currency)
        if stated and isinstance(amount, Money) and amount.currency != stated:
            raise FieldError("two-currencies", one=amount.currency, other=stated)
        return amount
    if name == "percent" and parts[name][1] == parts[name][2]:
        _tenths_or_percent(value)
    return _READERS.get(type_, amounts.whatever)(value) if type_ else amounts.whatever(value)


def _tenths_or_percent(value: Any) -> None:
    """Tell of a bare digit right behind an action's name: 「折扣 9」 may be 九折, which takes off 10%."""
    words = str(value).strip()
    if len(words) == 1 and words in "123456789":
        raise FieldError("tenths-or-percent", bare=words, off=str(100 - 10 * int(words)))


def _stated_currency(parts: Mapping[str, Part]) -> str | None:
    """The currency beside an amount; what is wrong with it is told where it stands itself."""
    try:
        return amounts.currency_code(parts["currency"][0]) if "currency" in parts else None
    except FieldError:
        return None


def _amount(value: Any, currency: str) -> Value | None:
    """Money, or a share where the amount is written as one."""
    if isinstance(value, str) and share(convert.plain(value)).endswith("%"):
        return amounts.percent(value)
    return amounts.money(value, currency)


@cache
def _name_keys() -> tuple[str, ...]:
    return tuple(spelling for spelling, name in names_by_spelling("entries").items() if name == "action")
