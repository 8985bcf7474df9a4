"""Who may waive what, as the contract has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from replylint.contract.model import Contract
from replylint.contract.reckoning import resolve
from replylint.source.values import Duration

Enforcement = Literal["advisory", "overridable", "mandatory"]

_LEVELS: Mapping[str, Enforcement] = {"advisory": "advisory", "mandatory": "mandatory"}

LONGEST = Duration(Decimal(30), "day")
"""How far ahead a waiver may end when the contract does not say."""


@dataclass(frozen=True)
class Authority:
    """What the contract says about waivers of one rule.

    who: the roles that may waive it. longest: how far ahead a waiver may end.
    """

    who: tuple[str, ...]
    longest: Duration


def authority_over(rule: str, contract: Contract) -> Authority:
    """Who may waive a rule: those named for it, else those named for all, else the default approver."""
    sections = (f"waivers.rules.{rule}", "waivers")
    who = next((v for s in sections if (v := contract.value(f"{s}.who")) is not None), None)
    longest = next((v for s in sections if isinstance(v := contract.value(f"{s}.longest"), Duration)), LONGEST)
    roles = who if isinstance(who, tuple) else (str(contract.value("approvals.default")),)
    return Authority(roles, longest)


def enforcements(
    rules: Iterable[str], contract: Contract, settings: Mapping[str, Enforcement]
) -> Mapping[str, Enforcement]:
    """How strictly each rule is held: as the contract says, else as the repository's settings do."""
    stated = {rule: contract.value(f"enforcement.{rule}") or settings.get(rule) for rule in rules}
    return {rule: _LEVELS.get(str(level), "overridable") for rule, level in stated.items()}


def latest_end(authority: Authority, now: dt.datetime, contract: Contract) -> dt.datetime:
    """The last moment at which a waiver written now may end."""
    return resolve(authority.longest, now, contract)
