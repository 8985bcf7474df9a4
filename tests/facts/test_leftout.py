"""Which of several issues a reply takes up, and which it leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from replylint.api import load_policy
from replylint.text.pipeline import read
from tests.facts.reading import table


@pytest.mark.parametrize("case", table("leftout.yml"), ids=lambda case: f"{case['review']} > {case['reply']}")
def test_issues_are_taken_up_or_left_out(case: dict[str, Any]) -> None:
    review = read(case["review"]) if case["review"] else None
    found = load_policy().extractor.extract(read(case["reply"]), review)
    taken_up = [issue for fact in found.reply_facts for issue in fact.issues]
    assert list(dict.fromkeys(taken_up)) == case["taken_up"]
    assert found.left_out == (None if case["left_out"] is None else tuple(case["left_out"]))
