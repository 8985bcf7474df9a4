"""The files that ship with the package, reached in one way that works from a wheel and from a checkout."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from replylint.source.cache import keep, key_of, recall


def folder_of(package: str) -> Path:
    """Where the files of a package stand; `importlib.resources` would load a dozen modules to tell."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0])


def grammar_text(name: str) -> str:
    """The text of a file of `grammar/`, such as `rules.lark`."""
    return (folder_of("replylint.grammar") / name).read_text(encoding="utf-8")


@cache
def grammar_table(name: str) -> Any:
    """A YAML table of `grammar/`, such as `names.yml`, as plain values."""
    return _table(grammar_text(name))


@cache
def message_table(layer: str) -> dict[str, Any]:
    """The sentences of one layer: name → {en, zh, help?: {en, zh}}."""
    text = (folder_of("replylint.messages") / f"{layer}.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = _table(text)
    return table


def _table(text: str) -> Any:
    """What a table says: as kept from an earlier run, because reading YAML takes twenty times as long as JSON."""
    key = key_of((text,), ("source",))
    kept = recall("tables", key, dict)
    if kept is not None:
        return kept
    # Loaded late: most runs find every table kept from an earlier one.
    import yaml

    table = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    # A key or a value that JSON has not, such as a date, would come back as something else.
    if json.loads(json.dumps(table, default=str)) == table:
        keep("tables", key, table)
    return table


def starter_policy() -> Path:
    """The folder of the policy that ships with the package."""
    return folder_of("replylint.policy")
