"""What ships is what stands in the tree, and works without it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from replylint import __version__

ROOT = Path(__file__).resolve().parents[2]
_TREES = (("checker/replylint", "replylint"), ("grammar", "replylint/grammar"), ("policy", "replylint/policy"))
_WHERE = """
import replylint, replylint.policy, replylint.grammar
print(replylint.__file__, replylint.policy.__file__, replylint.grammar.__file__)
"""
_LOAD = """
from replylint.api import load_policy
policy = load_policy().policy
print(len(policy.rules), len(policy.matcher.names))
"""


def in_tree() -> set[str]:
    """Every file of the package in the checkout, under its name in the wheel."""
    found = set()
    for folder, shipped in _TREES:
        for path in (ROOT / folder).rglob("*"):
            relative = path.relative_to(ROOT / folder)
            hidden = any(part.startswith((".", "__pycache__")) or part.endswith(".egg-info") for part in relative.parts)
            if path.is_file() and not hidden:
                found.add(f"{shipped}/{relative.as_posix()}")
    return found


def run(installed: Path, folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with the wheel's content before everything else, away from the checkout."""
    start = f"import sys; sys.path.insert(0, {str(installed)!r})\n"
    environment = {**os.environ, "PYTHONUTF8": "1", "REPLYLINT_CACHE": str(folder / "cache")}
    return subprocess.run(
        [sys.executable, "-c", start + code, *arguments],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_wheel_holds_the_tree(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert shipped == in_tree()


def test_wheel_names_its_licence_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split(".dist-info/")[-1]: name for name in archive.namelist() if ".dist-info/" in name}
        assert "licenses/LICENSE" in names
        assert "replylint = replylint.cli.main:main" in archive.read(names["entry_points.txt"]).decode()


def test_packages_are_all_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = {name.removesuffix("/__init__.py").replace("/", ".") for name in in_tree() if name.endswith("/__init__.py")}
    assert set(project["tool"]["setuptools"]["packages"]) == there


def test_installed_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path, _WHERE)
    assert ran.returncode == 0, ran.stderr
    assert all(path.startswith(str(installed)) for path in ran.stdout.split())


def test_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path, "from replylint.cli.main import main; main()", "--version")
    assert (ran.returncode, ran.stdout) == (0, f"replylint {__version__}\n"), ran.stderr


def test_installed_wheel_loads_the_starter_policy(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path, _LOAD)
    assert ran.returncode == 0, ran.stderr
    rules, wordings = map(int, ran.stdout.split())
    assert rules == len(list((ROOT / "policy/rules").glob("*.rules")))
    assert wordings > 1000


@pytest.mark.parametrize(("text", "code"), [("謝謝您，我們會退款 9,000 元給您。", 1), ("", 3)])
def test_installed_wheel_checks_a_draft(installed: Path, tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "draft.md").write_text(f"---\nid: a\n---\n{text}\n", encoding="utf-8")
    ran = run(installed, tmp_path, "from replylint.cli.main import main; main()", "check", "draft.md", "--lang", "en")
    assert ran.returncode == code, ran.stdout + ran.stderr
