"""An approval counts for what was approved, while it holds, from somebody else, in a role that approves."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Case, CaseVerdict, Checker, load_policy
from replylint.case.model import Unreadable
from replylint.case.read import read_text
from replylint.evaluate.approvals import approved_digest
from replylint.source.resources import starter_policy

ROWS = yaml.safe_load((Path(__file__).parent / "approvals.yml").read_text(encoding="utf-8"))
NOW = dt.datetime.fromisoformat("2026-11-20T10:00+08:00")
DRAFT = {
    "reply": "漏送的蔥油餅，我們會退款 900 元給您。",
    "review": "少一份蔥油餅",
    "drafter": {"name": "agent-07", "role": "agent"},
    "actions": ["reply", {"refund": {"amount": "TWD 900"}}],
}
APPROVAL = {"role": "brand_manager", "by": "林經理", "at": "2026-11-20T09:00+08:00", "until": "2026-11-23"}
RULES = {
    "edited": "approval-of-this-text",
    "expired": "approval-in-time",
    "self": "approval-by-another",
    "unentitled": "approval-by-entitled",
    "unbound": "approval-says-what",
}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """The starter policy with one role more, which approves nothing."""
    policy = tmp_path_factory.mktemp("approvals") / "policy"
    shutil.copytree(starter_policy(), policy, ignore=shutil.ignore_patterns("__pycache__"))
    contract = (policy / "contract.yml").read_text(encoding="utf-8")
    more = contract.replace("\nroles:\n", "\nroles:\n  intern: {title: 實習生, side: agency}\n", 1)
    (policy / "contract.yml").write_text(more, encoding="utf-8")
    return load_policy(policy, now=NOW)


def read(draft: dict[str, Any]) -> Case:
    (case,) = read_text(json.dumps(draft, ensure_ascii=False), "a.json")
    assert isinstance(case, Case), case
    return case


def digest_of(draft: dict[str, Any], checker: Checker) -> str:
    return approved_digest(checker.judge.situation(read(draft)).case)


def given(row: dict[str, Any], checker: Checker) -> Case:
    approval = {**APPROVAL, "digest": digest_of(DRAFT, checker), **row.get("approval", {})}
    stated = {name: str(value) for name, value in approval.items() if value is not None}
    return read({**DRAFT, **row.get("draft", {}), "approvals": [stated]})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_approvals(row: dict[str, Any], checker: Checker) -> None:
    case = given(row, checker)
    checker = replace(checker, now=dt.datetime.fromisoformat(row["now"])) if "now" in row else checker
    situation = checker.judge.situation(case)
    assert [state for _, state in situation.approvals] == [row["state"]]
    assert ("brand_manager" in situation.approving) is row["counts"]
    entry = checker.check(case)
    assert isinstance(entry, CaseVerdict)
    found = {finding.rule: finding for finding in entry.findings}
    wanted = RULES.get(row["state"])
    assert [name for name in found if name in RULES.values()] == ([wanted] if wanted else [])
    if wanted:
        assert found[wanted].labels[0].where.words.startswith("{")
    assert ("refund-action-within-authority" in found) is not row["counts"]


@pytest.mark.parametrize(
    ("amount", "roles"), [("TWD 900", ["brand_manager", "legal"]), ("TWD 8,000", ["legal"]), ("TWD 500", [])]
)
def test_a_blocked_draft_says_who_may_approve(amount: str, roles: list[str], checker: Checker) -> None:
    draft = {**DRAFT, "reply": "漏送的蔥油餅，真的很抱歉。", "actions": [{"refund": {"amount": amount}}]}
    found = checker.check(read(draft))
    assert isinstance(found, CaseVerdict)
    named = [each for finding in found.findings if finding.severity == "error" for each in finding.approvers]
    assert [each.role for each in named] == roles
    assert all(each.name and each.channel for each in named)


def test_a_planned_reply_is_the_reply_itself(checker: Checker) -> None:
    alone, planned = (digest_of({**DRAFT, "actions": actions}, checker) for actions in ([], ["reply"]))
    assert alone == planned
    assert digest_of(DRAFT, checker) != alone


def test_a_contract_may_want_every_approval_bound_to_its_text(tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(starter_policy(), folder)
    contract = folder / "contract.yml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("  bound: no", "  bound: yes", 1), encoding="utf-8")
    checker = load_policy(folder, now=NOW)
    assert "brand_manager" not in checker.judge.situation(given({"approval": {"digest": None}}, checker)).approving
    assert "brand_manager" in checker.judge.situation(given({}, checker)).approving


@pytest.mark.parametrize(
    ("approval", "key", "words"),
    [
        ({"role": "legal", "untill": "2026-11-20"}, "case.approval-near", "untill"),
        ({"role": "legal", "colour": "red"}, "case.approval-unknown", "colour"),
        ({"role": "legal", "digest": "sha256:12"}, "case.not-digest", "sha256:12"),
        ({"role": "legal", "until": "soon"}, "case.not-moment", "soon"),
        ({"by": "林經理"}, "case.approval-role", "林經理"),
    ],
)
def test_what_cannot_be_read_is_told(approval: dict[str, str], key: str, words: str) -> None:
    (told,) = read_text(json.dumps({"reply": "好", "approvals": [approval]}, ensure_ascii=False), "a.json")
    assert isinstance(told, Unreadable)
    (problem,) = told.problems
    assert problem.key == key
    assert problem.where is not None
    assert words in problem.where.words


@pytest.mark.parametrize(("now", "verdict"), [("2026-11-21T09:59", "needs-person"), ("2026-11-21T10:00", "cleared")])
def test_what_is_still_to_come_has_not_happened(now: str, verdict: str) -> None:
    refund = {"refund": {"amount": "TWD 200", "at": "2026-11-21T10:00+08:00"}}
    reply = "謝謝您告訴我們，漏送的蔥油餅已為您退款 200 元，造成不便非常抱歉。"
    case = read({"reply": reply, "review": "少一份蔥油餅", "history": [refund]})
    found = load_policy(now=dt.datetime.fromisoformat(f"{now}+08:00")).check(case)
    assert isinstance(found, CaseVerdict)
    undecided = [each for each in found.undecided if each.rule == "refund-claim-is-on-record"]
    assert bool(undecided) == (verdict == "needs-person")
    assert [p.key for each in undecided for p in each.missing] == ["evaluate.still-to-come"] * len(undecided)
