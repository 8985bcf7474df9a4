"""From an empty folder to a posted reply, each step by the program that people would use; `pytest -s` prints it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from tests.action.conftest import NOW
from tests.action.runner import Job, Runner
from tests.hook.conftest import PRE_COMMIT, Ended, Repository, environment

_MENDED = "您好，飲料做錯、請店員重做還被翻白眼，我們非常抱歉。已請店長了解當天情況，謝謝您告訴我們。\n"


class Terminal:
    """A repository in which commands are typed, with all that is printed."""

    def __init__(self, repository: Repository):
        self.repository = repository

    def __call__(self, line: str) -> Ended:
        ended = self.repository.run("bash", "-c", line)
        print(f"$ {line}\n{ended.out.rstrip()}\n(exit code {ended.code})\n")
        return ended


@pytest.fixture
def terminal(tmp_path: Path, installed: tuple[Path, Job | None]) -> Terminal:
    """An empty folder, with `replylint` and `pre-commit` on the path."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "pre-commit").write_text(f'#!/bin/sh\nexec {shlex.join(PRE_COMMIT)} "$@"\n', encoding="utf-8")
    (tools / "replylint").symlink_to(installed[0] / "replylint/bin/replylint")
    (tools / "pre-commit").chmod(0o755)
    env = environment(tmp_path)
    env |= {"PATH": f"{tools}{os.pathsep}{env['PATH']}", "REPLYLINT_CACHE": str(installed[0] / "cache")}
    (tmp_path / "replies").mkdir()
    return Terminal(Repository(tmp_path / "replies", env))


def test_from_an_empty_folder_to_a_posted_reply(
    terminal: Terminal, action: Path, installed: tuple[Path, Job | None], tmp_path: Path
) -> None:
    folder, env = terminal.repository.folder, terminal.repository.env
    assert terminal("replylint init --yes --brand 青禾茶食 --lang zh > /dev/null").code == 0
    assert terminal("git init --quiet --initial-branch main && pre-commit install").code == 0

    refused = terminal("git add --all && git commit --message 開始")
    assert (refused.code, "drafts/example-blocked.md:" in refused.out) == (1, True)
    assert terminal.repository.run("git", "rev-parse", "--verify", "--quiet", "HEAD").code == 1

    blocked = folder / "drafts/example-blocked.md"
    front = blocked.read_text(encoding="utf-8").rpartition("---\n")[0]
    blocked.write_text(f"{front}---\n{_MENDED}", encoding="utf-8")
    assert terminal("git add --all && git commit --quiet --message 開始").code == 0
    assert terminal.repository.commits() == 1

    assert terminal(f"replylint keygen {tmp_path}/replies.key > /dev/null").code == 0
    key = {"REPLYLINT_KEY": (tmp_path / "replies.key").read_text(encoding="utf-8")}
    done = {"python": {}, "install": {"command": "replylint"}}
    job = Runner(action, folder, installed[0], env | key, {}, {}, done).run(receipts="receipts", now=NOW)
    print(f"the action: {job.outputs}\n{job.check.summary}")
    assert (job.code, job.outputs["verdict"], job.outputs["cleared"]) == (0, "cleared", "2")
    assert len(list((folder / "receipts").iterdir())) == 2

    draft, public = "drafts/example-blocked.md", f"{tmp_path}/replies.key.pub"
    posting = f"replylint verify --receipts receipts --case {draft} --key {public} --now {NOW}"
    posted = terminal(f"{posting} --print")
    assert (posted.code, _MENDED.strip() in posted.out) == (0, True)
    blocked.write_text(blocked.read_text(encoding="utf-8").replace("非常抱歉", "非常抱兼"), encoding="utf-8")
    changed = terminal(f"{posting} --print")
    assert changed.code == 1
    assert "您好" not in changed.out
