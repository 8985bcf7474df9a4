"""Several processes say what one says, in the same order."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
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


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="everything is done in one process here")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 3), ("SIGTERM", 3), ("SIGHUP", 3), ("SIGKILL", -9)])
def test_no_worker_outlives_a_run_that_is_ended(policy: Path, tmp_path: Path, name: str, code: int) -> None:
    """Workers hold the outputs that they were started with, so that these end with the last of them."""
    rows = ({"id": f"r{n}", "review": "等很久", "reply": f"我們會改善第 {n} 項。" * 40} for n in range(4000))
    Path("rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    words = ("check", "rows.jsonl", "--jobs", "2", "--no-cache", "--receipts", "receipts", "--unsigned", "--output",
             "report.json")  # fmt: skip
    running = subprocess.Popen([sys.executable, "-m", "replylint", *words], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)  # fmt: skip
    while running.poll() is None and len(list(tmp_path.glob("receipts/*"))) < 60:
        time.sleep(0.02)  # the first drafts are judged before there are workers
    running.send_signal(getattr(signal, name))
    _, err = running.communicate(timeout=60)
    assert (running.returncode, Path("report.json").exists()) == (code, False)
    assert err.decode().strip() == ("interrupted: nothing is cleared" if code == 3 else "")
