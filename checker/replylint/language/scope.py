"""What a bare or dotted name in a condition can mean, and the type it has there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast, get_args

from replylint.case.fields import COMPUTED, FIELD_CHOICES, FIELD_TYPES, PARAMETER_CHOICES
from replylint.case.schemas import shared
from replylint.contract.actions import REMOVING, ActionSchema, usual
from replylint.contract.model import Contract
from replylint.contract.own_fields import OwnField
from replylint.contract.terms import WEEKDAYS
from replylint.facts.model import Certainty
from replylint.facts.names import FactName
from replylint.facts.schema import FACT_TYPES, meaning_of
from replylint.language.listed import Listing, listing, of_choices
from replylint.language.rules import (
    ANY,
    OF_CONTRACT,
    ActionName,
    AttributeRef,
    ContractValue,
    FieldRef,
    Operand,
    ValueType,
)
from replylint.language.syntax import Word
from replylint.source.names import section

# The choices of fields and attributes whose values are not free text.
CHOICES: Mapping[str, tuple[str, ...]] = {
    **FIELD_CHOICES,
    "review.severity_found": FIELD_CHOICES["review.severity"],
    **PARAMETER_CHOICES,
    "weekday": WEEKDAYS,
    "certainty": get_args(Certainty),
}

OF_REPLY: Mapping[str, Mapping[str, ValueType]] = {
    "promise": {"done": "yesno"},
    "staff_named": {"turned_to": "yesno"},
}
"""What the same words say besides: that a promise was kept already, that an employee is named to be turned to."""

# Facts of which the contract says who may state them.
GRANTED = frozenset({"promise", "statement", "admission", "events", "claim"})


# What a contract declares has no value to compare with.
_DECLARATION = re.compile(r"^(names|fields)\.|\.parameters\.")


def _of_the_action(name: str) -> str:
    """What a dotted name means of the action that a rule looks at: `action.order`; empty when it means none."""
    whose, _, own = name.partition(".")
    if section("keywords").find(whose) != "action":
        return ""
    return next((known for sort in ("parameters", "attributes") if (known := section(sort).find(own))), None) or own


@dataclass(frozen=True)
class Scope:
    """The names that a condition may use: attributes of its subjects, fields of the case, the contract."""

    attributes: Mapping[str, ValueType]
    contract: Contract
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Choices of names that are known only here, such as those of the fields of a record."""
    clause: str | None = None
    """The contract's clause that the rule enforces."""
    assumed: bool = False
    """Whether the attributes are all that there are, because the subject is misspelt."""

    def find(self, name: str) -> Operand | None:
        """What a name stands for, or None when there is no such name here."""
        if name in self.attributes:
            return AttributeRef(self.attributes[name], name)
        if (own_name := _of_the_action(name)) in self.attributes:
            return AttributeRef(self.attributes[own_name], own_name)
        if field_type := field_types().get(name):
            return FieldRef(field_type, name)
        if own := self.contract.own_fields.get(name):
            return FieldRef(own.type, name)
        if table := self.contract.tables.get(name):
            return ContractValue("texts", name, tuple(table), self.contract.location(name))
        if (contract_type := self.contract.type_of(name)) is not None:
            value = self.contract.value(name)
            if value is not None:
                return ContractValue(cast(ValueType, contract_type), name, value, self.contract.location(name))
        return None

    def names(self) -> tuple[str, ...]:
        """Every name that may be used here, in both languages, the nearest to hand first."""
        values = (path for path in self.contract.paths() if self.contract.value(path) is not None)
        stated = (path for path in values if not _DECLARATION.search(path))
        known = (*self.attributes, *field_types(), *self.contract.own_fields, *stated)
        own = (*self.attributes, *self.contract.own_fields, *self.contract.tables)
        return tuple(dict.fromkeys((*spelled(known), *self.called(own))))

    def called(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names as they are written in either language, those of the contract's own as it calls them."""
        own = self.contract.own_names
        both = ((name, own.spell_path(name, "en"), own.spell_path(chinese(name), "zh")) for name in names)
        return tuple(dict.fromkeys(word for words in both for word in words))

    def choices(self, name: str) -> tuple[str, ...]:
        """The only words that a field, an attribute or a parameter can hold; empty when it can hold others."""
        if name in self.words or name in CHOICES:
            return self.words.get(name) or CHOICES.get(name, ())
        own = self.contract.own_fields.get(name)
        return own.choices if own else ()

    def listing(self, name: str) -> Listing | None:
        """What a field, an attribute or a parameter can hold; None when it can be anything."""
        choices = self.choices(name)
        return of_choices(choices, self.contract) if choices else listing(name, self.contract)

    def record(self, path: str) -> Mapping[str, OwnField] | None:
        """The fields of the records of a list; None when there is no such list."""
        own = self.contract.own_fields.get(path)
        return own.record if own and own.type == "records" else None

    def listed(self, section_: str) -> tuple[str, ...]:
        """The names that stand directly in a section of the contract, such as its roles."""
        start = f"{section_}."
        return tuple(p[len(start) :] for p in self.contract.paths() if p.startswith(start) and p.count(".") == 1)


def role_of(word: Word, contract: Contract) -> str | None:
    """The key of the contract's role that a word names, by its key or by its title; None when there is no such one."""
    return word.name if word.name in contract.roles else contract.role_names.get(usual(word.written))


def spelled(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are written in either language."""
    return tuple(dict.fromkeys(each for name in names for each in (name, chinese(name))))


def chinese(name: str) -> str:
    """A dotted or bare name as it is written in Chinese."""
    for sort in ("attributes", "parameters"):
        if name in section(sort).spellings:
            return section(sort).spell(name, "zh")
    return ".".join(section("fields").spell(part, "zh") for part in name.split("."))


@cache
def field_types() -> Mapping[str, ValueType]:
    """All fields of a case that rules may speak about, stated or computed."""
    return {**FIELD_TYPES, **COMPUTED}


def attributes_of(subjects: tuple[FactName | ActionName, ...], contract: Contract) -> Mapping[str, ValueType]:
    """The attributes and parameters that at least one of the subjects may carry."""
    found: dict[str, ValueType] = {}
    for subject in subjects:
        if isinstance(subject, ActionName):
            found.update(parameters_of(schema_of(subject.name, contract)))
        else:
            found.update(cast(Mapping[str, ValueType], meaning_of(subject).attributes))
            found.update(OF_REPLY.get(subject.type, {}))
        found.update(_of_contract(subject, contract))
    return found


def _of_contract(subject: FactName | ActionName, contract: Contract) -> Mapping[str, ValueType]:
    """What the contract says of a fact or action for whoever drafts: whether they may, and up to how much."""
    sort, name = ("action", subject.name) if isinstance(subject, ActionName) else (subject.type, subject.kind)
    may: dict[str, ValueType] = {"permitted": "yesno"} if sort == "action" or GRANTED & {sort} else {}
    kind = contract.type_of(f"authority.offers.{name}.limit") if sort in ("action", "promise") else None
    limit: dict[str, ValueType] = {"limit": cast(ValueType, kind)} if kind else {}
    if (sort, name) == ("promise", "compensation"):
        limit["discount_limit"] = "percent"
    if sort == "action":
        may["needs_approval"] = "yesno"
    if name == "escalate":
        may["addressee_listed"] = "yesno"
    if name in REMOVING:
        may["evidence_listed"] = "yesno"
    return {**may, **limit}


def schema_of(name: str, contract: Contract) -> ActionSchema:
    """The schema of an action; that of any action has what all of them have."""
    return contract.actions[name] if name in contract.actions else ActionSchema(ANY, shared())


def parameters_of(schema: ActionSchema) -> Mapping[str, ValueType]:
    """What rules may ask of an action: its parameters, and the total of as many pieces as are planned."""
    of_money = schema.parameters.get("amount") == "money"
    return {"total": "money", **schema.parameters} if of_money else cast(Mapping[str, ValueType], schema.parameters)


def every_attribute(contract: Contract) -> Mapping[str, ValueType]:
    """The attributes and parameters of everything that a rule can be about."""
    facts = tuple(FactName(name) for name in FACT_TYPES)
    of_contract = {name: kind or "money" for name, kind in OF_CONTRACT.items()}
    return {**of_contract, **attributes_of((*facts, *map(ActionName, contract.actions)), contract), "limit": "money"}


def action_of(word: Word, contract: Contract, kind: Literal["action", "happening"] = "action") -> ActionSchema | None:
    """The schema of the action, or of what can have happened, that a word names; None when there is no such one."""
    if section("choices").find(word.name) == ANY and kind == "action":
        return ActionSchema(ANY, shared())
    name = contract.action_names.get(usual(word.name), word.name)
    return contract.actions.get(name) or (contract.events.get(name) if kind == "happening" else None)


def spelt_actions(contract: Contract, kind: Literal["action", "happening"] = "action") -> tuple[str, ...]:
    """Every action of a contract, or everything that can have happened, as rules may write it."""
    events = section("events").all_spellings() if kind == "happening" else ()
    own = [word for schema in contract.actions.values() for word in schema.titles.values() if " " not in word]
    return tuple(dict.fromkeys((*events, *section("actions").all_spellings(), *contract.actions, *own)))


def listed_actions(contract: Contract, kind: Literal["action", "happening"] = "action") -> tuple[str, ...]:
    """The same, each by one name in each language: what is shown to whoever wrote another."""
    events = section("events").first_spellings() if kind == "happening" else ()
    return tuple(dict.fromkeys((*events, *section("actions").first_spellings(), *contract.actions)))
