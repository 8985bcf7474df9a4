"""The starter rules' own examples hold whatever limits a brand puts into its contract."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from replylint.api import load_policy
from replylint.evaluate.examples import run

POLICY = Path(__file__).parents[2] / "policy"
LIMITS = [
    {"limit: TWD 500": "limit: TWD 20,000", "limit: TWD 300": "limit: TWD 8,000", "limit: 10%": "limit: 45%",
     "earliest: 1 business day": "earliest: 4 business days", "latest: 7 business days": "latest: 30 business days"},
    {"limit: TWD 500": "limit: TWD 50", "limit: TWD 300": "limit: TWD 30", "limit: 10%": "limit: 2%",
     "earliest: 1 business day": "earliest: 2 hours", "latest: 7 business days": "latest: 2 business days"},
]  # fmt: skip


@pytest.mark.parametrize("limits", LIMITS, ids=["generous", "strict"])
def test_examples_hold_under_any_sensible_limits(limits: dict[str, str], tmp_path: Path) -> None:
    folder = shutil.copytree(POLICY, tmp_path / "policy")
    contract = folder / "contract.yml"
    # With a limit of its own the approver might be given less than everybody, which no contract may say.
    text = contract.read_text("utf-8").replace('      limits: {brand_manager: "TWD 5,000"}\n', "")
    for before, after in limits.items():
        assert before in text
        # An amount with a comma is quoted in YAML, where the line goes on.
        text = text.replace(f"{before}\n", f'{after.split(": ")[0]}: "{after.split(": ")[1]}"\n')
    contract.write_text(text, encoding="utf-8")
    judge = load_policy(folder, now=dt.datetime(2026, 11, 16, 10)).judge
    assert [str(o.example.where) for o in run(judge) if not o.passed] == []
