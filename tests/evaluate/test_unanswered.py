"""A review without a draft is left without an answer until somebody writes, and again once it is opened again."""

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
from replylint.evaluate.model import CaseVerdict

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "unanswered.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_a_review_is_left_without_an_answer(row: dict[str, Any], checker: Checker) -> None:
    judge = replace(checker.judge, now=dt.datetime(2026, 11, 20, 10, tzinfo=checker.judge.contract.calendar.zone))
    review = {"text": "湯太鹹", "rating": 1, "posted_at": "2026-11-17T10:00+08:00", "severity": "serious"}
    content = {"review": review, "reply": "暫", "history": row["history"]}
    (case,) = read_text(json.dumps(content, ensure_ascii=False), "case.json")
    assert isinstance(case, Case), case
    verdict = judge.unanswered(replace(case, reply=replace(case.reply, text="")))
    left = isinstance(verdict, CaseVerdict) and "no-review-left-unanswered" in {f.rule for f in verdict.findings}
    assert left is row["left"]
