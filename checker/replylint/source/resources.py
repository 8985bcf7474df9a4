"""The files that ship with the package, reached in one way that works from a wheel and from a checkout."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def grammar_text(name: str) -> str:
    """The text of a file of `grammar/`, such as `rules.lark`."""
    return (files("replylint.grammar") / name).read_text(encoding="utf-8")


@cache
def grammar_table(name: str) -> Any:
    """A YAML table of `grammar/`, such as `names.yml`, as plain values."""
    return yaml.load(grammar_text(name), _Loader)


@cache
def message_table(layer: str) -> dict[str, Any]:
    """The sentences of one layer: name → {en, zh, help?: {en, zh}}."""
    text = (files("replylint.messages") / f"{layer}.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, _Loader)
    return table


def starter_policy() -> Path:
    """The folder of the policy that ships with the package."""
    return Path(str(files("replylint.policy")))
