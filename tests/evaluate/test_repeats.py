"""Replies that nearly repeat an earlier one: however often a reply is given, it takes the room of one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.evaluate import repeats as module
from replylint.evaluate.repeats import Replies
from replylint.text.fold import fold

SOUP = "謝謝您喜歡我們的紅豆湯，湯頭每天清晨現熬，歡迎再來。"
STAIRS = "The stairs to the roof terrace are closed until the rails are mended."


def met(replies: Sequence[str]) -> list[str | None]:
    """For each reply the number of the earlier one that it nearly repeats."""
    rows = "".join(f'{{"id": "{number}", "reply": "{reply}"}}\n' for number, reply in enumerate(replies))
    seen = Replies()
    cases = [case for case in read_text(rows, "a.jsonl") if isinstance(case, Case)]
    found = [seen.meet(case, fold(case.reply.text)[0]) for case in cases]
    assert all(each is None or each.where.words == replies[int(each.id)] for each in found)
    return [each and each.id for each in found]


def test_the_first_of_those_that_are_alike_is_told() -> None:
    assert met([SOUP, STAIRS, SOUP + "！", SOUP, STAIRS]) == [None, None, "0", "0", "1"]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 4)
    others = [f"{number * 7919} {chr(97 + number) * 30}" for number in range(20)]
    assert met([SOUP, *others, SOUP])[-1] is None
    assert met([SOUP, *others[:4], SOUP])[-1] == "0"


def test_a_reply_given_again_and_again_makes_none_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 4)
    assert met([SOUP, *[STAIRS] * 50, SOUP])[-1] == "0"


@given(st.lists(st.sampled_from([SOUP, STAIRS, SOUP + STAIRS, "好", "好的", ""]), max_size=12))
def test_a_reply_that_reads_the_same_is_always_found(replies: list[str]) -> None:
    replies = [reply for reply in replies if reply]
    for number, earlier in enumerate(met(replies)):
        assert (earlier is not None) >= (replies[number] in replies[:number])
        assert earlier is None or int(earlier) < number
