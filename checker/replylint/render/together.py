"""Findings that differ in nothing but their place are told once, with all their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from replylint.evaluate.model import Finding, Label


def told_together(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order, those that say the same as an earlier one joined to it: its place, then theirs.

    What is missing is about the whole reply and stays as it is.
    """
    first: dict[Finding, Finding] = {}
    for finding in findings:
        saying = finding if finding.missing else replace(finding, labels=finding.labels[1:])
        if (known := first.get(saying)) is None:
            first[saying] = finding
        elif not finding.missing:
            first[saying] = replace(known, labels=_with_place(known, finding))
    return tuple(first.values())


def _with_place(known: Finding, finding: Finding) -> tuple[Label, ...]:
    """The labels of `known` with the place of `finding` behind the places it has."""
    shared = len(finding.labels) - 1
    end = len(known.labels) - shared
    return (*known.labels[:end], finding.labels[0], *known.labels[end:])
