"""What is not stated of a review is asked for where it matters, and sends the draft to a person; never a pass."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Checker
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.contract.load import parse
from replylint.language.book import load_policy
from replylint.source.messages import describe
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from tests.starter import starter_contract

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "not_known.yml").read_text(encoding="utf-8"))
ABOUT = (
    "serious-goes-up", "escalate-in-time", "no-review-left-unanswered", "acknowledge-the-issue", "apology-when-unhappy",
)  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load_policy(starter_policy(), "starter policy"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_what_is_not_known_is_asked_for(row: dict[str, Any], checker: Checker) -> None:
    text = starter_contract()
    for old, new in row.get("contract", {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    contract = parse(Source("contract.yml", text))
    now = dt.datetime(2026, 11, 20, 10, tzinfo=contract.calendar.zone)
    judge = replace(checker.judge, contract=contract, now=now)
    waits = row.get("unanswered", False)
    content = {"reply": "湯太鹹、麵又糊了，讓您吃得不滿意，很抱歉。謝謝您告訴我們，我們會請廚房調整。", **row["case"]}
    (case,) = read_text(json.dumps(content, ensure_ascii=False), "case.json")
    assert isinstance(case, Case), case
    silent = replace(case, reply=replace(case.reply, text=""))
    verdict = judge.unanswered(silent) if waits else judge.judge(case)
    undecided = [] if verdict is None else [u for u in verdict.undecided if u.rule in ABOUT]
    asked = {u.rule: [describe(each, "en")[0] for each in u.missing] for u in undecided}
    assert asked.keys() == row["asks"].keys()
    assert all({what, f"`{what}` is not stated"} & set(asked[rule]) for rule, what in row["asks"].items())
    assert (verdict.verdict if verdict else "cleared") == ("needs-person" if row["asks"] else "cleared")
