"""Reckoning in rules: a table of conditions and what comes of them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import cast

import pytest
import yaml

from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.evaluate.conditions import answer
from replylint.evaluate.expressions import work_out
from replylint.evaluate.own_fields import with_own_fields
from replylint.evaluate.planned import with_actions
from replylint.evaluate.situation import Situation
from replylint.facts.model import Reading
from replylint.language import syntax as s
from replylint.language.conditions import Resolver
from replylint.language.parse import parse
from replylint.language.scope import Scope
from replylint.source.problems import Problem
from replylint.source.spans import Source

ROOT = Path(__file__).parents[2]
ROWS = yaml.safe_load((Path(__file__).parent / "arithmetic.yml").read_text(encoding="utf-8"))
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DRAFT = """
reply: a
booking: {price: "TWD 4,000", passengers: 3, cabin: economy, booked_at: 2026-11-18T10:00+08:00}
history:
  - {at: 2026-11-10T09:00+08:00, refund: TWD 100}
  - {at: 2026-10-10T09:00+08:00, refund: TWD 250}
"""


@cache
def situation() -> tuple[Situation, Contract]:
    contract = load(ROOT / "corpora" / "policies" / "airline-desk" / "contract.yml")
    (case,) = read_text(DRAFT, "a.yml")
    assert isinstance(case, Case), case
    case, wrong = with_own_fields(with_actions(case, contract)[0], contract)
    assert not wrong
    return Situation(case, Reading((), (), False), contract, NOW, work_out), contract


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_comes_of_it(row: tuple[str, bool | str | None]) -> None:
    text, expected = row
    here, contract = situation()
    parsed = parse(Source("made.rules", f"rule a\n  require {text}\n"))
    assert parsed.problems == ()
    clause = cast(s.Rule, parsed.file.statements[0]).clauses[0]
    problems: list[Problem] = []
    condition = Resolver(parsed.file.source, Scope({}, contract), problems).condition(cast(s.Condition, clause.value))
    if expected == "error":
        assert condition is None
        assert len(problems) == 1
        return
    assert condition is not None, problems
    assert answer(condition, here).holds is expected
