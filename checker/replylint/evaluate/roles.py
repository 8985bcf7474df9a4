"""Roles that a draft states, as the contract knows them: by key or by title, never by a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from replylint.case.model import Case, Field
from replylint.contract.actions import usual
from replylint.contract.model import Contract
from replylint.language.near import nearest
from replylint.source.problems import Problem, Said, Saying
from replylint.source.spans import Location

_FIELDS = ("approvals", "drafter.role", "review.severity_role")


def with_roles(case: Case, contract: Contract) -> Case:
    """The case with each role under the key that rules use; one that nobody knows stays as it is written."""
    fields = {name: case.fields[name] for name in _FIELDS if name in case.fields}
    if not fields:
        return case
    names = contract.role_names
    approvals = tuple(replace(each, role=names.get(usual(each.role), each.role)) for each in case.approvals)
    known = {name: _known(field, names) for name, field in fields.items()}
    return replace(case, fields={**case.fields, **known}, approvals=approvals)


def unknown_roles(case: Case, contract: Contract) -> tuple[Problem, ...]:
    """A problem for each role that the contract does not have: an approval that is passed over helps nobody."""
    fields = [case.fields[name] for name in _FIELDS if name in case.fields]
    names = contract.role_names if fields else {}
    if not names:
        return ()
    return tuple(
        _unknown(role, where, names, contract)
        for field in fields
        for role, where in _stated(field)
        if usual(role) not in names
    )


def role_key(role: str, contract: Contract) -> str | None:
    """The key of a role that is given by its key or its title; None when the contract has no such role."""
    return contract.role_names.get(usual(role))


def near_role(role: str, contract: Contract) -> Saying | None:
    """The role that a slip such as 「品牌經里」 most likely means; None when none is near."""
    names = contract.role_names
    near = nearest(usual(role), names)
    return shown_role(names[near], contract) if near is not None else None


def _known(field: Field, names: Mapping[str, str]) -> Field:
    if isinstance(field.value, tuple):
        return replace(field, value=tuple(names.get(usual(role), role) for role in field.value))
    return replace(field, value=names.get(usual(str(field.value)), field.value))


def _stated(field: Field) -> Iterator[tuple[str, Location]]:
    roles = field.value if isinstance(field.value, tuple) else (str(field.value),)
    yield from zip(roles, field.parts or (field.where,) * len(roles), strict=True)


def _unknown(role: str, where: Location, names: Mapping[str, str], contract: Contract) -> Problem:
    near = nearest(usual(role), names)
    if near is not None:
        return Problem("evaluate.role-near", where, {"name": role, "near": shown_role(names[near], contract)})
    person = next((key for key in dict.fromkeys(names.values()) if role in _people(key, contract)), None)
    if person is not None:
        return Problem("evaluate.role-of-person", where, {"name": role, "role": shown_role(person, contract)})
    known = tuple(shown_role(key, contract) for key in dict.fromkeys(names.values()))
    return Problem("evaluate.role-unknown", where, {"name": role, "known": known})


def _people(key: str, contract: Contract) -> Iterable[str]:
    """The names of a role's contacts."""
    start = f"contacts.{key}."
    return [
        str(entry.value)
        for path, entry in contract.entries.items()
        if path.startswith(start) and path.endswith(".name")
    ]


def shown_role(key: str, contract: Contract) -> Saying:
    """A role by its key and its title."""
    title = contract.roles[key]
    shown = Said("evaluate.name", {"en": title.said("en"), "zh": title.said("zh")})
    return Said("evaluate.role", {"key": key, "title": shown}) if title else key
