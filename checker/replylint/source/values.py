"""Typed values that rules compare: money, percent, durations, deadlines, and what is stated without a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

DurationUnit = Literal["minute", "hour", "day", "business_day", "business_hour", "week", "month", "year"]


class Stated(Enum):
    """An amount stated in words instead of a number; larger than every number."""

    FULL = "full"  # 全額, "your money back"
    UNLIMITED = "unlimited"  # 不限金額, "whatever it costs"


@dataclass(frozen=True)
class Money:
    """An amount of money; `currency` is an ISO 4217 code."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.currency}"


@dataclass(frozen=True)
class Percent:
    """A share out of a hundred: 15 % off is Percent(15), as is 85折."""

    amount: Decimal

    def __str__(self) -> str:
        return f"{self.amount:f}%"


@dataclass(frozen=True)
class Duration:
    """A length of time in the unit it was stated in: a business day is no fixed number of hours."""

    amount: Decimal
    unit: DurationUnit

    def __str__(self) -> str:
        unit = self.unit.replace("_", " ")
        return f"{self.amount:f} {unit if self.amount == 1 else unit + 's'}"


@dataclass(frozen=True)
class Deadline:
    """A moment stated relative to an unstated now: "tomorrow before noon", "by Friday", "11/25", "within 3 days".

    Exactly one of `within`, `days`, `weekday`, `date` says the day; `at` is the time of that day, if stated.
    within: a length of time from now. days: days from today (tomorrow is 1). weekday: the next such day, Monday is 0;
    with `next_week` that of next week, as in 下週三.
    date: (year or None, month, day).
    """

    within: Duration | None = None
    days: int | None = None
    weekday: int | None = None
    next_week: bool = False
    date: tuple[int | None, int, int] | None = None
    at: dt.time | None = None


@dataclass(frozen=True)
class Elapsed:
    """The time from one moment to another; business days are counted along it from its start.

    `end` may lie before `start`. Both have a time zone.
    """

    start: dt.datetime
    end: dt.datetime

    def __str__(self) -> str:
        return str(self.end - self.start)


class LanguageTag(str):
    """A language by its BCP 47 tag, such as zh-Hant, en or zh; `zh` is Chinese of a script that nobody tells."""

    def covers(self, other: str) -> bool | None:
        """Whether a text in the other language is in this one; None where the other's tag does not tell."""
        if other == self or other.startswith(f"{self}-"):
            return True
        return None if self.startswith(f"{other}-") else False


Value = Money | Percent | Duration | Deadline | Elapsed | Stated | Decimal | str | bool | dt.datetime | tuple[str, ...]
