"""Fields of the brand's own whose names mean nothing else, and tables with values of one type."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.case.fields import ACTIONS, COMPUTED, FIELD_TYPES, HISTORY, LABELS, SPELLINGS, names_within, nearest
from replylint.contract.actions import declared_name
from replylint.contract.entries import Entries, Entry, below, children, type_name
from replylint.contract.own_fields import CHOICES, LIST, canonical, parts, tables
from replylint.source.names import section
from replylint.source.problems import Problem

# A bare name that reads like one of these would mean something else in a rule.
_TAKEN = ("keywords", "facts", "attributes", "parameters", "choices")
# The groups of built-in fields to which brands add fields with names unlike their own.
_SHARED_GROUPS = ("review", "reply", "drafter")
# Sections of the contract that share their name with a group of fields.
_SHARED_SECTIONS = ("review", "brand")


def fields_have_one_type(entries: Entries) -> Iterator[Problem]:
    """A field with neither choices nor a list of records, or with both, where no type is stated."""
    for name, entry in below(entries, "fields"):
        declared = [f"fields.{name}.{key}" for key in (LIST, CHOICES) if f"fields.{name}.{key}" in entries]
        if _is_field(name) and entry.form is None and len(declared) != 1:
            yield Problem("contract.field-type", entry.where, {"words": name})


def field_names_are_free(entries: Entries) -> Iterator[Problem]:
    """Names that mean something already, read nearly like one that does, or are declared twice."""
    seen: dict[str, str] = {}
    for name, entry in below(entries, "fields"):
        known = canonical(name)
        if _is_field(name):
            if _taken(known, entries):
                yield Problem("contract.field-taken", entry.where, {"words": name})
            elif (near := _near(known)) is not None:
                yield Problem("contract.field-alike", entry.where, {"words": name, "near": near})
            elif known in seen:
                yield Problem("contract.field-twice", entry.where, {"words": name, "first": seen[known]})
            seen.setdefault(known, name)
        else:
            yield from _keyword(name, entry)


def tables_have_one_type(entries: Entries) -> Iterator[Problem]:
    """A table with values of several types."""
    for path, table in tables(entries).items():
        types = {type_name(entry) for _, entry in children(entries, path)}
        if len(types) > 1 and table:
            yield Problem("contract.table-types", entries[path].where, {"key": path})


def _is_field(name: str) -> bool:
    """Whether a path among the fields is that of a field, rather than of its choices or of a part of its records."""
    return not {LIST, CHOICES} & set(name.split("."))


def _keyword(name: str, entry: Entry) -> Iterator[Problem]:
    inner = parts(name)[1]
    if inner and inner in section("keywords").canonical and declared_name(inner) == inner:
        yield Problem("contract.field-keyword", entry.where, {"words": inner})


def _taken(known: str, entries: Entries) -> bool:
    """Whether a name is a built-in field, another word of the rule language, or a part of the contract."""
    if known in FIELD_TYPES or known in COMPUTED or known in SPELLINGS or known in (ACTIONS, HISTORY, *LABELS):
        return True
    first, *rest = known.split(".")
    if rest:
        return first in entries and first not in _SHARED_SECTIONS
    return any(known.lower() in section(sort).canonical for sort in _TAKEN)


def _near(known: str) -> str | None:
    """The built-in field that a name is nearly the same as."""
    group, _, last = known.rpartition(".")
    return None if group and group not in _SHARED_GROUPS else nearest(last, names_within(group or None))
