"""The parameters of an action, or of something that happened: from what is written to typed values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from replylint.case import amounts, convert
from replylint.case.convert import FieldError
from replylint.case.in_digits import says_what_is_paid, share
from replylint.case.model import Field
from replylint.case.moments import moment
from replylint.case.schemas import ParameterType, Schema, schema_of
from replylint.case.tree import Tree
from replylint.source.names import section
from replylint.source.problems import Problem
from replylint.source.resources import grammar_table
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

_LOOKED_AT = 200
"""Characters of a value in which words behind its number are looked for."""

Part = tuple[Any, Location, Location]
Parts = Sequence[tuple[str, Part]]
"""Parameters as written, each by name: its value, where that stands, and where its name does."""


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


def parameters_of(action: str, parts: Parts, currency: str) -> tuple[dict[str, Field], list[Problem]]:
    """The parameters of an action or of something that happened, typed where it is built in, and what is wrong."""
    schema = schema_of(action)
    named, problems = _by_name(action, schema, parts, currency)
    found: dict[str, Field] = {}
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


def _by_name(
    action: str, schema: Schema | None, parts: Parts, currency: str
) -> tuple[dict[str, Part], list[Problem]]:
    """What is stated, under the parameters' names in rules, and what is wrong with the names."""
    spellings = section("parameters").canonical
    named: dict[str, Part] = {}
    problems: list[Problem] = []
    for key, part in parts:
        name = spellings.get(key.lower(), key) if key else _main(schema, part[0], currency)
        if name in _named_by_tenths() and schema and "percent" in schema.parameters:
            name = "percent"
            if unsaid := _tenths_unsaid(key, part):
                problems, part = [*problems, unsaid], (None, *part[1:])
        if name in named:
            problems.append(_again(action, name, part[2]))
        named.setdefault(name, part)
    return named, problems


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
    words = value[:_LOOKED_AT].split()
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


def _tenths_unsaid(name: str, part: Part) -> Problem | None:
    """What is wrong with a value under such a name that does not say 折."""
    if part[0] is None or says_what_is_paid(str(part[0])):
        return None
    return Problem("case.tenths-unsaid", part[1], {"name": name, "words": str(part[0])})


def _named_by_tenths() -> frozenset[str]:
    """Names under which 10% may be what is taken off or what is left to pay: 折數."""
    return frozenset(grammar_table("values.yml")["tenths_named"])


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
