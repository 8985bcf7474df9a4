"""Who may promise, state and plan what, up to how much, and whose approval lifts it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Case, Checker, load_policy
from replylint.case.read import read_text

ROWS = yaml.safe_load((Path(__file__).parent / "authority.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_policy(now=dt.datetime.fromisoformat("2026-11-20T10:00+08:00"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['role']} {row.get('plan') or row.get('say')}")
def test_authority(row: dict[str, Any], checker: Checker) -> None:
    draft = {
        "reply": row.get("say", "謝謝您告訴我們。"),
        "review": "",
        "drafter": {key: row[key] for key in ("role", "name") if row.get(key)},
        "approvals": row.get("approved", []),
        **({"actions": row["plan"] if isinstance(row["plan"], list) else [row["plan"]]} if "plan" in row else {}),
        **({"history": row["history"]} if "history" in row else {}),
    }
    (case,) = read_text(json.dumps(draft, ensure_ascii=False), "a.json")
    assert isinstance(case, Case)
    verdict = checker.check(case)
    # What a whole reply reads like depends on weights that every new case moves.
    ours = {
        rule.name
        for rule in checker.policy.rules
        if rule.clause and rule.clause[0].startswith("authority") and not rule.name.startswith("reads-like-")
    }
    assert sorted({f.rule for f in verdict.findings if f.severity == "error" and f.rule in ours}) == row["found"]
    assert [u.rule for u in verdict.undecided if u.rule == "new-agents-need-approval"] == row.get("waits", [])
    if row.get("waits"):
        assert verdict.verdict == "needs-person"
        assert verdict.contact is not None
        assert verdict.contact.role == "agency_lead"
