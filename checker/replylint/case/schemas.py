"""What may be stated with an action, and the schemas of the built-in ones, from `grammar/actions.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from replylint.source.resources import grammar_table

ParameterType = Literal["money", "percent", "duration", "count", "text", "texts", "datetime", "yesno", "choice"]


@dataclass(frozen=True)
class Schema:
    """One action: its name in rules and the types of its parameters.

    main: the parameter that a value right behind the action's name is; None when it takes none.
    """

    name: str
    parameters: Mapping[str, ParameterType]
    main: str | None = None


@cache
def shared() -> Mapping[str, ParameterType]:
    """What may be stated with any action."""
    found: Mapping[str, ParameterType] = grammar_table("actions.yml")["any"]
    return found


@cache
def built_in() -> Mapping[str, Schema]:
    """The schemas of the actions that every contract has, by name."""
    return _schemas("actions")


@cache
def events() -> Mapping[str, Schema]:
    """The schemas of what can have happened besides actions, by name."""
    return _schemas("events")


@cache
def joining() -> frozenset[str]:
    """Words between an action and its value that say nothing."""
    return frozenset(grammar_table("actions.yml")["joining"])


def schema_of(name: str) -> Schema | None:
    """The schema of an action that is built in, or of an event."""
    return built_in().get(name) or events().get(name)


def _schemas(section: str) -> dict[str, Schema]:
    return {
        name: Schema(name, {**row.get("parameters", {}), **shared()}, row.get("main"))
        for name, row in grammar_table("actions.yml")[section].items()
    }
