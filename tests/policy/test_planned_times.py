"""A plan whose time is over is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

import replylint

PLANS = yaml.safe_load(Path(__file__).with_name("planned_times.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", PLANS, ids=str)
def test_plan_whose_time_is_over(row: dict[str, Any]) -> None:
    checker = replylint.load_policy(Path(__file__).parents[2] / "policy", now=dt.datetime(2026, 11, 24, 10))
    case = {"review": {"rating": 2, "text": "茶葉寄來是碎的"}, "reply": "茶葉碎了，對不起。", "actions": [row["plan"]]}
    verdict = checker.check(case)
    assert isinstance(verdict, replylint.CaseVerdict)
    assert ("planned-time-is-ahead" in {finding.rule for finding in verdict.findings}) is row["over"]
