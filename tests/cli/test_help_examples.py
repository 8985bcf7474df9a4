"""Every example that a command's help shows does what it says, as it is printed, in a repository that `init` made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_help import EVERY

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "corpora"
NOW = "2026-11-20T10:00+08:00"
DRAFT = """\
---
id: "0042"
platform: google_maps
drafter: {name: agent-01, role: agent}
review: {rating: 2, author: 林**, posted_at: 2026-11-20T09:00+08:00, text: 珍珠很硬，跟上次差很多}
actions: [reply]
---
您好，珍珠偏硬讓您失望了，真的很抱歉。我們保證當場為您重做一杯。
"""


def examples() -> Iterator[str]:
    """The lines of help that are commands, each whole."""
    for ctx in EVERY.values():
        text = (ctx.command.help or "").replace("\\\n", " ")
        yield from (" ".join(line.split()) for line in text.splitlines() if line.strip().startswith("replylint "))


ALL = tuple(dict.fromkeys(examples()))
# What the moment has to be given for, because an example is not written anew each day.
TIMED = ("approve", "waive", "verify", "triage")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a file of every name that examples speak of."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "home/.config/fish/completions").mkdir(parents=True)
    assert shell(folder, "replylint init -y && git init -q").returncode == 0
    (folder / "drafts/0042.md").write_text(DRAFT, encoding="utf-8")
    rule = (folder / "policy/rules/no-blame.rules").read_text(encoding="utf-8")
    (folder / "policy/rules/refund.rules").write_text(rule.replace("no-blame", "refund"), encoding="utf-8")
    for name in ("drills", "sla"):
        shutil.copytree(CORPORA / name, folder / {"sla": "log"}.get(name, name))
    rows = "\n".join((CORPORA / "facts/en.jsonl").read_text(encoding="utf-8").splitlines()[:5])
    (folder / "corpora").mkdir()
    for name in ("reviews.jsonl", "replies.jsonl", "labelled.jsonl", "corpora/labelled.jsonl"):
        (folder / name).write_text(rows, encoding="utf-8")
    (folder / "reviews.csv").write_text("id,review,rating\nr1,珍珠很硬,2\n", encoding="utf-8")
    shutil.copy(CORPORA / "sla/fortnight.jsonl", folder / "events.jsonl")
    (folder / "events.csv").write_text("case,event,at\nr1,arrived,2026-10-05T08:25+08:00\n", encoding="utf-8")
    (folder / "reply.txt").write_text(DRAFT.rpartition("---\n")[2].strip(), encoding="utf-8")
    records = f"--receipts receipts --key replies.key --audit audit.log --now {NOW}"
    assert shell(folder, f"replylint keygen replies.key && replylint check drafts {records}").returncode == 1
    assert shell(folder, "git add -A").returncode == 0
    return folder


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    here = {**os.environ, "HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"}
    here["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{here['PATH']}"
    command = ("bash", "-c", line)
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env=here, check=False)


@pytest.mark.parametrize("line", ALL)
def test_it_runs_as_printed(desk: Path, line: str) -> None:
    name = line.split()[1]
    timed = f" --now {NOW}" if name in TIMED and "--now" not in line else ""
    command, target, file = line.partition(" > ")
    ran = shell(desk, f"{command}{timed}{target}{file}")
    assert ran.returncode in (0, 1), ran.stderr + ran.stdout
