"""A role that a draft states counts under its key or its title; any other is told and never counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Checker, load_policy
from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.evaluate.model import CaseVerdict, CouldNotCheck
from replylint.source.messages import describe

ROWS = yaml.safe_load((Path(__file__).parent / "roles.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["fields"])
def test_roles(row: dict[str, Any], checker: Checker) -> None:
    (case,) = read_text(f"---\n{row['fields']}\n---\n很抱歉。\n", "a.md")
    assert isinstance(case, Case)
    (entry,) = checker.check_all([case])
    fields = checker.judge.situation(case).case.fields
    if "told" in row:
        assert isinstance(entry, CouldNotCheck)
        told = [(p.key, p.where.words if p.where else None) for p in entry.problems]
        assert told == [(f"evaluate.{key}", words) for key, words, _ in row["told"]]
        for problem, (_, _, part) in zip(entry.problems, row["told"], strict=True):
            assert part in describe(problem, "en")[1]
            assert "{" not in " ".join(describe(problem, "zh"))
        return
    assert isinstance(entry, CaseVerdict)
    assert fields["approvals" if "approvals" in row else "drafter.role"].value == (
        tuple(row["approvals"]) if "approvals" in row else row["role"]
    )


def test_what_is_told_of_an_approval_stops_a_refund_from_passing(checker: Checker) -> None:
    """The same draft is cleared of its refund by the title, and not judged at all under a misspelt one."""

    def rules(role: str) -> set[str] | None:
        front = f"actions: [{{action: refund, amount: 900}}]\napprovals: [{role}]"
        (case,) = read_text(f"---\n{front}\n---\n很抱歉。\n", "a.md")
        assert isinstance(case, Case)
        (entry,) = checker.check_all([case])
        return {finding.rule for finding in entry.findings} if isinstance(entry, CaseVerdict) else None

    assert "refund-action-within-authority" in (rules("公關主管") or ())
    assert "refund-action-within-authority" not in (rules("品牌經理") or {"refund-action-within-authority"})
    assert rules("品牌經里") is None
