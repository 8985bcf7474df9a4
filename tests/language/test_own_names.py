"""Names of the contract's own: rules have them in either language, and `fmt --keywords` turns one into the other."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.contract.load import load
from replylint.contract.model import Contract
from replylint.language.describe.rule import describe_rule
from replylint.language.format import format_file
from replylint.language.own_names import with_titles
from replylint.language.parse import parse
from replylint.language.resolve import resolve
from replylint.language.rules import Rule
from replylint.source.messages import Lang, describe
from replylint.source.problems import Problem
from replylint.source.spans import Source

HERE = Path(__file__).parent
POLICIES = HERE.parents[1] / "corpora" / "policies"
FILES = sorted(POLICIES.glob("*/rules/*.rules"))
TABLE = yaml.safe_load((HERE / "own_names.yml").read_text(encoding="utf-8"))


@cache
def contract(policy: str = "airline-desk") -> Contract:
    return load(POLICIES / policy / "contract.yml")


def resolved(text: str, under: Contract) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    parsed = parse(Source("a.rules", text))
    assert parsed.problems == (), text
    return resolve([parsed.file], under)


def meant(text: str, under: Contract) -> list[str]:
    rules, problems = resolved(text, under)
    assert problems == (), [describe(p, "en") for p in problems]
    return [line.words for rule in rules for line in describe_rule(rule, "en", under)]


def rule(unless: str) -> str:
    return f"rule a\n  forbid action refund\n  unless {unless}\n"


@pytest.mark.parametrize(("one", "other"), TABLE["same"], ids=[one for one, _ in TABLE["same"]])
def test_both_languages_mean_the_same(one: str, other: str) -> None:
    assert meant(rule(one), contract()) == meant(rule(other), contract())


@pytest.mark.parametrize("row", TABLE["told"], ids=lambda row: row["words"])
def test_slips_are_told_with_the_name_that_is_near(row: dict[str, Any]) -> None:
    _, [problem] = resolved(rule(row["unless"]), contract())
    assert problem.where is not None
    assert problem.where.words == row["words"]
    assert row["part"] in " | ".join(describe(problem, "zh"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_turned_into_a_language_rules_mean_the_same(path: Path, lang: Lang) -> None:
    under = contract(path.parents[1].name)
    text = path.read_text(encoding="utf-8")
    turned = format_file(with_titles(parse(Source("a.rules", text)).file, under, lang), lang)
    assert meant(turned, under) == meant(text, under)
    again = format_file(with_titles(parse(Source("a.rules", turned)).file, under, lang), lang)
    assert again == turned


def test_nothing_of_the_other_language_is_left() -> None:
    text = rule(TABLE["same"][4][0] + " and " + TABLE["same"][0][0])
    turned = format_file(with_titles(parse(Source("a.rules", text)).file, contract(), "zh"), "zh")
    assert "除非 行李.託運件數 不超過 對照表.免費託運 依 會員.會員等級 且 訂位.艙等 是 經濟艙" in turned
    back = format_file(with_titles(parse(Source("a.rules", turned)).file, contract(), "en"), "en")
    assert TABLE["same"][4][0] in back
