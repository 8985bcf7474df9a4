"""What the starter lexicon takes for a serious allegation, and what only sounds like one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from replylint.api import Case, Checker, load_policy
from replylint.case.read import read_text
from replylint.source.messages import speak

HERE = Path(__file__).parent
ROWS = [
    pytest.param(kind, review, id=review)
    for kind, reviews in yaml.safe_load((HERE / "allegations.yml").read_text("utf-8")).items()
    for review in reviews
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy(HERE.parents[1] / "policy", now=dt.datetime(2026, 11, 20, 10))


@pytest.mark.parametrize(("kind", "review"), ROWS)
def test_a_review_alleges_this_and_nothing_else(kind: str, review: str, checker: Checker) -> None:
    [case] = read_text(json.dumps({"reply": "Thank you.", "rating": 2, "review": review}), "case.json")
    assert isinstance(case, Case)
    why = " ".join(speak(said, "en") for said in checker.check(case).why)
    assert ("alleges" in why) == (kind != "nothing"), why
    assert kind == "nothing" or f"alleges {kind}" in why
