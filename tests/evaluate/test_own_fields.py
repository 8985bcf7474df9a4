"""The brand's own fields: read from every format, typed by the contract, mistakes told at their place."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.case.model import Case
from replylint.case.read import read_text
from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.evaluate.own_fields import with_own_fields
from replylint.source.messages import describe
from replylint.source.values import Money

ROOT = Path(__file__).parents[2]
ROWS = yaml.safe_load((Path(__file__).parent / "own_fields.yml").read_text(encoding="utf-8"))


@cache
def contract() -> Contract:
    return load(ROOT / "corpora" / "policies" / "shop-returns" / "contract.yml")


def read(text: str, name: str) -> Case:
    (case,) = read_text(text, name)
    assert isinstance(case, Case), case
    return case


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"].replace(" ", "-"))
def test_what_is_told(row: dict[str, Any]) -> None:
    case, problems = with_own_fields(read(row["text"], row.get("file", "a.yml")), contract())
    assert [(p.key, p.where.words if p.where else None) for p in problems] == [(k, w) for k, w, _ in row["told"]]
    for problem, (_, _, part) in zip(problems, row["told"], strict=True):
        assert part in " | ".join(describe(problem, "en"))
    if not problems:
        assert list(case.ignored) == row.get("ignored", [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("reply: a\norder: {total: 300, items: [{price: 90 元}]}\n", "a.yml"),
        ("---\norder.total: NT$300\norder: {items: {price: 90}}\n---\na\n", "a.md"),
        ('{"reply": "a", "order": {"total": "TWD 300", "items": [{"price": 90}]}}\n', "a.jsonl"),
        ('reply,order.total,order.items\na,300 元,"{""price"": ""TWD 90""}"\n', "a.csv"),
    ],
)
def test_every_format_says_the_same(text: str, name: str) -> None:
    case, problems = with_own_fields(read(text, name), contract())
    assert not problems
    assert case.fields["order.total"].value == Money(Decimal(300), "TWD")
    assert [item.parameters["price"].value for item in case.records["order.items"]] == [Money(Decimal(90), "TWD")]
