"""Policies of other domains, written by our own hand: their examples hold, and their cases come out as they must."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Case, CaseVerdict, load_policy, read_cases
from replylint.cli.main import main

POLICIES = Path(__file__).parents[2] / "corpora" / "policies"
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
COMMANDS = (["test", "--now", NOW.isoformat()], ["policy", "check"], ["fmt", "--check"])
FOLDERS = sorted(path for path in POLICIES.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_policy_is_sound_and_its_examples_hold(
    folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["replylint", *command, str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0, capsys.readouterr().out


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_its_cases_come_out_as_they_must(folder: Path) -> None:
    expected: dict[str, Any] = yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))
    checker = load_policy(folder, now=NOW)
    found = {}
    for case in read_cases(folder / "cases"):
        assert isinstance(case, Case), case
        verdict = checker.check(case)
        assert isinstance(verdict, CaseVerdict), verdict
        assert verdict.ignored == ()
        rules = {each.rule for each in (*verdict.findings, *verdict.undecided)}
        found[verdict.id] = [verdict.verdict, *sorted(rules)]
    assert found == {name: [row[0], *sorted(row[1:])] for name, row in expected.items()}
