"""The action as GitHub would have it on a machine: its files alone, and what it installs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.action.runner import Job, Runner
from tests.cli.conftest import RULE, WORDS
from tests.hook.conftest import Repository, environment

ROOT = Path(__file__).resolve().parents[2]
_NEEDED = ("action", "action.yml", "checker", "grammar", "policy", "pyproject.toml", "README.md", "LICENSE")
NOW = "2026-11-20T10:00+08:00"


@pytest.fixture(scope="session")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the action consists of, as a clone of a tag has it."""
    tree = tmp_path_factory.mktemp("action")
    for name in _NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", ".*"))
        else:
            shutil.copy(source, tree / name)
    return tree


@pytest.fixture(scope="session")
def reachable(action: Path, tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Whether packages can be had: without them the action cannot be installed, whatever its steps are like."""
    lock = (action / "action/requirements.txt").read_text(encoding="utf-8")
    pin = re.search(r"^wasabi==\S+", lock, re.MULTILINE)
    assert pin
    pip = (sys.executable, "-I", "-m", "pip", "--quiet", "--retries", "0", "--timeout", "20")
    command = (*pip, "download", "--no-deps", "--dest", tmp_path_factory.mktemp("probe"), pin[0])
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def installed(action: Path, reachable: bool, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Job | None]:
    """The runner's folder for things that live as long as a job, with the action installed by its own step.

    Where no packages can be had, this Python stands in for what would be installed; the run of the step is None then.
    """
    temp = tmp_path_factory.mktemp("temp")
    home = {"HOME": os.environ.get("HOME", str(temp))}  # where downloads are kept
    python = {"actions/setup-python": {"python-path": sys.executable}}
    runner = Runner(action, temp, temp, environment(temp) | home, python)
    if not reachable:
        subprocess.run((sys.executable, "-m", "venv", "--without-pip", temp / "replylint"), check=True)
        (site,) = (temp / "replylint/lib").glob("python*/site-packages")
        (site / "these.pth").write_text("\n".join(path for path in sys.path if path), encoding="utf-8")
        return temp, None
    runner.done = {"self-test": {}, "check": {}}
    return temp, runner.run()


Act = Callable[..., Job]


@pytest.fixture
def replies(tmp_path: Path) -> Repository:
    """A repository of drafts with a small policy, committed on `main`."""
    here = Repository(tmp_path / "replies", environment(tmp_path))
    here.folder.mkdir()
    here.git("init", "--quiet", "--initial-branch", "main")
    here.write("policy/contract.yml", (ROOT / "policy/contract.yml").read_text(encoding="utf-8"))
    here.write("policy/rules/no-refunds.rules", RULE)
    here.write("policy/lexicon/words.rules", WORDS)
    here.write("drafts/README.md", "Drafts.\n")
    here.save()
    return here


@pytest.fixture
def act(action: Path, installed: tuple[Path, Job | None], replies: Repository) -> Act:
    """Runs the action on the repository; `event` is what set the workflow off.

    prove: with the self-test before. env: what the workflow sets for the step.
    """

    def go(
        event: dict[str, object] | None = None, *, prove: bool = False, env: dict[str, str] | None = None, **inputs: str
    ) -> Job:
        env = {**replies.env, "REPLYLINT_CACHE": str(installed[0] / "cache"), **(env or {})}
        stand_ins = {"actions/setup-python": {"python-path": sys.executable}, "github/codeql-action/upload-sarif": {}}
        done = {"install": {"command": str(installed[0] / "replylint/bin/replylint")}}
        if not prove:
            done["self-test"] = {}
        runner = Runner(action, replies.folder, installed[0], env, stand_ins, event or {}, done)
        return runner.run(**{"now": NOW, **inputs})

    return go


def sha(replies: Repository, name: str = "HEAD") -> str:
    return replies.git("rev-parse", name).strip()


def pull_request(replies: Repository) -> dict[str, object]:
    """The event of a pull request against `main`."""
    return {"pull_request": {"base": {"sha": sha(replies, "main")}}}

