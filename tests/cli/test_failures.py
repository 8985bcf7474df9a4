"""A file or an output that cannot be written is one sentence in the reader's language, and exit 3."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from replylint.api import PolicyError, load_policy
from replylint.source.failures import reason_of
from replylint.source.messages import speak
from replylint.source.resources import message_table
from tests.cli.conftest import Run


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written, the disk has no room for it."""

    def no_room(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize(
    ("lang", "words"), [("en", "cannot be written: no space is left"), ("zh", "磁碟空間不足")]
)
def test_what_cannot_be_formatted(run: Run, policy: Path, lang: str, words: str) -> None:
    path = policy / "rules" / "more.rules"
    text = 'promise of refund   also reads "退錢"\n'
    path.write_text(text, encoding="utf-8")
    ran = run("fmt", str(path), "--lang", lang)
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert words in ran.err
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("full_disk")
def test_a_rule_that_cannot_be_written(run: Run, policy: Path) -> None:
    before = sorted((policy / "rules").iterdir())
    ran = run("new-rule", "no-parking", "--policy", str(policy))
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert "cannot be written" in ran.err
    assert sorted((policy / "rules").iterdir()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(("lang", "words"), [("en", "no space is left"), ("zh", "磁碟空間不足")])
def test_a_full_disk(drafts: Path, lang: str, words: str) -> None:
    command = [sys.executable, "-m", "replylint", "check", str(drafts / "good.md"), "--lang", lang]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr.count("\n")) == (3, 1)
    assert words in ran.stderr


@pytest.mark.parametrize(("number", "en", "zh"), [(13, "permission denied", "沒有權限"), (2, "no such", "找不到")])
def test_reasons_are_translated(number: int, en: str, zh: str) -> None:
    reason = reason_of(OSError(number, os.strerror(number)))
    assert en in speak(reason, "en")
    assert zh in speak(reason, "zh")


def test_a_rare_reason_stays_as_the_system_says_it() -> None:
    assert reason_of(OSError(9999, "Something Odd")) == "something odd"


def test_every_reason_has_two_languages() -> None:
    assert all({"en", "zh"} <= set(entry) <= {"en", "zh", "help"} for entry in message_table("source").values())


def test_a_policy_that_cannot_be_used_says_why_to_who_calls_from_python(policy: Path) -> None:
    with pytest.raises(PolicyError, match=r"^there is no contract at `nope/contract\.yml`"):
        load_policy("nope")
    (policy / "rules" / "b.rules").write_text("rule b\n  forbd promise\n", encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        load_policy(policy)
    place = policy / "rules" / "b.rules"
    assert str(raised.value) == f"{place.as_posix()}:2:3: there is no keyword `forbd`; did you mean `forbid`?"


@pytest.mark.parametrize(
    "words", [("check", "drafts"), ("policy", "check"), ("test",), ("fmt", "policy"), ("explain", "no-refunds")]
)
def test_a_folder_of_rules_that_cannot_be_read_is_not_passed_over(
    run: Run, drafts: Path, policy: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (policy / "rules" / "more").mkdir()
    scandir = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "more":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    ran = run(*words)
    assert (ran.code, "rules/more` cannot be read or written: permission denied" in ran.err) == (3, True), ran.out


def test_a_file_that_cannot_be_written_is_told_by_its_own_name(
    run: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def closed(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if ".replylint-" in str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", closed)
    ran = run("check", "drafts/good.md", "--output", "report.json", "--no-cache")
    assert (ran.code, "`report.json` cannot be read or written: permission denied" in ran.err) == (3, True), ran.err


def shell(line: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A line of the shell in which `"$@"` is replylint with the given words."""
    command = ["bash", "-c", line, "bash", sys.executable, "-m", "replylint", *words]
    return subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")


@pytest.mark.parametrize("words", [("check", "drafts/good.md"), ("--version",), ("policy", "check")])
@pytest.mark.parametrize(("lang", "told"), [("en", "standard output is closed"), ("zh", "標準輸出已關閉")])
def test_an_output_that_is_closed_is_no_clearance(drafts: Path, words: tuple[str, ...], lang: str, told: str) -> None:
    ran = shell('"$@" >&-', "--lang", lang, *words)
    assert (ran.returncode, ran.stderr.count("\n"), told in ran.stderr) == (3, 1, True), ran.stderr


def test_a_closed_input_or_error_output_changes_nothing(drafts: Path) -> None:
    words = ("check", "drafts", "--now", "2026-11-20T10:00", "--audit")
    before = shell('"$@"', *words, "a.log")
    after = shell('"$@" <&- 2>&-', *words, "b.log")
    assert (before.returncode, after.returncode, after.stdout, after.stderr) == (1, 1, before.stdout, "")
    assert shell('"$@"', "audit", "verify", "b.log").returncode == 0


def test_a_report_of_which_the_end_was_not_read_is_no_clearance(drafts: Path) -> None:
    """Longer than a pipe holds, so that the reader is gone before all is written."""
    rows = [{"id": f"r{n}", "review": "等很久", "reply": f"我們會改善第 {n} 項。"} for n in range(3000)]
    (drafts / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for words in (("check", "drafts/rows.jsonl"), ("facts", "drafts/rows.jsonl")):
        ran = shell('"$@" | head -1; exit ${PIPESTATUS[0]}', *words)
        assert (ran.returncode, ran.stdout.count("\n"), ran.stderr) == (3, 1, ""), words
