"""Several processes say what one says, in the same order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from replylint.source.resources import starter_policy
from tests.cli.conftest import Run

OPTIONS = ("--now", "2026-11-20T10:00+08:00", "--format", "json", "--policy", str(starter_policy()))
REPLIES = ("我們會全額退款給您。", "謝謝您。", "很抱歉讓您等候，已轉達給門市。", "Sorry. It will never happen again.")


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Many drafts, among them repeated replies, a row that is no draft, and an id that stands twice."""
    rows = [
        {"id": f"d{n}", "rating": 1, "review": f"等了{n}分鐘，店員態度很差", "reply": f"{REPLIES[n % 4]}第 {n // 8} 次"}
        for n in range(230)
    ]
    rows[100] = {"id": "d100", "rating": 9, "reply": "x"}
    rows[101]["id"] = "d1"
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


def test_the_report_does_not_depend_on_how_many_work_on_it(run: Run, drafts: Path) -> None:
    alone = run("check", str(drafts), *OPTIONS, "--jobs", "1")
    several = run("check", str(drafts), *OPTIONS, "--jobs", "3")
    assert several.out == alone.out
    assert (several.code, alone.code) == (3, 3)
    report = json.loads(alone.out)
    assert report["summary"]["drafts"] == 228
    repeated = [case for case in report["cases"] if "not-repeated" in {f["rule"] for f in case.get("findings", [])}]
    assert len(repeated) > 100
