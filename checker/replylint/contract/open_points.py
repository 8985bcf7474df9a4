"""What a sound contract leaves open, in words for who owns it: settings by which less is asked than could be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from replylint.contract.model import Contract
from replylint.contract.severity import REACH
from replylint.contract.terms import LEVELS

_CRITERIA = ("rating_at_most", "allegations", "issues", *(f"{reach}_at_least" for reach in REACH))


class OpenPoint(NamedTuple):
    """Something that a contract does not restrict: what, the path that is about it, and of which level."""

    what: Literal["approvals", "waivers", "severity", "level"]
    path: str
    level: str = ""


def open_points(contract: Contract) -> Iterator[OpenPoint]:
    """All that a contract leaves open."""
    if contract.value("approvals.bound") is not True:
        yield OpenPoint("approvals", "approvals.bound")
    if contract.value("waivers.in_drafts") is True:
        yield OpenPoint("waivers", "waivers.in_drafts")
    if contract.value("severity.set_by") is None:
        yield OpenPoint("severity", "severity.set_by")
    for level in LEVELS:
        if f"severity.{level}" in contract and not _defined(level, contract):
            yield OpenPoint("level", f"severity.{level}", level)


def _defined(level: str, contract: Contract) -> bool:
    """Whether anything that a review shows makes it of a level."""
    section = f"severity.{level}"
    return contract.value(f"{section}.press") is True or any(contract.value(f"{section}.{name}") for name in _CRITERIA)
