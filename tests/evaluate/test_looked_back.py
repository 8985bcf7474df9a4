"""What is wrong with the history is told at the entry, in whatever format it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import Case, load_policy, read_cases

ROWS = yaml.safe_load((Path(__file__).parent / "looked_back.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']} in {row['name']} at {row['at']}")
def test_the_entry_is_shown(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / row["name"]
    path.write_text(row["text"], encoding="utf-8")
    (case,) = read_cases(path)
    assert isinstance(case, Case), case
    checker = load_policy().narrowed(row["rule"])
    (finding,) = checker.check(case).findings
    found = [str(label.where) for label in finding.labels if label.role == row["role"]]
    places = [place.removeprefix(f"{path.as_posix()}:") for place in found]
    assert places == ([row["at"]] if row["at"] else [])
