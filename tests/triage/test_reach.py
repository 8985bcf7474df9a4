"""Whom a draft that needs a person says to reach, who comes next, and how much time is left, moment by moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.cli.main import main
from tests.starter import starter_contract

ROWS: list[dict[str, Any]] = yaml.load(  # times stay words
    (Path(__file__).parent / "reach.yml").read_text(encoding="utf-8"), yaml.BaseLoader
)
RULE = """
rule never-decided
  require  review.views is at least 1
  because  "nobody knows"
  breaks   given review.views 0
  keeps    given review.views 1
"""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_whom_to_reach(
    row: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = starter_contract()
    for old, new in row.get("contract", {}).items():
        assert old in contract
        contract = contract.replace(old, new)
    (tmp_path / "policy" / "rules").mkdir(parents=True)
    (tmp_path / "policy" / "contract.yml").write_text(contract, encoding="utf-8")
    (tmp_path / "policy" / "rules" / "never-decided.rules").write_text(RULE, encoding="utf-8")
    posted = row.get("posted", "2026-11-20T16:00")
    review = {"rating": 2} | ({"posted_at": posted} if posted != "none" else {})
    review |= {"severity": row["severity"]} if "severity" in row else {}
    case = {"review": review} | ({"history": row["history"]} if "history" in row else {})
    (tmp_path / "a.md").write_text(f"---\n{yaml.safe_dump(case)}---\n謝謝。\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["replylint", "check", "a.md", "--now", row["now"], "--lang", "zh"])
    with pytest.raises(SystemExit) as ended:
        main()
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert ended.value.code == 1
    assert _person(lines, "請洽") == row["ask"]
    assert _person(lines, "下一位") == row["next"]
    assert [line for line in lines if line.startswith(("期限：", "其後："))] == row["due"]


def _told(lines: list[str], label: str) -> str:
    (found,) = (line.partition("：")[2] for line in lines if line.startswith(f"{label}："))
    return found


def _person(lines: list[str], label: str) -> str:
    words = _told(lines, label)
    assert "，" in words
    return words.partition("（")[0] + ("（off）" if words.endswith("現在不在值班時間") else "")
