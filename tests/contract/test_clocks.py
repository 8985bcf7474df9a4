from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.contract.clocks import NAMES, clocks, due, state
from replylint.contract.load import load, parse
from replylint.contract.model import Contract
from replylint.contract.pace import Pause, Wait
from replylint.source.moments import Between, exactly, in_day, zoned
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

CASES: list[dict[str, Any]] = yaml.load(  # times stay words
    (Path(__file__).parent / "clocks.yml").read_text(encoding="utf-8"), yaml.BaseLoader
)
STARTER = (starter_policy() / "contract.yml").read_text(encoding="utf-8")
MINUTE = dt.timedelta(minutes=1)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _contract(
    level: dict[str, str], week: list[str], zone: str, cover: str | None = None, country: str = "TW",
    extra: list[str] | None = None, workdays: dict[str, str] | None = None,
) -> Contract:  # fmt: skip
    """The starter contract with another calendar and another level `serious`."""
    tree = yaml.safe_load(STARTER)
    tree["time_zone"] = zone
    tree["calendar"] = {
        "business_hours": dict(zip(DAYS, week, strict=True)),
        "holidays": {"country": country}
        | ({"extra": dict.fromkeys(extra, "closed")} if extra else {})
        | ({"workdays": workdays} if workdays else {}),
        "cover": {"role": "duty_manager"} | ({"hours": cover} if cover else {}),
    }
    tree["severity"] = {"serious": {"definition": "serious", "first_reply": "1 hour"} | level}
    for part in (tree["escalation"], tree["emergencies"].values()):
        for each in part:
            each.pop("levels", None)
            each["level"] = "serious"
    for step in tree["escalation"]:
        step.pop("level")
    return parse(Source("contract.yml", yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)))


