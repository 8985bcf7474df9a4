"""What can only be checked once every value is read: names that must exist, and values that must fit together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from replylint.case.schemas import built_in, shared
from replylint.contract.actions import SECTION, children, declared_name
from replylint.contract.entries import Entry
from replylint.contract.nearest import nearest
from replylint.contract.own_fields import check_own
from replylint.contract.readers import hours, in_order
from replylint.contract.schema import ALLEGATIONS, CLOCKS, ENFORCEMENTS, LEVELS, WEEKDAYS
from replylint.facts.schema import FACT_TYPES
from replylint.source.problems import Problem, Saying
from replylint.source.resources import grammar_table
from replylint.source.values import Duration, Money, Percent

Entries = Mapping[str, Entry]

_DIGITS = re.compile(r"[0-9]")
_EMERGENCY_COUNT = re.compile(r"emergencies\.\w+\.reviews")

# These are no places: they stay as they are when the clocks change.
_ABBREVIATED = re.compile("EST|MST|HST")

# Asking the library takes a tenth of a second, so the most frequent answers are known here.
_COUNTRIES = frozenset({"TW", "HK", "MO", "SG", "MY", "JP", "KR", "CN", "US", "GB", "none"})


def check(entries: Entries) -> Iterator[Problem]:
    """Every problem of a contract whose values could each be read, in no particular order."""
    yield from _names(entries)
    yield from _role_keys(entries)
    yield from _bounds(entries)
    yield from _hours(entries)
    yield from _durations_in_order(entries)
    yield from _tiers(entries)
    yield from _actions(entries)
    yield from check_own(entries)
    yield from _subdivision(entries)
    version = entries.get("version")
    if version and version.value != 1:
        yield Problem("contract.version", version.words, {"words": str(version.value)})


def _names(entries: Entries) -> Iterator[Problem]:
    roles = _children(entries, "roles")
    known: Mapping[str, Callable[[], list[str]]] = {
        "role": lambda: roles,
        "level": lambda: [level for level in LEVELS if f"severity.{level}" in entries],
        "allegation": lambda: list(ALLEGATIONS),
        "enforcement": lambda: list(ENFORCEMENTS),
        "issue": lambda: list(FACT_TYPES["issue"].kinds),
    }
    for entry in entries.values():
        if isinstance(entry.value, tuple) or entry.form is None:
            continue
        name = str(entry.value)
        names = known[entry.form]() if entry.form in known else []
        # Without any names their section is missing, which is told once and not at every place that names one.
        if names and name not in names:
            yield _no_role(entry, entries, names) if entry.form == "role" else _unknown(entry.form, entry, names)
        elif entry.contact and "contacts" in entries and f"contacts.{name}" not in entries:
            yield Problem("contract.no-contact", entry.words, {"role": name})
        elif entry.form == "zone" and _ABBREVIATED.fullmatch(name):
            yield Problem("contract.zone-abbreviated", entry.words, {"words": name})
        elif entry.form == "zone" and not _is_zone(name):
            # "GMT+8" is one letter away from "GMT+0" and eight hours.
            alike = [zone for zone in available_timezones() if _DIGITS.sub("", zone) == zone]
            yield _unknown("zone", entry, [] if _DIGITS.search(name) else sorted(alike))
        elif entry.form == "country" and not _is_country(name):
            yield Problem("contract.unknown-country", entry.words, {"words": name})


def _unknown(form: str, entry: Entry, known: list[str]) -> Problem:
    name = str(entry.value)
    near = nearest(name, known)
    values: dict[str, Saying] = {"words": name, "near": near or "", "known": tuple(known[:12])}
    return Problem(f"contract.unknown-{form}{'-near' if near else ''}", entry.words, values)


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
    return _unknown("role", entry, roles)


def _bounds(entries: Entries) -> Iterator[Problem]:
    """Stars beyond five and percentages beyond a hundred, which nothing can reach."""
    for path, entry in entries.items():
        if path.endswith(".rating_at_most") and isinstance(entry.value, Decimal | int) and not 1 <= entry.value <= 5:
            yield Problem("contract.rating-range", entry.words, {"words": entry.words.words})
        elif _EMERGENCY_COUNT.fullmatch(path) and isinstance(entry.value, Decimal | int) and entry.value < 1:
            yield Problem("contract.of-no-reviews", entry.words, {"words": entry.words.words})
        elif isinstance(entry.value, Percent) and entry.value.amount > 100:
            yield Problem("contract.percent-range", entry.words, {"words": entry.words.words})


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


def _subdivision(entries: Entries) -> Iterator[Problem]:
    part, country = entries.get("calendar.holidays.subdivision"), entries.get("calendar.holidays.country")
    if part is None or country is None:
        return
    import holidays

    known: list[str] = holidays.list_supported_countries(include_aliases=True).get(str(country.value), [])
    if part.value not in known and _is_country(str(country.value)):
        named = {"words": str(part.value), "country": str(country.value)}
        values: dict[str, Saying] = {**named, "known": tuple(known[:12])}
        yield Problem(f"contract.unknown-subdivision{'' if known else '-at-all'}", part.words, values)


def _role_keys(entries: Entries) -> Iterator[Problem]:
    """Tables whose keys are roles: contacts, and the limits of other roles."""
    roles = _children(entries, "roles")
    if not roles:
        return
    tables = ["contacts", *(path for path in entries if path.endswith(".limits"))]
    for table in tables:
        for role in _children(entries, table):
            if role not in roles:
                where = entries[f"{table}.{role}"].where
                entry = Entry(role, "role", where, where)
                yield _unknown("role", entry, roles)


def _hours(entries: Entries) -> Iterator[Problem]:
    for entry in entries.values():
        ranges = hours(str(entry.value)) if entry.form in ("hours", "duty") else None
        if ranges and not in_order(ranges):
            yield Problem("contract.hours-order", entry.words, {"words": str(entry.value)})
    week = [entries.get(f"calendar.business_hours.{day}") for day in WEEKDAYS]
    if all(entry is not None and hours(str(entry.value)) == () for entry in week):
        yield Problem("contract.never-open", entries["calendar.business_hours"].where)


def _durations_in_order(entries: Entries) -> Iterator[Problem]:
    for path in entries:
        if path.endswith(".earliest"):
            yield from _rising(entries, path.removesuffix(".earliest"), ("earliest", "latest"))
    for level in LEVELS:
        yield from _rising(entries, f"severity.{level}", CLOCKS)
        yield from _warned(entries, f"severity.{level}")


# Lengths that can be compared without a calendar.
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def _warned(entries: Entries, level: str) -> Iterator[Problem]:
    """A warning must come after its clock has started."""
    warn = entries.get(f"{level}.warn")
    if warn is None or not isinstance(warn.value, Duration):
        return
    for clock in (*CLOCKS, "escalate"):
        entry = entries.get(f"{level}.{clock}")
        if entry is not None and isinstance(entry.value, Duration) and _longer(warn.value, entry.value):
            values = {"warn": warn.words.words, "clock": clock, "length": entry.words.words}
            yield Problem("contract.warn-too-long", warn.words, values)
            return


def _longer(one: Duration, other: Duration) -> bool:
    if one.unit == other.unit:
        return one.amount >= other.amount
    known = one.unit in _MINUTES and other.unit in _MINUTES
    return known and one.amount * _MINUTES[one.unit] >= other.amount * _MINUTES[other.unit]


def _rising(entries: Entries, section: str, names: tuple[str, ...]) -> Iterator[Problem]:
    """Of two neighbouring durations in the same unit, the second may not be the shorter one."""
    stated = [(name, entries[f"{section}.{name}"]) for name in names if f"{section}.{name}" in entries]
    for (first, before), (second, after) in itertools.pairwise(stated):
        one, other = before.value, after.value
        if not isinstance(one, Duration) or not isinstance(other, Duration):
            continue
        if one.unit == other.unit and other.amount < one.amount:
            values = {"first": first, "second": second, "before": before.words.words, "after": after.words.words}
            yield Problem("contract.clocks-order", after.words, values)


def _tiers(entries: Entries) -> Iterator[Problem]:
    before: Entry | None = None
    for number in _children(entries, "approvals.tiers"):
        entry = entries.get(f"approvals.tiers.{number}.up_to")
        if entry is None or not isinstance(entry.value, Money):
            continue
        if before is not None and not _above(entry.value, before.value):
            values = {"before": before.words.words, "after": entry.words.words}
            yield Problem("contract.tiers-order", entry.words, values)
        before = entry


def _actions(entries: Entries) -> Iterator[Problem]:
    """Actions of the brand's own say what they are called; the parameters of built-in ones keep their types."""
    for name in _children(entries, SECTION):
        path = f"{SECTION}.{name}"
        schema = built_in().get(name)
        if schema is None and f"{path}.title" not in entries:
            near = nearest(name, built_in())
            values: dict[str, Saying] = {"words": name, "near": near or ""}
            yield Problem(f"contract.unknown-action{'-near' if near else ''}", entries[path].where, values)
        for key, entry in children(entries, f"{path}.parameters"):
            fixed = {**shared(), **(schema.parameters if schema else {})}.get(declared_name(key), entry.value)
            if entry.value != fixed:
                yield Problem("contract.parameter-type", entry.words, {"words": key, "type": str(fixed)})


def _above(amount: Money, other: object) -> bool:
    return isinstance(other, Money) and amount.currency == other.currency and amount.amount > other.amount


def _children(entries: Entries, section: str) -> list[str]:
    prefix = f"{section}."
    return [path.removeprefix(prefix) for path in entries if path.startswith(prefix) and "." not in path[len(prefix) :]]
