"""Actions as a contract declares them: the built-in ones with what the contract adds, and the brand's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from replylint.case.schemas import ParameterType, Schema, built_in, events, shared
from replylint.contract.entries import Entries, Entry, children, texts
from replylint.source.names import section

SECTION = "authority.actions"

REMOVING = ("delete_review", "hide_review", "report_review")
"""What takes a review away or wants it away; the contract rules it under `removal`."""

DONE: Mapping[str, str] = {"reply": "replied", "escalate": "escalated", "close": "resolved"}
"""Actions that, once they were carried out, are what an event tells, too."""


def as_done(name: str) -> str:
    """The name of what happened: one for an action that was carried out and for the event that tells of it."""
    return DONE.get(name, name)


@dataclass(frozen=True)
class ActionSchema:
    """One action under a contract.

    name: the key that rules and drafts go by. parameters: their types, with those that any action may have.
    main: the parameter that a value right behind the name is. titles: other names, by language; the built-in ones have
    theirs in the table of names. who: the roles that may plan it; None where the contract does not say.
    approver: the role that has to approve it, if any. fulfils: the built-in actions that it counts as, too.
    """

    name: str
    parameters: Mapping[str, ParameterType]
    main: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    who: tuple[str, ...] | None = None
    approver: str | None = None
    fulfils: tuple[str, ...] = ()

    def is_a(self, name: str) -> bool:
        """Whether a rule that speaks of an action of that name means this one, too."""
        return name == self.name or name in self.fulfils


def action_schemas(entries: Entries) -> Mapping[str, ActionSchema]:
    """Every action that drafts and rules may name under a contract."""
    own = [path for path in entries if path.startswith(f"{SECTION}.") and path.count(".") == 2]
    names = dict.fromkeys((*built_in(), *(path.rpartition(".")[2] for path in own)))
    return {name: _schema(name, entries) for name in names}


def event_schemas() -> Mapping[str, ActionSchema]:
    """What can have happened in a case besides actions, by name."""
    return {name: ActionSchema(name, schema.parameters, schema.main) for name, schema in events().items()}


def spellings(schemas: Iterable[ActionSchema]) -> Mapping[str, str]:
    """Every spelling of every action, as `usual` writes it, with the action's name."""
    found = {usual(word): name for word, name in section("actions").canonical.items()}
    for schema in schemas:
        found |= {usual(word): schema.name for word in (*schema.titles.values(), schema.name)}
    return found


def usual(name: str) -> str:
    """A name without what people write differently: case, blanks and hyphens."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def declared_name(written: str) -> str:
    """The name of a parameter: that of the table of names for any of its spellings, else as it is written."""
    return section("parameters").canonical.get(written.lower(), written)


def _schema(name: str, entries: Entries) -> ActionSchema:
    base = f"{SECTION}.{name}"
    start = built_in().get(name) or Schema(name, shared())
    if base not in entries:
        return ActionSchema(name, start.parameters, start.main)
    declared = {declared_name(key): _type(entry) for key, entry in children(entries, f"{base}.parameters")}
    who, approver = entries.get(f"{base}.who"), entries.get(f"{base}.approver")
    return ActionSchema(
        name,
        {**declared, **start.parameters},
        start.main or next(iter(declared), None),
        {lang: str(entry.value) for lang, entry in children(entries, f"{base}.title")},
        cast("tuple[str, ...]", who.value) if who else None,
        str(approver.value) if approver else None,
        _fulfils(entries.get(f"{base}.fulfils")),
    )


def _fulfils(entry: Entry | None) -> tuple[str, ...]:
    """The built-in actions that an action counts as, by their names."""
    return tuple(built_in_name(word) or word for word in texts(entry))


def built_in_name(word: str) -> str | None:
    """The built-in action that a word names, in either language."""
    spelt = {usual(each): name for each, name in section("actions").canonical.items()}
    return spelt.get(usual(word))


def _type(entry: Entry) -> ParameterType:
    return cast(ParameterType, entry.value)
