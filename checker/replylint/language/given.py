"""What the examples of rules give their cases: names that exist, values of their types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from replylint.contract.model import Contract
from replylint.language import rules as r
from replylint.language import syntax as s
from replylint.language.scope import Scope, action_of, field_types, listed_actions, spelt_actions
from replylint.language.unknown import unknown
from replylint.language.value_types import could_be, not_a_value
from replylint.source.problems import Problem
from replylint.source.spans import Location, Source

_Kind = Literal["action", "happening"]
# Fields that an example may state in other ways than a condition can speak of them.
_OTHERWISE = ("review", "approved_by")


def check_given(given: s.Given, source: Source, contract: Contract) -> Iterator[Problem]:
    """Every mistake in one `given` of an example."""
    match given:
        case s.GivenHistory():
            yield from _named(given, "happening", source, contract)
        case s.GivenAction():
            yield from _named(given, "action", source, contract)
        case s.GivenRecord(path, parameters):
            record = Scope({}, contract).record(path.name)
            if record is None:
                lists = [name for name, own in contract.own_fields.items() if own.type == "records"]
                yield unknown("list" if lists else "list-none", path, source, Scope({}, contract).called(lists))
                return
            yield from _parameters(
                parameters, {n: own.type for n, own in record.items()}, "item", path.written, source, contract
            )
        case s.GivenField(path, values):
            yield from _field(path, values, source, contract)


def _field(path: s.Path, values: tuple[s.Operand, ...], source: Source, contract: Contract) -> Iterator[Problem]:
    own = contract.own_fields.get(path.name)
    wanted = field_types().get(path.name) or (own.type if own else None)
    if wanted is None:
        if path.name not in _OTHERWISE:
            known = Scope({}, contract).called((*field_types(), *contract.own_fields))
            yield unknown("name", path, source, known)
        return
    for value in values:
        if wanted == "records" or not could_be(wanted, value):
            yield not_a_value(Location(source, value.span), wanted)
        elif isinstance(value, s.Word | s.Quoted) and (can_hold := Scope({}, contract).listing(path.name)):
            word = value if isinstance(value, s.Word) else s.Word(value.value, value.span, value.value)
            if can_hold.find(word.written) is None:
                yield unknown("choice", word, source, can_hold.offered, field=path.written)


def _named(given: s.GivenAction | s.GivenHistory, kind: _Kind, source: Source, contract: Contract) -> Iterator[Problem]:
    """The name and the parameters of a given action, or of something that happened."""
    if given.name is None:
        return
    schema = action_of(given.name, contract, kind)
    if schema is None:
        yield unknown(kind, given.name, source, spelt_actions(contract, kind), listed_actions(contract, kind))
        return
    yield from _parameters(given.parameters, schema.parameters, "parameter", given.name.written, source, contract)


def _parameters(
    parameters: Iterable[tuple[s.Word, s.Operand]], types: Mapping[str, r.ValueType], sort: str, of: str,
    source: Source, contract: Contract,
) -> Iterator[Problem]:
    for name, value in parameters:
        if name.name not in types:
            yield unknown(sort, name, source, Scope({}, contract).called(types), action=of)
        elif not could_be(types[name.name], value):
            yield not_a_value(Location(source, value.span), types[name.name])
