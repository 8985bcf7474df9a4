"""Settings hold for every command, not for `check` alone."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.render.visible import columns
from tests.cli.conftest import Run

SLIPS = yaml.safe_load(Path(__file__).with_name("settings_slips.yml").read_text(encoding="utf-8"))
SPEAKING = (
    "facts drafts/bad.md", "explain no-refunds", "test policy", "triage drafts", "eval drafts", "policy check policy",
    "new-rule no-parking", "keygen replies.key", "audit verify drafts/bad.md",
)  # fmt: skip
JUDGING = ("check drafts", "facts drafts", "eval labelled.jsonl", "triage drafts", "test policy")


@pytest.mark.parametrize("words", SPEAKING)
def test_every_command_speaks_the_language_of_the_settings(
    words: str, run: Run, drafts: Path, tmp_path: Path
) -> None:
    (tmp_path / "replylint.toml").write_text('lang = "zh"\n', encoding="utf-8")
    run(*words.split())  # what writes a file says something else the second time
    asked, chosen, other = (run(*words.split(), *lang) for lang in ((), ("--lang", "zh"), ("--lang", "en")))
    assert asked == chosen != other


@pytest.mark.parametrize("words", ["check drafts", "facts drafts", "policy check policy"])
def test_the_settings_hold_no_rule_that_there_is_not(words: str, run: Run, drafts: Path, tmp_path: Path) -> None:
    (tmp_path / "replylint.toml").write_text('[enforcement]\nno-refnds = "advisory"\n', encoding="utf-8")
    ran = run(*words.split())
    assert (ran.code, "replylint.toml:1" in ran.err, "did you mean `no-refunds`?" in ran.err) == (2, True, True), ran


@pytest.mark.parametrize("words", JUDGING)
def test_every_command_that_judges_needs_the_components_of_the_settings(
    words: str, run: Run, drafts: Path, tmp_path: Path
) -> None:
    (tmp_path / "labelled.jsonl").write_text('{"id": "a", "reply": "我們會改善。", "facts": []}\n', encoding="utf-8")
    (tmp_path / "replylint.toml").write_text('components = ["no_such_component"]\n', encoding="utf-8")
    ran = run(*words.split())
    assert (ran.code, "no_such_component" in ran.err) == (2, True), ran


@pytest.mark.parametrize("row", SLIPS, ids=lambda row: str(row.get("text") or row["bytes"]))
def test_settings_with_a_mistake_are_told_at_their_place(row: dict[str, Any], run: Run, tmp_path: Path) -> None:
    content = bytes.fromhex(row["bytes"]) if "bytes" in row else row["text"].encode()
    (tmp_path / "replylint.toml").write_bytes(content)
    ran = run("check", "drafts", "--lang", "en")
    number, shown, under = next(
        (line.split(" | ")[0].strip(), line.split(" | ")[1], below.split(" | ")[1])
        for line, below in pairwise(ran.err.split("\n")) if set(below.partition(" | ")[2].strip()) == {"^"}
    )  # fmt: skip
    start = columns_before(shown, len(under) - len(under.lstrip()))
    assert ran.code == 2
    assert f"replylint.toml:{number}:{start + 1}" in ran.err
    assert shown[start:].startswith(row["words"])
    assert row["told"] in ran.err
    assert re.search("[一-鿿]", run("check", "drafts", "--lang", "zh").err.splitlines()[0])


def columns_before(line: str, width: int) -> int:
    """How many characters take so many columns."""
    return next(number for number in range(len(line) + 1) if columns(line[:number]) == width)


def test_a_byte_order_mark_does_not_count(run: Run, drafts: Path, tmp_path: Path) -> None:
    (tmp_path / "replylint.toml").write_text('\ufefflang = "zh"\n', encoding="utf-8")
    assert run("check", "drafts").out == run("check", "drafts", "--lang", "zh").out


def test_the_place_in_a_project_file_is_that_of_the_section(run: Run, drafts: Path, tmp_path: Path) -> None:
    words = '[tool.other]\nlagn = 1\n\n[tool.replylint]  # here\nlagn = "en"\n'
    (tmp_path / "pyproject.toml").write_text(words, encoding="utf-8")
    assert "pyproject.toml:5:1" in run("check", "drafts").err
