"""A repository of drafts in which the real pre-commit runs our hooks at each commit."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import DRAFT, RULE, WORDS

ROOT = Path(__file__).resolve().parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GOOD, BAD = "我們會改善。", "我們會退款 900 元。"
PRE_COMMIT = (sys.executable, "-m", "pre_commit")



def draft(name: str, reply: str) -> str:
    return DRAFT.format(id=name, reply=reply)


def environment(home: Path) -> dict[str, str]:
    """Nothing of the user's settings of git or pre-commit, and the tools of this Python first."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))}
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "t"), ("EMAIL", "t@example.com"))}  # fmt: skip
    return kept | who | {
        "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
    }  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a command ended and all that it printed."""

    code: int
    out: str


@dataclass(frozen=True)
class Repository:
    """A repository of drafts."""

    folder: Path
    env: dict[str, str]

    def run(self, *words: str) -> Ended:
        done = subprocess.run(
            words, cwd=self.folder, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        return Ended(done.returncode, done.stdout.decode(errors="replace"))

    def git(self, *words: str) -> str:
        done = self.run("git", *words)
        assert done.code == 0, done.out
        return done.out

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def save(self) -> None:
        """Commit all that lies there, whatever the hooks would say."""
        self.git("add", "-A")
        self.git("commit", "--quiet", "--no-verify", "--message", "m")

    def commit(self, *words: str) -> Ended:
        return self.run("git", "commit", "--quiet", "--message", "m", *words)

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))

    def committed(self) -> str:
        return self.git("show", "--name-only", "--format=")


def configuration(*ids: str, **changes: object) -> str:
    """A .pre-commit-config.yaml with our hooks as they are declared, run by this Python instead of one of their own."""
    command = f"{shlex.quote(sys.executable)} -m replylint"
    hooks = []
    for hook in HOOKS:
        if hook["id"] in ids:
            entry = hook["entry"].replace("replylint", command, 1)
            hooks.append({**hook, "entry": entry, "language": "system", "verbose": True, **changes})
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}, allow_unicode=True)


SPARE = 'rule spare\n  forbid   threat\n  breaks   "我們會告你。"\n  keeps    "謝謝您。"\n'
Make = Callable[..., Repository]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home, with the caches in it, for all tests of the hook."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def make(tmp_path: Path, home: Path) -> Make:
    """Makes a repository with a good draft and a small policy, all committed, and the hooks installed."""

    def go(*ids: str, **changes: object) -> Repository:
        here = Repository(tmp_path / "replies", environment(home) | {"REPLYLINT_CACHE": str(home / "cache")})
        here.folder.mkdir()
        here.git("init", "--quiet", "--initial-branch", "main")
        here.write("drafts/first.md", draft("first", GOOD))
        here.write("policy/contract.yml", (ROOT / "policy/contract.yml").read_text(encoding="utf-8"))
        here.write("policy/rules/no-refunds.rules", RULE)
        here.write("policy/rules/spare.rules", SPARE)
        here.write("policy/lexicon/words.rules", WORDS + 'threat also reads "告你"\n')
        here.write(".pre-commit-config.yaml", configuration(*ids, **changes))
        here.git("add", "-A")
        here.git("commit", "--quiet", "--no-verify", "--message", "begin")
        assert here.run(*PRE_COMMIT, "install").code == 0
        return here

    return go


@pytest.fixture
def replies(make: Make) -> Repository:
    """The repository with the hook for drafts."""
    return make("replylint")
