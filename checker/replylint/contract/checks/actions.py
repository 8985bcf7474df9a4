"""Actions of the brand's own say what they are called; the parameters of built-in ones keep their types."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.case.schemas import built_in, shared
from replylint.contract.actions import SECTION, built_in_name, declared_name
from replylint.contract.entries import Entries, children, texts
from replylint.contract.nearest import nearest
from replylint.source.problems import Problem


def actions_have_titles(entries: Entries) -> Iterator[Problem]:
    """An action that is not built in and has no title, which is mostly a misspelt one."""
    for name, entry in children(entries, SECTION):
        if name not in built_in() and f"{SECTION}.{name}.title" not in entries:
            near = nearest(name, built_in())
            values = {"words": name, "near": near or ""}
            yield Problem(f"contract.unknown-action{'-near' if near else ''}", entry.where, values)


def fulfil_what_is_built_in(entries: Entries) -> Iterator[Problem]:
    """What an action counts as is another one, and built in."""
    for name, _ in children(entries, SECTION):
        fulfils = entries.get(f"{SECTION}.{name}.fulfils")
        for word in texts(fulfils):
            if fulfils is not None and (built_in_name(word) is None or name in built_in()):
                yield Problem("contract.fulfils", fulfils.words, {"words": word, "known": tuple(built_in())})


def parameters_keep_their_types(entries: Entries) -> Iterator[Problem]:
    """A built-in parameter that is declared with another type."""
    for name, _ in children(entries, SECTION):
        schema = built_in().get(name)
        known = {**shared(), **(schema.parameters if schema else {})}
        for key, entry in children(entries, f"{SECTION}.{name}.parameters"):
            fixed = known.get(declared_name(key), entry.value)
            if entry.value != fixed:
                yield Problem("contract.parameter-type", entry.words, {"words": key, "type": str(fixed)})
