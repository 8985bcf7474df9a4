"""zizmor and actionlint on the action and on every workflow that we have or show to others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = tuple(
    path.relative_to(ROOT).as_posix()
    for folder in (".github/workflows", "docs/workflows", "checker/replylint/templates")
    for path in sorted((ROOT / folder).glob("*.yml"))
)
UNSAFE = """\
on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
"""


def tool(name: str) -> str:
    found = shutil.which(name, path=str(BIN)) or shutil.which(name)
    assert found, f"{name} is among the development tools of pyproject.toml"
    return found


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_there_is_something_to_look_at() -> None:
    assert len(WORKFLOWS) >= 3


def test_zizmor_finds_nothing() -> None:
    ran = run(tool("zizmor"), "--offline", "--persona=pedantic", "--no-progress", "action.yml", *WORKFLOWS)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_actionlint_finds_nothing() -> None:
    ran = run(tool("actionlint"), "-no-color", *WORKFLOWS)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stdout + ran.stderr


def test_shellcheck_finds_nothing_in_the_actions_scripts(tmp_path: Path) -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) == 3
    for number, script in enumerate(scripts):
        (tmp_path / f"{number}.sh").write_text(f"set -eo pipefail\n{script}", encoding="utf-8")
        ran = run(tool("shellcheck"), "--shell=bash", "--severity=style", str(tmp_path / f"{number}.sh"))
        assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("name", ["zizmor", "actionlint"])
def test_the_linters_would_tell(tmp_path: Path, name: str) -> None:
    (tmp_path / "unsafe.yml").write_text(UNSAFE, encoding="utf-8")
    options = {"zizmor": ("--offline", "--no-progress"), "actionlint": ("-no-color",)}[name]
    assert run(tool(name), *options, str(tmp_path / "unsafe.yml")).returncode != 0
