"""A review that has not come yet is judged by nobody: its time is told of, with a draft and without."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Checker, load_policy
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.evaluate.model import CouldNotCheck

ROWS = yaml.safe_load((Path(__file__).parent / "ahead.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_reviews_of_the_future(row: dict[str, Any], checker: Checker) -> None:
    judge = replace(checker.judge, now=dt.datetime(2026, 11, 20, 10, tzinfo=checker.judge.contract.calendar.zone))
    history = {"history": row["history"]} if "history" in row else {}
    content = {"review": {"rating": 1, "text": "湯太鹹", **row["review"]}, "reply": "謝謝您告訴我們湯太鹹。", **history}
    (case,) = read_text(json.dumps(content, ensure_ascii=False), "case.json")
    assert isinstance(case, Case), case
    silent = replace(case, reply=replace(case.reply, text=""))
    for entry in (judge.entry(case), judge.unanswered(silent)):
        problems = entry.problems if isinstance(entry, CouldNotCheck) else ()
        assert [(p.key, p.where and p.where.words.strip('"')) for p in problems] == [
            ("evaluate.review-ahead", words) for words in row["told"]
        ]
