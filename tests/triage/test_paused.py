"""While an emergency has replies paused, the drafts that it covers wait: until when, and for whom."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from replylint.cli.main import cli
from replylint.source.resources import starter_policy

ROWS = yaml.safe_load((Path(__file__).parent / "paused.yml").read_text(encoding="utf-8"))
NOW = dt.datetime.fromisoformat("2026-11-20T12:00+08:00")
WORDS = ("湯太鹹", "麵糊了", "等很久", "位子髒", "冷氣壞", "茶太淡", "餐具油", "菜涼了", "店員兇", "太吵了")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_drafts_wait(row: dict[str, Any], tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    shutil.copytree(starter_policy(), policy, ignore=shutil.ignore_patterns("__pycache__"))
    if "declared" in row:
        contract = (policy / "contract.yml").read_text(encoding="utf-8")
        declared = contract.replace("  surge:\n", f'  surge:\n    holds_until: "{row["declared"]}"\n', 1)
        assert declared != contract
        (policy / "contract.yml").write_text(declared, encoding="utf-8")
    if "covers" in row:
        contract = (policy / "contract.yml").read_text(encoding="utf-8")
        covered = contract.replace("    levels: [serious, critical]\n", f"    levels: {row['covers']}\n", 1)
        assert covered != contract
        (policy / "contract.yml").write_text(covered, encoding="utf-8")
    now = dt.datetime.fromisoformat(row["now"]) if "now" in row else NOW
    drafts = tmp_path / "drafts.jsonl"
    lines = [json.dumps(case, ensure_ascii=False) for case in _cases(row, now)]
    drafts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = ["--policy", str(policy), "--now", now.isoformat(), "--format", "json", "--no-cache", "--lang", "en"]
    result = CliRunner().invoke(cli, ["check", str(drafts), *arguments], standalone_mode=False)
    cases = json.loads(result.output)["cases"]
    assert len(cases) == len(lines)
    waiting = [case for case in cases if any(u["rule"] == "no-reply-while-paused" for u in case["undecided"])]
    assert len(waiting) == (len(cases) if row["waits"] == "all" else 0)
    for case in waiting:
        assert case["verdict"] == row.get("verdict", "needs-person")
        if "says" in row:
            assert row["says"] in json.dumps(case)
        if "who" in row:
            assert case["contact"]["role"] == row["who"]


def _cases(row: dict[str, Any], now: dt.datetime) -> list[dict[str, Any]]:
    made = []
    for number, minutes in enumerate(row["times"]):
        at = (now - dt.timedelta(minutes=minutes)).isoformat()
        review = {"rating": row.get("stars", 1), "text": WORDS[number], "posted_at": at}
        reply = f"謝謝您告訴我們，{WORDS[number]}，真的很抱歉，我們會檢討。"
        case: dict[str, Any] = {"id": f"r{number}", "review": review, "reply": reply}
        made.append({**case, "approvals": row["approvals"]} if "approvals" in row else case)
    return made
