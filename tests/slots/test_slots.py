"""Typed values, row by row, and what holds for every text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.facts.slots import Found, find_slots
from replylint.source.spans import Span
from replylint.source.values import Deadline, Money, Stated, Value
from replylint.text.model import Text
from replylint.text.pipeline import read

ROWS = [
    pytest.param(*row, id=f"{row[0]} {row[1]}")
    for name in ("amounts", "times", "names")
    for row in yaml.safe_load(Path(__file__).with_name(f"{name}.yml").read_text(encoding="utf-8"))
]
PIECES = (
    "退|五|百|千|萬|半|3|12|500|,|.|元|塊|NT$|$|折|%|成|天|內|前|個工作天|小時|明天|中午|下|週|三|11/25|月底|within "
    "|by |two |hundred |days |tomorrow |noon| 5 pm|王|小明|先生|Mr. |Wang |0912-345-678|a@b.co|訂單編號| "
)
snippets = st.lists(st.sampled_from(PIECES.split("|"))).map("".join)


def said(value: Value) -> str:
    """A value as the tables write it."""
    if isinstance(value, Stated):
        return value.value
    if not isinstance(value, Deadline):
        return str(value)
    weekday = f"weekday {value.weekday}{' of next week' if value.next_week else ''}"
    day = f"day {value.days}" if value.days is not None else weekday
    if value.within:
        day = f"within {value.within}"
    if value.date:
        day = "date " + "-".join(f"{part:02}" for part in value.date if part is not None)
    return f"{day} at {value.at:%H:%M}" if value.at else day


def quote(text: Text, found: Found) -> str:
    place = text.original_span(found.span)
    return text.original[place.start : place.end]


@pytest.mark.parametrize(("original", "kind", "words", "value"), ROWS)
def test_value(original: str, kind: str, words: str | None, value: str | None) -> None:
    text = read(original)
    found = [(quote(text, f), said(f.value)) for f in find_slots(text) if f.kind == kind]
    assert found == ([] if words is None else [(words, value)])


def test_every_kind_is_tried() -> None:
    kinds = {row.values[1] for row in ROWS}
    assert kinds == {
        "money", "number", "percent", "duration", "deadline", "person", "colleague", "name", "phone", "email", "url",
        "id_number",
    }  # fmt: skip


@pytest.mark.parametrize("currency", ["TWD", "USD", "CNY"])
def test_bare_signs_mean_the_given_currency(currency: str) -> None:
    values = [f.value for f in find_slots(read("退 $100 和 NT$200"), currency=currency) if f.kind == "money"]
    assert [v.currency for v in values if isinstance(v, Money)] == [currency, "TWD"]


def places(original: str) -> list[tuple[str, Span, Any]]:
    return [(f.kind, f.span, f.value) for f in find_slots(read(original))]


@settings(max_examples=300, deadline=None)
@given(st.one_of(snippets, st.text()), st.sets(st.sampled_from(["number", "duration", "money", "name", "person"])))
def test_the_kinds_that_are_asked_for_are_found_as_with_all(original: str, kinds: set[str]) -> None:
    text = read(original)
    found, all_ = find_slots(text, kinds), find_slots(text)
    assert [f for f in found if f.kind in kinds] == [f for f in all_ if f.kind in kinds]
    assert set(found) <= set(all_)


@settings(max_examples=500, deadline=None)
@given(st.one_of(snippets, st.text()))
def test_values_lie_in_the_text_and_kinds_do_not_overlap(original: str) -> None:
    ends: dict[str, int] = {}
    last = -1
    for kind, span, value in places(original):
        assert last <= span.start < span.end <= len(read(original).folded)
        assert span.start >= ends.get(kind, 0)
        ends[kind], last = span.end, span.start
        if isinstance(value, Deadline):
            stated = [value.within, value.days, value.weekday, value.date]
            assert sum(part is not None for part in stated) == 1


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 9_999_999))
def test_amounts_in_figures_are_read_exactly(amount: int) -> None:
    for written in (f"退您 {amount} 元", f"NT${amount:,}", f"{amount:,} dollars"):
        (money,) = [f.value for f in find_slots(read(written)) if f.kind == "money"]
        assert isinstance(money, Money)
        assert money.amount == amount


def chinese(number: int) -> str:
    """A number up to 9,999 in Chinese numerals."""
    written, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("零" if zero and written else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return written


@pytest.mark.parametrize("number", [*range(10, 130), 200, 205, 250, 999, 1000, 1005, 1050, 1500, 2345, 9999])
def test_chinese_numerals_are_read_exactly(number: int) -> None:
    (money,) = [f.value for f in find_slots(read(f"退您{chinese(number)}元")) if f.kind == "money"]
    assert isinstance(money, Money)
    assert money.amount == number


@pytest.mark.parametrize(
    "piece", ["1", "一", "萬", "1,", "1 ", "a@", "a.", "0912-", "by 1 ", "明天", "王小明", "(", "訂單1"]
)
def test_time_grows_with_the_text(piece: str) -> None:
    def cost(times: int) -> dt.timedelta:
        text = read(piece * times)
        begun = dt.datetime.now()
        find_slots(text)
        return dt.datetime.now() - begun

    find_slots(read(piece))
    assert min(cost(8000) for _ in range(3)) < max(
        min(cost(1000) for _ in range(3)) * 30, dt.timedelta(milliseconds=50)
    )
