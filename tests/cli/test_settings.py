"""Settings hold for every command, not for `check` alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

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


@pytest.mark.parametrize("words", JUDGING)
def test_every_command_that_judges_needs_the_components_of_the_settings(
    words: str, run: Run, drafts: Path, tmp_path: Path
) -> None:
    (tmp_path / "labelled.jsonl").write_text('{"id": "a", "reply": "我們會改善。", "facts": []}\n', encoding="utf-8")
    (tmp_path / "replylint.toml").write_text('components = ["no_such_component"]\n', encoding="utf-8")
    ran = run(*words.split())
    assert (ran.code, "no_such_component" in ran.err) == (2, True), ran
