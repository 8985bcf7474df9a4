"""What the brand's own contract adds to cases and rules: fields of its own with their types, and lookup tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from replylint.case.schemas import ParameterType
from replylint.contract.actions import declared_name, usual
from replylint.contract.entries import Entries, Entry, below
from replylint.source.names import section
from replylint.source.values import Value

FieldType = ParameterType | Literal["records"]

LIST, CHOICES = "list", "choices"


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
    for path, entry in below(entries, "fields"):
        name, inner = parts(path)
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
    names = section("fields").canonical
    return ".".join(names.get(part.lower(), part) for part in name.split("."))


def tables(entries: Entries) -> Mapping[str, Mapping[str, Value]]:
    """The lookup tables of a contract by path, each from its keys, as `key_of` writes them, to values of one type."""
    found: dict[str, dict[str, Value]] = {}
    for path, entry in below(entries, "tables"):
        table, _, key = path.rpartition(".")
        # The members of a set are numbered below a value of their own.
        if table and entry.value is not None and entries[f"tables.{table}"].form is None:
            found.setdefault(f"tables.{table}", {})[key_of(key)] = entry.value
    return found


def key_of(value: Value) -> str:
    """What a key of a table is compared by: without case, blanks and hyphens."""
    return usual(str(value))


def parts(path: str) -> tuple[str, str | None]:
    """The field of a declaration's path, and what of its records it declares: `order.items.list.price` is both."""
    name, found, inner = path.partition(f".{LIST}.")
    if found:
        return name, inner.removesuffix(f".{CHOICES}")
    return path.removesuffix(f".{LIST}").removesuffix(f".{CHOICES}"), None


def _declared(path: str, entry: Entry) -> OwnField | None:
    """The field that one entry declares: by its type, or by its choices; None for sections and members of lists."""
    name, inner = parts(path)
    last = declared_name(inner) if inner is not None else canonical(name)
    if path.endswith(f".{CHOICES}") and isinstance(entry.value, tuple):
        return OwnField(last, "choice", entry.value)
    if entry.form == "type":
        return OwnField(last, cast(FieldType, entry.value))
    return None
