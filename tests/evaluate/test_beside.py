"""Which words of the review stand beside a finding about the draft as a whole."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from replylint.api import Case, Checker, load_policy
from replylint.case.read import read_text

POLICY = Path(__file__).parents[2] / "policy"
REVIEW = "等了一小時，湯是冷的，地板濕滑害我跌倒，我要找律師"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy(POLICY, now=dt.datetime(2026, 11, 20, 10))


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("acknowledge-the-issue", ["等了", "是冷", "濕"]),
        ("serious-goes-up", ["跌倒", "律師"]),
        ("thank-the-customer", []),
        ("apology-when-unhappy", []),
    ],
)
def test_only_a_rule_about_the_review_shows_its_words(rule: str, shown: list[str], checker: Checker) -> None:
    row = {"reply": "期待您再度光臨。", "rating": 1, "review": REVIEW, "actions": [{"action": "reply"}]}
    [case] = read_text(json.dumps(row, ensure_ascii=False), "case.json")
    assert isinstance(case, Case)
    [found] = [finding for finding in checker.check(case).findings if finding.rule == rule]
    assert [label.where.words for label in found.labels if label.role == "review"] == shown
