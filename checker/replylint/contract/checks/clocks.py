"""Lengths of time that belong together: the clocks of a level, their warnings, the times of promises."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from replylint.contract.checks.lengths import Run, in_level, no_longer, shorter
from replylint.contract.entries import Entries, Entry
from replylint.contract.terms import CLOCKS, GRAVE, LEVELS
from replylint.source.problems import Problem
from replylint.source.values import Duration, Percent

_ALL = (*CLOCKS, "escalate")


def lengths_rise(entries: Entries) -> Iterator[Problem]:
    """A clock that runs out before the one ahead of it; a latest time before the earliest."""
    promises = [path.removesuffix(".earliest") for path in entries if path.endswith(".earliest")]
    in_order = {**dict.fromkeys(promises, ("earliest", "latest")), **dict.fromkeys(map(_section, LEVELS), CLOCKS)}
    for section, names in in_order.items():
        for (first, before), (second, after) in itertools.pairwise(_stated(entries, section, names)):
            if shorter(_run(after, section, entries), _run(before, section, entries)):
                values = {"first": first, "second": second, "before": before.words.words, "after": after.words.words}
                yield Problem("contract.clocks-order", after.words, values)


def warnings_fit(entries: Entries) -> Iterator[Problem]:
    """A warning that comes before its clock has begun."""
    for level in LEVELS:
        if (warn := entries.get(f"{_section(level)}.warn")) is None:
            continue
        ahead = in_level(warn.value, level, entries)
        clocks = ((name, clock) for name, clock in _stated(entries, _section(level), _ALL)
                  if no_longer(in_level(clock.value, level, entries), ahead))  # fmt: skip
        if (found := next(clocks, None)) is not None:
            values = {"warn": warn.words.words, "clock": found[0], "length": found[1].words.words}
            yield Problem("contract.warn-too-long", warn.words, values)


def warnings_leave_time(entries: Entries) -> Iterator[Problem]:
    """A warning that begins with its clock."""
    for level in LEVELS:
        warn = entries.get(f"{_section(level)}.warn")
        if warn is not None and isinstance(warn.value, Percent) and warn.value.amount >= 100:
            yield Problem("contract.warn-all", warn.words, {"warn": warn.words.words})


def clocks_have_time(entries: Entries) -> Iterator[Problem]:
    """A clock that runs out when it begins."""
    for level in LEVELS:
        for clock, entry in _stated(entries, _section(level), _ALL):
            if isinstance(entry.value, Duration) and not entry.value.amount:
                values = {"clock": clock, "length": entry.words.words}
                yield Problem("contract.clock-of-nothing", entry.words, values)


def graver_is_no_slower(entries: Entries) -> Iterator[Problem]:
    """A level that is dealt with more slowly than a less severe one."""
    for clock in _ALL:
        stated = [(level, entry) for level in LEVELS if (entry := entries.get(f"{_section(level)}.{clock}"))]
        for (lower, before), (higher, after) in itertools.pairwise(stated):
            if shorter(in_level(before.value, lower, entries), in_level(after.value, higher, entries)):
                values = {"clock": clock, "higher": higher, "lower": lower}
                lengths = {"after": after.words.words, "before": before.words.words}
                yield Problem("contract.slower-above", after.words, {**values, **lengths})


def up_before_the_reply(entries: Entries) -> Iterator[Problem]:
    """A grave case goes up before it is answered: time to do so after the reply is due is none."""
    for level in GRAVE:
        up, reply = (entries.get(f"{_section(level)}.{name}") for name in ("escalate", "first_reply"))
        if up is None or reply is None:
            continue
        if shorter(in_level(reply.value, level, entries), in_level(up.value, level, entries)):
            values = {"level": level, "up": up.words.words, "reply": reply.words.words}
            yield Problem("contract.up-after-reply", up.words, values)


def _section(level: str) -> str:
    return f"severity.{level}"


def _run(entry: Entry, section: str, entries: Entries) -> Run:
    """A length of a section; one of a level runs as its clocks do."""
    group, _, name = section.partition(".")
    return in_level(entry.value, name, entries) if group == "severity" else Run(entry.value)


def _stated(entries: Entries, section: str, names: Iterable[str]) -> list[tuple[str, Entry]]:
    """Those of some entries of a section that are there, with their names."""
    return [(name, entry) for name in names if (entry := entries.get(f"{section}.{name}")) is not None]
