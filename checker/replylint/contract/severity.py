"""Which severity level a review is of, by the contract's definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from replylint.contract.terms import LEVELS

if TYPE_CHECKING:
    from replylint.contract.model import Contract

Criterion = Literal["allegations", "press", "followers", "views", "shares", "issues", "rating"]
REACH: tuple[Literal["followers", "views", "shares"], ...] = ("followers", "views", "shares")


@dataclass(frozen=True)
class About:
    """What is known about a review. What is not known meets no definition.

    rating: stars. allegations, issues: kinds of facts in its text. reach: followers, views and shares, where known.
    press: whether the press wrote it or took it up.
    """

    rating: Decimal | None = None
    allegations: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    reach: Mapping[str, Decimal] = field(default_factory=dict)
    press: bool = False


@dataclass(frozen=True)
class Met:
    """A part of a level's definition that a review meets; `values` are the kinds of facts, or the number, that do."""

    criterion: Criterion
    values: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A severity level with everything of its definition that is met, what weighs most first."""

    name: str
    met: tuple[Met, ...]


def level_of(about: About, contract: Contract) -> Level | None:
    """The highest level of which a review meets any part of the definition; None when it meets none."""
    for name in reversed(LEVELS):
        section = f"severity.{name}"
        if section in contract and (met := _met(about, section, contract)):
            return Level(name, met)
    return None


def _met(about: About, section: str, contract: Contract) -> tuple[Met, ...]:
    found: list[Met] = []
    for criterion, there in (("allegations", about.allegations), ("issues", about.issues)):
        wanted = contract.value(f"{section}.{criterion}") if there else None
        some = tuple(kind for kind in there if isinstance(wanted, tuple) and kind in wanted)
        if some:
            found.append(Met("allegations" if criterion == "allegations" else "issues", some))
    if about.press and contract.value(f"{section}.press") is True:
        found.append(Met("press", ()))
    for name in REACH if about.reach else ():
        least, number = contract.value(f"{section}.{name}_at_least"), about.reach.get(name)
        if isinstance(least, Decimal) and number is not None and number >= least:
            found.append(Met(name, (f"{number:,f}",)))
    stars = contract.value(f"{section}.rating_at_most")
    if isinstance(stars, Decimal) and about.rating is not None and int(about.rating) <= stars:
        found.append(Met("rating", (f"{about.rating.normalize():f}",)))
    return tuple(found)
