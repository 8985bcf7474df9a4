"""Labels that are not understood are told, each at its place, and never scored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.measure.labels import labels_of
from replylint.source.messages import describe
from replylint.source.resources import message_table

ROWS = yaml.safe_load((Path(__file__).parent / "labels.yml").read_text(encoding="utf-8"))
CATEGORIES = {"courtesy": frozenset({"apologise"}), "tone": frozenset({"no-threats"})}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["row"])
def test_mistakes(row: dict[str, Any]) -> None:
    (case,) = read_text(f'{{"reply": "Sorry. We will refund you.", {row["row"]}}}', "a.jsonl")
    assert isinstance(case, Case)
    found = labels_of(case, CATEGORIES)
    problems = found if isinstance(found, tuple) else ()
    assert found is not None
    told = [(p.key, p.where.words if p.where else None) for p in problems]
    assert told == [(f"measure.{key}", words) for key, words, _ in row["told"]]
    for problem, (_, _, part) in zip(problems, row["told"], strict=True):
        assert part in " | ".join(describe(problem, "en"))
        assert "{name}" not in " ".join(describe(problem, "zh"))


def test_every_sentence_is_told_by_a_row() -> None:
    assert {key for row in ROWS for key, _, _ in row["told"]} == set(message_table("measure"))
