"""A merge that was not finished is never read as if it had been meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run

ROWS = yaml.safe_load(Path(__file__).with_name("unmerged.yml").read_text(encoding="utf-8"))
LIKE_IT = ("很好 <<<<<<< 讚", "=======", "<<<<<<<", ">>>>> 大家好", "<<<<<<<<<<<< 下殺")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in ROWS])
def test_two_versions_are_told_where_they_begin(run: Run, drafts: Path, row: dict[str, Any]) -> None:
    Path(row["file"]).write_bytes(row["text"].encode())
    baseline = ("--baseline", "baseline.json") if row["file"] == "baseline.json" else ()
    ran = run("check", "drafts", *baseline)
    assert ran.code == 3
    assert "error: git left two versions here that it could not merge" in ran.out
    assert f"--> {row['file']}:{row['line']}:1" in ran.out
    assert "git 無法合併" in run("check", "drafts", *baseline, "--lang", "zh").out


@pytest.mark.parametrize("line", LIKE_IT)
def test_a_reply_may_hold_such_signs(run: Run, drafts: Path, line: str) -> None:
    file = drafts / "good.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    assert run("check", "drafts/good.md").code == 0
