"""What is told about broken contracts, whole, in both languages, and that nothing is about sound ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.contract.load import load, parse
from replylint.contract.terms import WEEKDAYS
from replylint.source.messages import describe
from replylint.source.problems import PolicyError, Problem
from replylint.source.resources import message_table, starter_policy
from replylint.source.spans import Source

HERE = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "broken.yml").read_text(encoding="utf-8"))
SOUND: dict[str, dict[str, str]] = yaml.safe_load((HERE / "sound.yml").read_text(encoding="utf-8"))
STARTER = (starter_policy() / "contract.yml").read_text(encoding="utf-8")

# Told of files that a table of texts cannot hold; each has a test of its own.
_ABOUT_FILES = {"no-file", "unreadable", "too-large", "too-many-values"}


def _data(case: dict[str, Any]) -> bytes:
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    if "text" in case:
        return str(case["text"]).encode()
    text = STARTER
    for old, new in case["replace"].items():
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text.encode()


def _problems(data: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Problem, ...]:
    monkeypatch.chdir(folder)
    Path("contract.yml").write_bytes(data)
    with pytest.raises(PolicyError) as raised:
        load(Path("contract.yml"))
    return raised.value.problems


def _told(problem: Problem) -> str:
    lines = [f"  {problem.where}: [{problem.where.words}]" if problem.where else "  contract.yml"]
    for lang in ("en", "zh"):
        sentence, help_text = describe(problem, lang)
        lines += [f"    {sentence}", *([f"      {help_text}"] if help_text else [])]
    return "\n".join(lines)


def test_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[Path, str], None]) -> None:
    blocks = []
    for name, case in CASES.items():
        problems = _problems(_data(case), tmp_path, monkeypatch)
        blocks.append("\n".join([name, *map(_told, problems)]))
    golden(HERE / "golden" / "broken.txt", "\n\n".join(blocks) + "\n")


@pytest.mark.parametrize("changes", SOUND.values(), ids=SOUND)
def test_sound(changes: dict[str, str]) -> None:
    parse(Source("contract.yml", _data({"replace": changes}).decode()))


def test_every_sentence_has_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        problem.key.removeprefix("contract.")
        for case in CASES.values()
        for problem in _problems(_data(case), tmp_path, monkeypatch)
    }
    assert told | _ABOUT_FILES | set(WEEKDAYS) == set(message_table("contract"))


def _only_problem(path: Path) -> Problem:
    with pytest.raises(PolicyError) as raised:
        load(path)
    (problem,) = raised.value.problems
    return problem


def test_missing_file(tmp_path: Path) -> None:
    problem = _only_problem(tmp_path / "contract.yml")
    assert problem.key == "contract.no-file"
    assert describe(problem, "en")[0] == f"there is no contract at `{tmp_path / 'contract.yml'}`"


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert _only_problem(tmp_path).key == "contract.unreadable"


def test_far_too_large(tmp_path: Path) -> None:
    (tmp_path / "contract.yml").write_bytes(b"#" * 1_000_001)
    assert _only_problem(tmp_path / "contract.yml").key == "contract.too-large"


def test_aliases_that_multiply(tmp_path: Path) -> None:
    person = "&p {name: a, channel: b, hours: always}"
    lines = [f"  r0: &r [{person}{', *p' * 300}]", *(f"  r{n}: *r" for n in range(1, 300))]
    (tmp_path / "contract.yml").write_text("\n".join(["contacts:", *lines]))
    assert _only_problem(tmp_path / "contract.yml").key == "contract.too-many-values"
