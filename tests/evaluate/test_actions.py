"""Planned actions are those that the contract declares; anything else is told of, and the draft is not judged."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Checker, load_policy
from replylint.case.model import Action, Case
from replylint.case.read import read_text
from replylint.evaluate.model import CaseVerdict, CouldNotCheck
from replylint.source.messages import describe
from replylint.source.resources import starter_policy

ROWS = yaml.safe_load((Path(__file__).parent / "actions.yml").read_text(encoding="utf-8"))
OWN = """\
  actions:
    refund: {parameters: {case_number: text}}
    add_points:
      title: {en: Add points, zh: 點數入帳}
      parameters: {points: count, 訂單: text, vip: yesno, until: 時間, fee: money, share: percent}
      who: [agent]
"""
RULE = """\
rule at-most-a-hundred-points
  forbid action 點數入帳
  unless points is at most 100
  because "no more than a hundred points"
  instead "plan fewer"
  breaks "Thank you."
    given action add_points points 200
  keeps "Thank you."
    given action 點數入帳 points 100
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "policy"
    shutil.copytree(starter_policy(), folder)
    contract = folder / "contract.yml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("  actions:\n", OWN, 1), encoding="utf-8")
    (folder / "rules" / "at-most-a-hundred-points.rules").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def checker(folder: Path) -> Checker:
    return load_policy(folder)


def shown(action: Action) -> str:
    return " ".join([action.name, *(f"{name}={field.value}" for name, field in action.parameters.items())])


def planned(actions: str, history: str = "[]") -> Case:
    (case,) = read_text(f"---\nactions: {actions}\nhistory: {history}\n---\n很抱歉。\n", "a.md")
    assert isinstance(case, Case)
    return case


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.get("history", row["actions"]))
def test_actions(row: dict[str, Any], checker: Checker) -> None:
    case = planned(row["actions"], row.get("history", "[]"))
    (entry,) = checker.check_all([case])
    if "seen" in row:
        assert isinstance(entry, CaseVerdict)
        known = checker.judge.situation(case).case
        assert [shown(action) for action in (*known.actions, *known.history)] == row["seen"]
        return
    assert isinstance(entry, CouldNotCheck)
    told = [(p.key, p.where.words if p.where else None) for p in entry.problems]
    assert told == [(key, words) for key, words, _ in row["told"]]
    for problem, (_, _, part) in zip(entry.problems, row["told"], strict=True):
        assert part in " ".join(describe(problem, "en"))
        assert "{" not in " ".join(describe(problem, "zh")).replace("{en: …, zh: …}", "")


def test_the_actions_are_listed_in_the_language_of_the_reader(checker: Checker) -> None:
    (entry,) = checker.check_all([planned("[送火箭]")])
    assert isinstance(entry, CouldNotCheck)
    (problem,) = entry.problems
    assert describe(problem, "zh")[1].startswith("可用的動作：公開回覆、刪除評論")
    assert "點數入帳" in describe(problem, "zh")[1]
    assert "add_points" in describe(problem, "en")[1]


@pytest.mark.parametrize(("points", "fires"), [(100, False), (101, True)])
def test_rules_speak_about_actions_of_the_brands_own(points: int, fires: bool, checker: Checker) -> None:
    (entry,) = checker.check_all([planned(f"[點數入帳: {points}]")])
    assert isinstance(entry, CaseVerdict)
    assert ("at-most-a-hundred-points" in {finding.rule for finding in entry.findings}) is fires
