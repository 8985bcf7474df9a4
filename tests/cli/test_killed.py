"""Commands that write files, ended at the worst moment: what was there before is there after, and nothing half new."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from replylint.source.writing import LEFT_OVER
from tests.cli.conftest import DRAFT, Run

NOW = ("--now", "2026-11-20T10:00+08:00")
BY = ("--by", "林經理", "--role", "brand_manager")
# Killed when the content of a file is written and the file has not got its name yet; without a chance to clear up, or
# with one.
PROGRAM = """
import os, signal, sys
from replylint.cli.main import main
os.fsync = lambda handle: os.kill(os.getpid(), signal.{name})
sys.argv = ["replylint", *{words!r}]
main()
"""
COMMANDS = {
    "waive": ("waive", "drafts/bad.md", "--rule", "no-refunds", *BY, "--reason", "r", *NOW),
    "approve": ("approve", "drafts/bad.md", *BY, *NOW),
    "a new baseline": ("check", "drafts", "--baseline", "new.json", "--update-baseline", *NOW),
    "a baseline": ("check", "drafts", "--baseline", "old.json", "--update-baseline", *NOW),
    "fix": ("check", "drafts/odd.md", "--fix", *NOW),
    "fmt": ("fmt",),
    "init": ("init", "made", "--yes"),
    "new-rule": ("new-rule", "no-parking"),
    "keygen": ("keygen", "new.key"),
    "a report": ("check", "drafts", "--output", "report.json", *NOW),
}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(LEFT_OVER))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing here kills without warning")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM"])
@pytest.mark.parametrize("command", list(COMMANDS))
def test_nothing_is_half_written(run: Run, drafts: Path, tmp_path: Path, command: str, name: str) -> None:
    (drafts / "odd.md").write_text(DRAFT.format(id="odd", reply="我們會\u200b退款 900 元。"), encoding="utf-8")
    (tmp_path / "policy/lexicon/words.rules").write_text('promise of refund   also reads "退款"\n', encoding="utf-8")
    run("check", "drafts/good.md", "--baseline", "old.json", "--update-baseline", *NOW)
    before = contents(tmp_path)
    program = PROGRAM.format(name=name, words=COMMANDS[command])
    ran = subprocess.run((sys.executable, "-c", program), cwd=tmp_path, capture_output=True, check=False)
    assert ran.returncode == (-9 if name == "SIGKILL" else 3), ran.stderr
    assert contents(tmp_path) == before
    assert name == "SIGKILL" or not list(tmp_path.rglob(f"{LEFT_OVER}*"))
