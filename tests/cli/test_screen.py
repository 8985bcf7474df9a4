"""Colours and width as the reader's terminal takes them."""

from __future__ import annotations

import json
import os
import pty
import struct
import subprocess
import sys
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from replylint.render.visible import columns


def on_terminal(width: int, *words: str, **variables: str) -> str:
    """What replylint prints on a terminal so many columns wide."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    environment |= {"TERM": "xterm", **variables}
    command = [sys.executable, "-m", "replylint", *words]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        printed = b""
        while piece := _read(ours):
            printed += piece
        process.wait()
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:  # how a terminal says that nobody writes any more
        return b""


@pytest.mark.parametrize(
    ("variables", "words", "coloured"),
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": ""}, (), True),
        ({"TERM": "dumb"}, (), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
        ({}, ("--color", "never"), False),
    ],
)
def test_colours(drafts: Path, variables: dict[str, str], words: tuple[str, ...], coloured: bool) -> None:
    assert ("\x1b[" in on_terminal(100, "check", "drafts", *words, **variables)) is coloured


def test_a_policy_is_told_without_colours_to_who_declines_them(policy: Path) -> None:
    assert "\x1b[" in on_terminal(100, "policy", "check")
    assert "\x1b[" not in on_terminal(100, "policy", "check", NO_COLOR="1")


@pytest.mark.parametrize("width", [44, 60, 200])
def test_words_of_drafts_fit_the_screen(drafts: Path, width: int) -> None:
    reply = "您好，" + "謝謝您特地寫下這些建議，" * 12 + "我們會退款 900 元。"
    (drafts / "long.md").write_text((drafts / "good.md").read_text("utf-8").replace("我們會改善。", reply), "utf-8")
    printed = on_terminal(width, "check", "drafts/long.md", "--color", "never")
    quoted = [line for line in printed.splitlines() if " | " in line]
    assert quoted
    assert max(map(columns, quoted)) <= min(width, 110)


NOW = ("--now", "2026-11-20T10:00+08:00")


def printed(encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What comes out where standard output has a code page, as when it is redirected on Windows."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, "-m", "replylint", *words], capture_output=True, check=False,
                          env=environment)  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp950", ("x blocked", "退款 900 元", "這個指令")),
        ("cp1252", ("x blocked", "<U+9000><U+6B3E> 900 <U+5143>", "<U+6307>")),
        ("latin-1", ("x blocked", "<U+9000><U+6B3E>", "<U+6307>")),
        ("utf-8", ("✗ blocked", "退款 900 元", "這個指令")),
        ("utf-16", ("✗ blocked", "退款 900 元", "這個指令")),
    ],
)
def test_no_code_page_ends_a_report(drafts: Path, encoding: str, words: tuple[str, ...]) -> None:
    ran = printed(encoding, "check", "drafts", "--lang", "en")
    assert ran.returncode == 1, ran.stderr
    text = ran.stdout.decode(encoding)
    assert [word for word in words[:2] if word not in text] == []
    assert words[2] in printed(encoding, "frob", "--lang", "zh").stderr.decode(encoding)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "drafts", "--format", "json", *NOW),
        ("check", "drafts", "--format", "sarif", *NOW),
        ("facts", "drafts", "--format", "json"),
        ("triage", "drafts", "--format", "json", *NOW),
        ("schema", "contract"),
        ("verify", "--receipts", ".", "--case", "drafts/bad.md", "--unsigned", "--format", "json", *NOW),
    ],
)
def test_what_programs_read_is_utf8_in_any_code_page(drafts: Path, words: tuple[str, ...]) -> None:
    ran = printed("cp950", *words)
    assert json.loads(ran.stdout.decode()), ran.stderr
    assert ran.stdout == printed("utf-8", *words).stdout
