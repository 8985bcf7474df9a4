"""What the brand's own contract adds to cases and rules: fields of its own with their types, and lookup tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from replylint.case import convert
from replylint.case.fields import ACTIONS, COMPUTED, FIELD_TYPES, HISTORY, LABELS, SPELLINGS, names_within, nearest
from replylint.case.schemas import ParameterType
from replylint.contract.entries import Entry, type_name
from replylint.source.problems import Problem
from replylint.source.values import Value

Entries = Mapping[str, Entry]
FieldType = ParameterType | Literal["records"]

_LIST, _CHOICES = "list", "choices"
# A bare name that reads like one of these would mean something else in a rule.
_TAKEN = ("keywords", "facts", "attributes", "parameters", "choices")


@dataclass(frozen=True)
class OwnField:
    """A field that the brand's cases state besides the built-in ones.

    name: as rules have it, each part canonical where the table of names knows it. type: that of its value; `records`
    for a list, whose fields then stand in `record`. choices: the words that it may hold, when it is a choice.
    """

    name: str
    type: FieldType
    choices: tuple[str, ...] = ()
    record: Mapping[str, OwnField] = field(default_factory=dict)


def own_fields(entries: Entries) -> Mapping[str, OwnField]:
    """The fields that a contract declares, by name."""
    found: dict[str, OwnField] = {}
    for path, entry in _below(entries, "fields"):
        name, inner = _parts(path)
        declared = _declared(path, entry)
        if declared is None:
            continue
        if inner is None:
            found[canonical(name)] = declared
        else:
            whole = found.get(canonical(name), OwnField(canonical(name), "records"))
            record = {**whole.record, declared.name: declared}
            found[whole.name] = OwnField(whole.name, "records", (), record)
    return found


def canonical(name: str) -> str:
    """A dotted name with each part as the table of names has it."""
    names = convert.spellings("fields")
    return ".".join(names.get(part.lower(), part) for part in name.split("."))


def tables(entries: Entries) -> Mapping[str, Mapping[str, Value]]:
    """The lookup tables of a contract by path, each from its keys, as `key_of` writes them, to values of one type."""
    found: dict[str, dict[str, Value]] = {}
    for path, entry in _below(entries, "tables"):
        table, _, key = path.rpartition(".")
        # The members of a set are numbered below a value of their own.
        if table and entry.value is not None and entries[f"tables.{table}"].form is None:
            found.setdefault(f"tables.{table}", {})[key_of(key)] = entry.value
    return found


def key_of(value: Value) -> str:
    """What a key of a table is compared by: without case, blanks and hyphens."""
    return str(value).strip().casefold().replace(" ", "_").replace("-", "_")


def check_own(entries: Entries) -> Iterator[Problem]:
    """Names that mean something already, and tables whose values are not all of one type."""
    seen: dict[str, str] = {}
    for name, entry in _below(entries, "fields"):
        if not {_LIST, _CHOICES} & set(name.split(".")):
            yield from _taken(name, entry, entries, seen)
            declared = [f"fields.{name}.{key}" for key in (_LIST, _CHOICES) if f"fields.{name}.{key}" in entries]
            if entry.form is None and len(declared) != 1:
                yield Problem("contract.field-type", entry.where, {"words": name})
        elif (inner := _parts(name)[1]) and inner in convert.spellings("keywords") and _parameter(inner) == inner:
            yield Problem("contract.field-keyword", entry.where, {"words": inner})
    for path, table in tables(entries).items():
        types = {type_name(entries[f"{path}.{key}"]) for key in _keys(entries, path)}
        if len(types) > 1 and table:
            yield Problem("contract.table-types", entries[path].where, {"key": path})


def _keys(entries: Entries, table: str) -> list[str]:
    start = f"{table}."
    return [path[len(start) :] for path in entries if path.startswith(start) and "." not in path[len(start) :]]


def _taken(name: str, entry: Entry, entries: Entries, seen: dict[str, str]) -> Iterator[Problem]:
    known = canonical(name)
    group, _, last = known.rpartition(".")
    near = None if group and group not in ("review", "reply", "drafter") else nearest(last, names_within(group or None))
    reserved = {word for sort in _TAKEN for word in convert.spellings(sort)} if not group else set()
    built_in = known in FIELD_TYPES or known in COMPUTED or known in SPELLINGS or known in (ACTIONS, HISTORY, *LABELS)
    first = known.split(".")[0]
    of_contract = group and first in entries and first not in ("review", "brand")
    if built_in or known.lower() in reserved or of_contract:
        yield Problem("contract.field-taken", entry.where, {"words": name})
    elif near is not None:
        yield Problem("contract.field-alike", entry.where, {"words": name, "near": near})
    elif known in seen:
        yield Problem("contract.field-twice", entry.where, {"words": name, "first": seen[known]})
    seen.setdefault(known, name)


def _below(entries: Entries, section: str) -> list[tuple[str, Entry]]:
    start = f"{section}."
    return [(path[len(start) :], entry) for path, entry in entries.items() if path.startswith(start)]


def _parts(path: str) -> tuple[str, str | None]:
    """The field of a declaration's path, and what of its records it declares: `order.items.list.price` is both."""
    name, found, inner = path.partition(f".{_LIST}.")
    if found:
        return name, inner.removesuffix(f".{_CHOICES}")
    return path.removesuffix(f".{_LIST}").removesuffix(f".{_CHOICES}"), None


def _declared(path: str, entry: Entry) -> OwnField | None:
    """The field that one entry declares: by its type, or by its choices; None for sections and members of lists."""
    name, inner = _parts(path)
    last = _parameter(inner) if inner is not None else canonical(name)
    if path.endswith(f".{_CHOICES}") and isinstance(entry.value, tuple):
        return OwnField(last, "choice", entry.value)
    if entry.form == "type":
        return OwnField(last, cast(FieldType, entry.value))
    return None


def _parameter(written: str) -> str:
    """A field of a record as rules name it, beside parameters of actions."""
    return convert.spellings("parameters").get(written.lower(), written)
