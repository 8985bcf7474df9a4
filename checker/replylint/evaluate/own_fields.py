"""The brand's own fields of a case: what stands in the file under names that the contract declares, typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from replylint.case import amounts, convert
from replylint.case.convert import FieldError
from replylint.case.fields import nearest
from replylint.case.json_files import from_cell
from replylint.case.model import Case, Field, Item
from replylint.case.schemas import ParameterType
from replylint.case.tree import Tree
from replylint.contract.model import Contract
from replylint.contract.own_fields import OwnField, canonical
from replylint.evaluate.planned import MisfitError, in_currency, typed
from replylint.language.near import nearest_path
from replylint.source.names import section
from replylint.source.problems import Problem, Said
from replylint.source.values import Value

MOST_ITEMS = 1000
"""Records of one list; an order of more lines is no case of a reply."""


def with_own_fields(case: Case, contract: Contract) -> tuple[Case, tuple[Problem, ...]]:
    """The case with the fields and the records that its contract declares, and what is wrong with them.

    What the contract does not know stays ignored, unless it nearly is the name of a field that is not stated.
    """
    declared = contract.own_fields
    if not declared or not case.more:
        return case, ()
    fields = dict(case.fields)
    records = dict(case.records)
    problems: list[Problem] = []
    left: list[tuple[str, Tree]] = []
    unread: list[str] = []
    stated = [each for key, raw in case.more.items() for each in _flat(key, raw, contract)]
    for name, tree in stated:
        own = declared.get(_key(name, contract))
        if own is None:
            left.append((name, tree))
        elif own.type == "records":
            items = _items(tree, own, contract, problems, unread)
            records[own.name] = tuple(_priced(item, contract) for item in items)
            fields[own.name] = Field((), tree.where)
        elif (value := _value(tree, own, own.name, contract, problems)) is not None:
            fields[own.name] = Field(in_currency(value, contract), tree.where)
    problems += _near(left, set(declared) - set(fields), contract)
    ignored = [name for name in case.ignored if name not in case.more] + [name for name, _ in left] + unread
    return replace(case, fields=fields, records=records, ignored=tuple(ignored)), tuple(problems)


def _priced(item: Item, contract: Contract) -> Item:
    """A record whose amounts are in the contract's currency where they state none."""
    stated = item.parameters.items()
    return replace(item, parameters={name: replace(f, value=in_currency(f.value, contract)) for name, f in stated})


def _flat(name: str, tree: Tree, contract: Contract) -> Iterator[tuple[str, Tree]]:
    """A value by its dotted name; what holds declared fields is taken apart."""
    group = f"{_key(name, contract)}."
    if isinstance(tree.value, dict) and any(each.startswith(group) for each in contract.own_fields):
        for key in tree.value:
            yield from _flat(f"{name}.{key}", tree.child(key), contract)
    else:
        yield name, tree


def _items(
    tree: Tree, own: OwnField, contract: Contract, problems: list[Problem], ignored: list[str]
) -> Iterator[Item]:
    tree = from_cell(tree, problems)
    if tree.value is None:
        return
    rows = [tree.child(i) for i in range(len(tree.value))] if isinstance(tree.value, list) else [tree]
    if len(rows) > MOST_ITEMS:
        problems.append(Problem("evaluate.many-items", tree.where, {"field": own.name, "limit": str(MOST_ITEMS)}))
        return
    for row in rows:
        if not isinstance(row.value, dict):
            values = {"field": own.name, "example": next(iter(own.record), "")}
            problems.append(Problem("evaluate.not-item", row.where, values))
            continue
        yield Item(_parameters(row, own, contract, problems, ignored), row.where)


def _parameters(
    row: Tree, own: OwnField, contract: Contract, problems: list[Problem], ignored: list[str]
) -> dict[str, Field]:
    names = section("parameters").canonical
    found: dict[str, Field] = {}
    left: list[tuple[str, Tree]] = []
    for key in row.value:
        inner = own.record.get(names.get(key.lower()) or contract.own_names.canonical(key))
        if inner is None:
            left.append((key, row.child(key)))
        elif (value := _value(row.child(key), inner, f"{own.name}.{inner.name}", contract, problems)) is not None:
            found[inner.name] = Field(value, row.child(key).where)
    problems += _near(left, set(own.record) - set(found), contract)
    ignored += [f"{own.name}.{name}" for name, _ in left]
    return found


def _near(left: list[tuple[str, Tree]], missing: set[str], contract: Contract) -> Iterator[Problem]:
    """Names that nothing reads and that nearly are those of fields which are not stated."""
    own = contract.own_names
    spelt = {word for name in missing for word in (name, own.spell_path(name, "en"), own.spell_path(name, "zh"))}
    for name, tree in left:
        # A Chinese name says as much in three characters as an English one in nine.
        found = nearest(canonical(name), tuple(sorted(spelt))) if spelt else None
        near = found or (None if name.isascii() else nearest_path(name, sorted(spelt)))
        if near is not None:
            yield Problem("case.field-near", tree.key_where, {"name": name, "near": near})


def _key(name: str, contract: Contract) -> str:
    """The name of a field of the brand's own, whichever way it is written."""
    return contract.own_names.canonical(canonical(name))


def _value(tree: Tree, own: OwnField, name: str, contract: Contract, problems: list[Problem]) -> Value | None:
    """The value of a field as its type wants it; None where nothing is stated or it cannot be read."""
    try:
        if own.type == "choice":
            return convert.choice(tree.value, contract.own_names.choices(own.choices))
        value = amounts.whatever(tree.value)
        wanted: ParameterType = own.type if own.type != "records" else "text"
        return None if value is None else typed(value, wanted)
    except (FieldError, MisfitError) as mistake:
        called = Said("evaluate.name", {"en": name, "zh": contract.own_names.spell_path(name, "zh")})
        problems.append(Problem(mistake.key, tree.where, {"field": called, **mistake.values}))
        return None
