"""Moments are compared and subtracted truly, also in the night in which the clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from replylint.source.moments import shown, stated, twice, zoned

_ZONES = st.sampled_from(["Asia/Taipei", "Europe/London", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo)
_LOCAL = st.datetimes(dt.datetime(2026, 3, 1), dt.datetime(2026, 12, 1))
_UTC = _LOCAL.map(lambda moment: moment.replace(tzinfo=dt.UTC))


@given(_UTC, _UTC, _ZONES)
def test_differences_are_those_of_utc(one: dt.datetime, other: dt.datetime, zone: ZoneInfo) -> None:
    assert shown(one, zone) - shown(other, zone) == one - other
    assert (shown(one, zone) < shown(other, zone)) == (one < other)
    assert shown(one, zone).replace(tzinfo=None) == one.astimezone(zone).replace(tzinfo=None)


@given(_LOCAL, _UTC, _ZONES)
def test_what_states_no_zone_is_of_the_zone(local: dt.datetime, moment: dt.datetime, zone: ZoneInfo) -> None:
    assert zoned(local, zone).astimezone(dt.UTC) == local.replace(tzinfo=zone).astimezone(dt.UTC)
    assert zoned(moment, zone) == moment


@given(_LOCAL, _ZONES)
def test_what_clocks_show_twice_is_either(local: dt.datetime, zone: ZoneInfo) -> None:
    """Every moment of the days around it that a clock shows so is one of the two, and known to be shown twice."""
    around = local.replace(tzinfo=dt.UTC)
    near = [around + dt.timedelta(minutes=30) * step for step in range(-28, 29)]
    alike = [each for each in near if each.astimezone(zone).replace(tzinfo=None) == local]
    assert {stated(local, zone).earliest, stated(local, zone).latest} == set(alike) or not alike
    assert all(twice(shown(each, zone)) == (len(alike) > 1) for each in alike)
    assert all(stated(shown(each, zone), zone).exact for each in alike)
