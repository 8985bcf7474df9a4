"""The files that ship with the package, reached in one way that works from a wheel and from a checkout."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    return yaml.load(grammar_text(name), _Loader)


@cache
def message_table(layer: str) -> dict[str, Any]:
    """The sentences of one layer: name → {en, zh, help?: {en, zh}}."""
    text = (folder_of("replylint.messages") / f"{layer}.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, _Loader)
    return table


def starter_policy() -> Path:
    """The folder of the policy that ships with the package."""
    return folder_of("replylint.policy")
