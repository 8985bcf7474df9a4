"""What a command must not import: spaCy alone costs half a second."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_HEAVY = """
import sys
from replylint.cli.main import main
try:
    main()
finally:
    print([m for m in {names} if m in sys.modules], file=sys.__stderr__)
"""
_RULE = 'rule a\n  forbid   threat\n  breaks   "We will sue you."\n  keeps    "Thank you."\n'


def imported(folder: Path, names: tuple[str, ...], *arguments: str) -> str:
    """Which of these modules a command imports."""
    ran = subprocess.run(
        [sys.executable, "-c", _HEAVY.format(names=names), *arguments],
        cwd=folder, env={**os.environ, "REPLYLINT_CACHE": str(folder / "cache")}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr
    return ran.stderr.splitlines()[-1]


COMMANDS = (
    "policy check", "fmt --check a.rules", "explain no-threats", "new-rule b --policy .", "schema case",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_policies_leave_spacy_alone(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.rules").write_text(_RULE, encoding="utf-8")
    assert imported(tmp_path, ("spacy", "thinc"), *command.split()) == "[]"


@pytest.mark.parametrize(
    "command", ["sla corpora/sla/fortnight.jsonl --now 2026-10-19T09:00", "drill corpora/drills/food-poisoning.yml"]
)
def test_logs_and_drills_need_neither_words_nor_pages(tmp_path: Path, command: str) -> None:
    words = [str(ROOT / word) if word.startswith("corpora") else word for word in command.split()]
    assert imported(tmp_path, ("spacy", "jinja2", "replylint.facts.match"), *words) == "[]"


def test_the_probe_sees_what_is_imported(tmp_path: Path) -> None:
    (tmp_path / "a.rules").write_text(_RULE, encoding="utf-8")
    assert imported(tmp_path, ("lark", "spacy"), "fmt", "--check", "a.rules") == "['lark']"


def test_version_imports_next_to_nothing(tmp_path: Path) -> None:
    assert imported(tmp_path, ("spacy", "lark", "yaml", "pydantic", "replylint.api"), "--version") == "[]"


def test_checks_that_keep_no_records_load_nothing_for_them(tmp_path: Path) -> None:
    draft = str(ROOT / "corpora/demo/cleared-cold-noodles.md")
    names = ("cryptography", "replylint.receipts", "replylint.cli.check.records")
    assert imported(tmp_path, names, "check", draft, "--now", "2026-11-20T10:00+08:00") == "[]"
    audited = imported(tmp_path, names, "check", draft, "--audit", "audit.log", "--quiet")
    assert audited == "['replylint.receipts', 'replylint.cli.check.records']"
