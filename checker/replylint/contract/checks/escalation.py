"""The steps by which a case goes up: somebody for each level, called in time and in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from replylint.contract.checks.lengths import Run, in_level, shorter
from replylint.contract.entries import Entries, Entry, children, line_of, texts
from replylint.contract.terms import LEVELS
from replylint.source.problems import Problem


class _Step(NamedTuple):
    """When a step's role is called, and for which levels; None where the step is for all of them."""

    after: Entry | None
    levels: Entry | None

    def concerns(self, level: str) -> bool:
        return self.levels is None or level in texts(self.levels)

    def meets(self, other: _Step) -> bool:
        """Whether there is a level that both are for."""
        return any(self.concerns(level) and other.concerns(level) for level in LEVELS)


def levels_go_up_to_somebody(entries: Entries) -> Iterator[Problem]:
    """A level whose reviews go up in time, and no step is for it."""
    steps = _steps(entries)
    for level in LEVELS:
        clock = entries.get(f"severity.{level}.escalate")
        if clock is not None and steps and not any(step.concerns(level) for step in steps):
            yield Problem("contract.escalates-to-nobody", clock.words, {"level": level})


def called_in_time(entries: Entries) -> Iterator[Problem]:
    """A level that has to go up sooner than anybody to whom it goes is called."""
    for level in LEVELS:
        clock = entries.get(f"severity.{level}.escalate")
        calls = [step.after for step in _steps(entries) if step.after and step.concerns(level)]
        if clock is None or not calls:
            continue
        own = in_level(clock.value, level, entries)
        if all(shorter(own, Run(after.value)) for after in calls):
            values = {"level": level, "after": calls[0].words.words, "clock": clock.words.words}
            yield Problem("contract.called-too-late", calls[0].words, values)


def called_in_order(entries: Entries) -> Iterator[Problem]:
    """A step that is called before one that stands above it."""
    steps = _steps(entries)
    for number, step in enumerate(steps):
        own = step.after
        above = (before.after for before in steps[:number] if before.after and step.meets(before))
        later = next((after for after in above if own and shorter(Run(own.value), Run(after.value))), None)
        if own and later:
            values = {"after": own.words.words, "before": later.words.words, "line": line_of(later)}
            yield Problem("contract.steps-order", own.words, values)


def _steps(entries: Entries) -> list[_Step]:
    numbers = [number for number, _ in children(entries, "escalation")]
    return [_Step(*(entries.get(f"escalation.{n}.{name}") for name in ("after", "levels"))) for n in numbers]
