"""Names of things that must exist: roles and whom to reach, levels, allegations, issues, zones, countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from replylint.contract.entries import Entries, Entry, children
from replylint.contract.nearest import nearest
from replylint.contract.terms import ALLEGATIONS, ENFORCEMENTS, LEVELS
from replylint.facts.schema import FACT_TYPES
from replylint.source.problems import Problem, Saying
from replylint.source.resources import grammar_table

_MOST_SHOWN = 12
_SIDES = ("agency", "brand")
_DIGITS = re.compile(r"[0-9]")
# These are no places: they stay as they are when the clocks change.
_ABBREVIATED = re.compile("EST|MST|HST")
# Asking the library takes a tenth of a second, so the most frequent answers are known here.
_COUNTRIES = frozenset({"TW", "HK", "MO", "SG", "MY", "JP", "KR", "CN", "US", "GB", "none"})


def names_exist(entries: Entries) -> Iterator[Problem]:
    """Values that name nothing; roles that nobody can be reached in where somebody has to be."""
    for entry in entries.values():
        if isinstance(entry.value, tuple) or entry.form is None:
            continue
        name = str(entry.value)
        if entry.form == "zone":
            yield from _zone(entry, name)
        elif entry.form == "country" and not _is_country(name):
            yield Problem("contract.unknown-country", entry.words, {"words": name})
        elif (wrong := _listed(entry, entries)) is not None:
            yield wrong
        elif entry.contact and "contacts" in entries and f"contacts.{name}" not in entries:
            yield Problem("contract.no-contact", entry.words, {"role": name})


def keys_are_roles(entries: Entries) -> Iterator[Problem]:
    """Tables whose keys are roles, contacts and limits of their own, and have another key."""
    roles = _roles(entries)
    tables = ["contacts", *(path for path in entries if path.endswith(".limits"))] if roles else []
    for table in tables:
        for role, entry in children(entries, table):
            if role not in roles:
                yield _unknown(Entry(role, "role", entry.where, entry.where), roles)


def sides_exist(entries: Entries) -> Iterator[Problem]:
    """A role's side that is neither the brand's nor the agency's."""
    for role, _ in children(entries, "roles"):
        side = entries.get(f"roles.{role}.side")
        if side is not None and side.value not in _SIDES:
            near = nearest(str(side.value), _SIDES)
            values = {"words": str(side.value), "near": near or ""}
            yield Problem(f"contract.unknown-side{'-near' if near else ''}", side.words, values)


def subdivision_exists(entries: Entries) -> Iterator[Problem]:
    """A state or province that the country of the holidays does not have."""
    part, country = entries.get("calendar.holidays.subdivision"), entries.get("calendar.holidays.country")
    if part is None or country is None:
        return
    import holidays

    known: list[str] = holidays.list_supported_countries(include_aliases=True).get(str(country.value), [])
    if part.value not in known and _is_country(str(country.value)):
        named = {"words": str(part.value), "country": str(country.value)}
        values: dict[str, Saying] = {**named, "known": tuple(known[:_MOST_SHOWN])}
        yield Problem(f"contract.unknown-subdivision{'' if known else '-at-all'}", part.words, values)


def _roles(entries: Entries) -> list[str]:
    return [role for role, _ in children(entries, "roles")]


_KNOWN: Mapping[str, Callable[[Entries], list[str]]] = {
    "role": _roles,
    "level": lambda entries: [level for level in LEVELS if f"severity.{level}" in entries],
    "allegation": lambda entries: list(ALLEGATIONS),
    "enforcement": lambda entries: list(ENFORCEMENTS),
    "issue": lambda entries: list(FACT_TYPES["issue"].kinds),
}
"""The names that values of a form may be."""


def _listed(entry: Entry, entries: Entries) -> Problem | None:
    """What is wrong with a value that is to be one of the known names of its form."""
    names = _KNOWN.get(entry.form) if entry.form else None
    known = names(entries) if names else []
    # Without any names their section is missing, which is told once and not at every place that names one.
    if not known or entry.value in known:
        return None
    return _no_role(entry, entries, known) if entry.form == "role" else _unknown(entry, known)


def _zone(entry: Entry, name: str) -> Iterator[Problem]:
    if _ABBREVIATED.fullmatch(name):
        yield Problem("contract.zone-abbreviated", entry.words, {"words": name})
    elif not _is_zone(name):
        # "GMT+8" is one letter away from "GMT+0" and eight hours.
        alike = [zone for zone in available_timezones() if _DIGITS.sub("", zone) == zone]
        yield _unknown(entry, [] if _DIGITS.search(name) else sorted(alike))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_country(code: str) -> bool:
    if code in _COUNTRIES:
        return True
    import holidays

    return code in holidays.list_supported_countries()


def _unknown(entry: Entry, known: list[str]) -> Problem:
    """A name that is none of those known, with the nearest one."""
    name = str(entry.value)
    near = nearest(name, known)
    values: dict[str, Saying] = {"words": name, "near": near or "", "known": tuple(known[:_MOST_SHOWN])}
    return Problem(f"contract.unknown-{entry.form}{'-near' if near else ''}", entry.words, values)


def _no_role(entry: Entry, entries: Entries, roles: list[str]) -> Problem:
    """A name that is no role: nobody's, several in one, a role's title, or a misspelt one."""
    name = str(entry.value)
    if name.casefold() in grammar_table("slips.yml")["nobody"]:
        return Problem("contract.role-nobody", entry.words, {"words": name})
    parts = [part for part in re.split(r"[ ,，、;；/+&]+", name) if part]
    if len(parts) > 1 and any(part in roles for part in parts):
        return Problem("contract.roles-in-one", entry.words, {"words": name, "better": f"[{', '.join(parts)}]"})
    spellings = (f"roles.{{}}.title{lang}" for lang in ("", ".en", ".zh"))
    titled = (r for path in spellings for r in roles if (e := entries.get(path.format(r))) and e.value == name)
    if role := next(titled, None):
        return Problem("contract.unknown-role-near", entry.words, {"words": name, "near": role})
    return _unknown(entry, roles)