def _moment(text: str | None, zone: str) -> Between | None:
    """A moment as a file states it: a date without a time is any moment of its day."""
    if not text:
        return None
    found = dt.datetime.fromisoformat(text)
    return in_day(found, ZoneInfo(zone)) if len(text) == len("2026-11-20") else exactly(zoned(found, ZoneInfo(zone)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_state(case: dict[str, Any]) -> None:
    zone = case.get("zone", "Asia/Taipei")
    week = ["08:00-17:00"] * 5 + ["closed"] * 2
    contract = _contract(case["level"], week, zone, case.get("cover"))
    waits = [tuple(_moment(moment, zone) for moment in wait) for wait in case.get("pauses", ())]
    pauses = tuple(Wait(start, *end) for start, *end in waits if start)
    now = dt.datetime.fromisoformat(case["now"])
    now = now if now.tzinfo else now.replace(tzinfo=ZoneInfo(zone))
    since, done = (_moment(case.get(name), zone) for name in ("since", "done"))
    clock = state(contract, "serious", "first_reply", since, now, done, pauses)
    assert clock is not None
    due, latest = (at.strftime("%Y-%m-%d %H:%M") if at else "null" for at in (clock.due, clock.latest))
    assert (due, latest, clock.state) == (case["due"], case.get("latest", case["due"]), case["state"])
    if clock.left is not None and clock.due is not None:
        assert clock.left == clock.due.astimezone(dt.UTC) - now.astimezone(dt.UTC)
        assert (clock.left < dt.timedelta()) == (clock.state in ("overdue", "maybe_overdue"))


def test_levels_have_the_clocks_that_the_contract_sets() -> None:
    contract = load(starter_policy() / "contract.yml")
    assert list(clocks(contract, "serious")) == list(NAMES)
    assert list(clocks(contract, "low")) == ["acknowledge", "first_reply"]
    assert clocks(contract, "none") == {}
    now = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    assert due(contract, "low", "resolve", now) is None
    assert state(contract, "low", "resolve", exactly(now), now) is None


# Nights on which clocks change, by an hour or by half of one, at two in the morning or at midnight; a leap day, and
# the turn of a year.
_CHANGES = {
    "Asia/Taipei": ("2027-12-29", "2028-02-26"),
    "Europe/Berlin": ("2026-03-27", "2026-10-23"),
    "Europe/London": ("2027-03-26", "2027-10-29"),
    "America/New_York": ("2026-03-06", "2026-10-30"),
    "America/Santiago": ("2026-04-03", "2026-09-04"),
    "Australia/Lord_Howe": ("2026-04-03", "2026-10-02"),
    "Pacific/Apia": ("2011-12-28", "2011-12-24"),
}


@cache
def _wall(zone: str, start: dt.datetime) -> tuple[list[dt.datetime], list[dt.datetime]]:
    """What a wall clock shows in each minute of fifty days, and the latest that it has shown by then."""
    shown = [(start + n * MINUTE).astimezone(ZoneInfo(zone)).replace(tzinfo=None) for n in range(50 * 24 * 60)]
    return shown, list(accumulate(shown, max))


Drawn = tuple[Callable[[], Contract], dt.datetime, dict[str, Any]]
"""What makes the contract, since when a clock runs, and all that a person needs to count its minutes.

The contract is made by the test: nothing that is drawn may depend on whether that succeeds, as where memory is short.
"""


@st.composite
def _worlds(draw: st.DrawFn) -> Drawn:
    zone = draw(st.sampled_from(sorted(_CHANGES)))
    start = dt.datetime.fromisoformat(draw(st.sampled_from(_CHANGES[zone])))
    # Every other edge lies near the hour that never comes, or comes twice.
    edges = st.integers(0, 96).map(lambda n: n * 15) | st.sampled_from([0, *range(60, 196, 15)])

    def opening() -> str:
        found = sorted(draw(st.lists(edges, max_size=4, unique=True)))
        pairs = zip(found[::2], found[1::2], strict=False)
        parts = [f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in pairs]
        if (found[-1:] or [0])[-1] < 1200 and len(found) % 2 == 0 and draw(st.booleans()):
            parts.append(draw(st.sampled_from(["20:00-04:00", "22:30-01:45", "23:45-00:15"])))
        return ", ".join(parts) or "closed"

    week = [opening() for _ in DAYS]
    if set(week) == {"closed"}:
        week[0] = "09:00-18:00"
    days = st.integers(0, 6).map(lambda n: (start + dt.timedelta(days=n)).date().isoformat())
    extra = draw(st.lists(days, max_size=2, unique=True))
    other = {day: opening() for day in draw(st.lists(days, max_size=1)) if day not in extra}
    extra += [day for day, hours in other.items() if hours == "closed"]
    special = {day: hours for day, hours in other.items() if hours != "closed"}
    cover = draw(st.sampled_from([None, "17:00-22:00", "00:00-24:00", "20:00-23:30", "18:00-09:00", "02:30-03:15"]))
    counted = draw(st.sampled_from(["business hours", "cover hours", "always", None]))
    unit = draw(st.sampled_from(["minutes", "business hours", "hours"]))
    amount = draw(st.integers(1, 40)) * (60 if unit == "minutes" else 1)
    level = {"first_reply": f"{amount} {unit}"} | ({"hours": counted} if counted else {})
    how = counted or ("business hours" if unit == "business hours" else "always")
    begin = start.replace(tzinfo=dt.UTC)
    world = {
        "how": how, "minutes": amount if unit == "minutes" else amount * 60, "week": week, "extra": extra,
        "special": special, "cover": cover, "zone": zone, "begin": begin - dt.timedelta(days=3),
    }  # fmt: skip
    since = begin + draw(st.integers(0, 4 * 24 * 60)) * MINUTE
    return partial(_contract, level, week, zone, cover, "none", extra, special), since, world


def _counting(world: dict[str, Any]) -> list[bool]:
    """Whether each minute of the world counts, as a person with a wall clock and a list of hours would say.

    A period begins, and ends, once the clock has shown its time for the first time, or has skipped it.
    """
    shown, latest = _wall(world["zone"], world["begin"])
    counts = [world["how"] == "always"] * len(shown)
    first, whole = shown[0].date(), (shown[-1] - shown[0]).days
    for day in (first + dt.timedelta(days=n) for n in range(whole + 1)):
        for start, end in _periods(day, world):
            opens, closes = (dt.datetime.combine(day, dt.time()) + m * MINUTE for m in (start, end))
            for n in range(bisect_left(latest, opens), bisect_left(latest, closes)):
                counts[n] = True
    return counts


def _periods(day: dt.date, world: dict[str, Any]) -> list[tuple[int, int]]:
    """Opening and closing of each period of a day, in minutes; the closing may lie on the day after."""
    text = "closed" if day.isoformat() in world["extra"] else world["week"][day.weekday()]
    periods = world["special"].get(day.isoformat(), text)
    if world["how"] == "cover hours":
        periods += ", " + (world["cover"] or "00:00-24:00")
    ends = [[int(t[:2]) * 60 + int(t[3:]) for t in part.split("-")] for part in periods.split(", ") if "-" in part]
    return [(start, end if end > start else end + 24 * 60) for start, end in ends]


_WAITS = st.lists(st.tuples(st.integers(0, 5 * 24 * 60), st.integers(0, 2 * 24 * 60)), max_size=3)


@settings(max_examples=120, deadline=None)
@given(_worlds(), _WAITS)
def test_a_clock_is_a_counter_of_minutes(
    drawn: Drawn, waits: list[tuple[int, int]]
) -> None:
    make, since, world = drawn
    contract = make()
    pauses = [Pause(since + a * MINUTE, since + (a + b) * MINUTE) for a, b in waits]
    counts, left = _counting(world), world["minutes"]
    moment, last = since, since + dt.timedelta(days=40)
    while left and moment < last:
        waiting = any(p.start <= moment and p.end is not None and moment < p.end for p in pauses)
        left -= not waiting and counts[(moment - world["begin"]) // MINUTE]
        moment += MINUTE
    found = due(contract, "serious", "first_reply", since, pauses)
    assert found is not None
    assert found == moment.astimezone(found.tzinfo) if left == 0 else found.astimezone(dt.UTC) >= last


@settings(max_examples=60, deadline=None)
@given(_worlds(), _WAITS, st.integers(0, 3 * 24 * 60), st.integers(0, 3 * 24 * 60))
def test_once_soon_never_running_again(
    drawn: Drawn, waits: list[tuple[int, int]], first: int, later: int
) -> None:
    make, since, _ = drawn
    contract = make()
    warned = parse(
        Source("contract.yml", contract.source.text.replace("    first_reply:", "    warn: 50%\n    first_reply:"))
    )
    pauses = [Wait(exactly(since + a * MINUTE), exactly(since + (a + b) * MINUTE)) for a, b in waits]
    order = ["running", "soon", "overdue"]
    clocks_ = [
        state(warned, "serious", "first_reply", exactly(since), since + n * MINUTE, None, pauses)
        for n in (first, first + later)
    ]
    one, other = (clock.state for clock in clocks_ if clock is not None)
    if "paused" not in (one, other) and not any(first < a <= first + later for a, _ in waits):
        assert order.index(one) <= order.index(other)


_SECONDS = st.integers(0, 25 * 60 * 60) | st.sampled_from([0, 25 * 60 * 60])
"""How far into a day something happens; as far as it is long, or has come."""


@settings(max_examples=80, deadline=None)
@given(
    _worlds(), st.integers(0, 6 * 24 * 60), st.integers(0, 5 * 24 * 60), st.booleans(), _SECONDS, _SECONDS, _SECONDS
)
def test_a_day_is_every_moment_of_it(
    drawn: Drawn, later: int, wait: int, done: bool, begun_at: int, ended_at: int, waited_at: int
) -> None:
    """What is said of a clock by days alone holds for every moment of these days, and no more is said."""
    make, since, world = drawn
    contract = make()
    zone = ZoneInfo(world["zone"])
    day = since.astimezone(zone).replace(hour=0, minute=0, second=0, tzinfo=None)
    whole, waited = in_day(day, zone), in_day(day + dt.timedelta(days=wait // 1440), zone)
    now = whole.earliest + later * MINUTE
    stop = in_day((now.astimezone(zone) - dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, tzinfo=None), zone)
    pauses = [Wait(waited)] if wait % 2 else []
    found = state(contract, "serious", "first_reply", whole, now, stop if done else None, pauses)
    assert found is not None

    def moment(known: Between, seconds: int) -> dt.datetime:
        last = max(known.earliest, min(known.latest, now))
        return min(last, known.earliest + dt.timedelta(seconds=seconds))

    begun, ended = moment(whole, begun_at), moment(stop, ended_at)
    waits = [Wait(exactly(moment(waited, waited_at)))] if pauses and waited.earliest <= now else []
    one = state(
        contract, "serious", "first_reply", exactly(begun), now, exactly(ended) if done else None, waits
    )
    assert one is not None
    if one.due is not None:
        assert found.due is not None
        assert found.due <= one.due
        assert found.latest is None or one.due <= found.latest
    sure = {"kept": {"kept"}, "breached": {"breached"}, "done": {"kept", "breached"}, "overdue": {"overdue"}}
    loose = {"running", "paused", "soon"}
    assert one.state in sure.get(found.state, loose | {"overdue"} if found.state == "maybe_overdue" else loose)
