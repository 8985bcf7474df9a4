"""Rules that can never find anything are told when a policy is loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.language.never import never_fires
from replylint.language.parse import parse
from replylint.language.resolve import resolve
from replylint.source.messages import describe
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

ROWS = yaml.safe_load((Path(__file__).parent / "never.yml").read_text(encoding="utf-8"))


@cache
def contract() -> Contract:
    return load(starter_policy() / "contract.yml")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_rules_that_never_find_anything(row: dict[str, str]) -> None:
    parsed = parse(Source("made.rules", f"rule made {row['rule']}\n"))
    assert parsed.problems == ()
    rules, problems = resolve((parsed.file,), contract())
    assert [p.key for p in problems if p.key != "language.no-because"] == []
    told = list(never_fires(rules))
    assert [problem.key for problem in told] == ([f"language.{row['told']}"] if "told" in row else [])
    for problem in told:
        assert "{" not in "".join((*describe(problem, "en"), *describe(problem, "zh")))
