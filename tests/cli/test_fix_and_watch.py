"""Safe mending of drafts, and checking again at every change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import DRAFT, Run

NOW = ("--now", "2026-11-20T10:00+08:00")
HIDDEN = "我們會退\u200b款 900 元，We will r\u0435fund you."
PLAIN = "我們會退款 900 元，We will refund you."


def draft(reply: str) -> str:
    return DRAFT.format(id="odd", reply=reply)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_disguised_characters_are_spelt_plainly_and_nothing_else_changes(
    run: Run, policy: Path, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "odd.md"
    file.write_bytes(draft(HIDDEN).replace("\n", "\r\n").encode(encoding))
    shown = run("check", "odd.md", "--diff", *NOW)
    assert shown.code == 1
    assert "-我們會退<U+200B>款" in shown.out
    assert "+我們會退款" in shown.out
    assert file.read_bytes().decode(encoding) == draft(HIDDEN).replace("\n", "\r\n")
    ran = run("check", "odd.md", "--fix", *NOW)
    assert "2 character(s)" in ran.err
    assert "no-refunds" in ran.out
    assert file.read_bytes().decode(encoding) == draft(PLAIN).replace("\n", "\r\n")
    assert run("check", "odd.md", "--diff", *NOW).code == 0


ORDINARY = ("Спасибо, приходите ещё!", "退 款 900 元", "謝謝 👨\u200d👩\u200d👧 光臨", "ㄊㄨㄟˋ款")


@pytest.mark.parametrize("reply", ORDINARY)
def test_what_is_meant_or_only_its_writer_knows_stays(run: Run, policy: Path, tmp_path: Path, reply: str) -> None:
    (tmp_path / "odd.md").write_text(draft(reply), encoding="utf-8")
    assert run("check", "odd.md", "--diff", *NOW).code == 0


def test_a_draft_that_cannot_be_written_is_no_clearance(
    run: Run, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "odd.md").write_text(draft(HIDDEN), encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "odd.md")

    monkeypatch.setattr("replylint.cli.check.fixes.rewrite", full)
    assert run("check", "odd.md", "--fix", *NOW).code == 3
    assert (tmp_path / "odd.md").read_text(encoding="utf-8") == draft(HIDDEN)


# As a shell begins jobs in the background of a script.
IGNORING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt cannot be sent to one process there")
@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_every_change_is_checked_until_it_is_stopped(drafts: Path, name: str, ignored: bool) -> None:
    words = ("-m", "replylint", "check", "drafts/good.md", "--watch", *NOW, "--format", "json")
    command = (sys.executable, *(("-c", IGNORING) if ignored else ()), *words)
    with subprocess.Popen(command, cwd=drafts.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8"}) as process:  # fmt: skip
        try:
            assert process.stderr is not None
            assert "waiting for changes" in process.stderr.readline()
            (drafts / "good.md").write_text(DRAFT.format(id="good", reply="我們會退款 900 元。"), encoding="utf-8")
            assert "waiting for changes" in process.stderr.readline()
            time.sleep(0.2)
            process.send_signal(getattr(signal, name))
            out, _ = process.communicate(timeout=120)
        finally:
            process.kill()
    assert process.returncode == 1
    assert [word for word in ("cleared", "blocked") if f'"verdict": "{word}"' in out] == ["cleared", "blocked"]
