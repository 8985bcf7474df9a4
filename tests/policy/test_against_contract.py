"""Rules that say otherwise than the contract are told at their words, with the contract's place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from replylint.cli.main import cli
from replylint.language.book import load_policy
from replylint.source.problems import PolicyError
from replylint.source.resources import starter_policy

ROWS = yaml.safe_load((Path(__file__).parent / "against_contract.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_contradictions(row: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    (folder / "rules").mkdir(parents=True)
    shutil.copy(starter_policy() / "contract.yml", folder / "contract.yml")
    (folder / "rules" / "own.rules").write_text(row["rule"], encoding="utf-8")
    try:
        load_policy(folder, "policy")
        problems = []
    except PolicyError as error:
        problems = list(error.problems)
    assert [p.where.words for p in problems if p.where] == ([row["words"]] if "words" in row else [])
    said = CliRunner().invoke(cli, ["policy", "check", str(folder)], standalone_mode=False)
    assert said.return_value == (3 if problems else 0)
    for words in row.get("says", ()):
        assert words in said.output
