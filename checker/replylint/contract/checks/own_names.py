"""What the contract calls things: names of things that are there, which stand for one thing where they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from replylint.contract.actions import SECTION as ACTIONS
from replylint.contract.actions import usual
from replylint.contract.entries import Entries, Entry, children
from replylint.contract.nearest import nearest
from replylint.contract.own_names import SECTION, built_in, named_things
from replylint.source.problems import Problem

# Whatever a word of a condition may be; part of a dotted name is only taken for the name of a field.
_WORDS = ("keywords", "facts", "attributes", "parameters", "choices", "fields")
_PARTS = ("fields",)
_HAPPENINGS = ("actions", "events")


def names_are_of_something(entries: Entries) -> Iterator[Problem]:
    """A name of what the contract does not have, which is mostly a misspelt one."""
    things = named_things(entries)
    known = sorted({*things.alone, *things.parts, *things.words})
    for name, entry in children(entries, SECTION):
        if name not in known:
            near = nearest(name, known)
            values = {"words": name, "near": near or ""}
            yield Problem(f"contract.name-of-nothing{'-near' if near else ''}", entry.where, values)


def names_are_of_one_thing(entries: Entries) -> Iterator[Problem]:
    """Names of fields, words, actions and roles that are those of another as well, or mean something built in."""
    things = named_things(entries)
    titled = {name: _titles(entries, f"{SECTION}.{name}") for name, _ in children(entries, SECTION)}
    yield from _ambiguous(things.alone | things.parts, titled, _PARTS)
    yield from _ambiguous(things.alone | things.words, titled, _WORDS)
    for section, sorts in ((ACTIONS, _HAPPENINGS), ("roles", ())):
        own = {name: _titles(entries, f"{section}.{name}.title") for name, _ in children(entries, section)}
        yield from _ambiguous(own, own, sorts)


def _ambiguous(
    group: Collection[str], titled: Mapping[str, Sequence[Entry]], sorts: Sequence[str]
) -> Iterator[Problem]:
    """Titles that are those of another of the group, or that mean something of one of these sorts already."""
    seen = {usual(name): name for name in group}
    for name in sorted(titled.keys() & set(group)):
        for entry in titled[name]:
            title = str(entry.value)
            other = seen.setdefault(usual(title), name)
            taken = next((found for sort in sorts if (found := built_in(title, sort))), "")
            if other != name:
                yield Problem("contract.name-twice", entry.words, {"words": title, "name": name, "other": other})
            elif taken not in ("", name, *(built_in(name, sort) for sort in sorts)):
                yield Problem("contract.name-taken", entry.words, {"words": title, "name": name, "other": taken})


def _titles(entries: Entries, path: str) -> list[Entry]:
    """The title at a path, or those in its section, one for each language."""
    found = entries.get(path)
    own = [found] if found is not None and found.form is not None else []
    return own + [entry for _, entry in children(entries, path)]
