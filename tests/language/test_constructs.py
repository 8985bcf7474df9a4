"""Every construct, in every spelling: the same tree, written one way."""

from __future__ import annotations

from typing import Any

import pytest

from replylint.language.format import format_file
from replylint.language.parse import parser
from tests.language.reading import sound, table

CONSTRUCTS = table("constructs.yml")


def test_the_grammar_is_unambiguous() -> None:
    parser(strict=True)


@pytest.mark.parametrize("case", CONSTRUCTS, ids=lambda case: case["name"])
def test_every_spelling_means_the_same(case: dict[str, Any]) -> None:
    meant = sound(case["prints"])
    for text in case["spelled"]:
        assert sound(text).statements == meant.statements


@pytest.mark.parametrize("case", CONSTRUCTS, ids=lambda case: case["name"])
def test_it_is_written_one_way(case: dict[str, Any]) -> None:
    for text in (case["prints"], *case["spelled"]):
        assert format_file(sound(text), "en") == case["prints"]


@pytest.mark.parametrize("case", CONSTRUCTS, ids=lambda case: case["name"])
def test_chinese_and_back(case: dict[str, Any]) -> None:
    tree = sound(case["prints"])
    chinese = format_file(tree, "zh")
    assert sound(chinese) == tree
    assert format_file(sound(chinese), "en") == case["prints"]


def test_the_language_of_a_file_is_that_of_its_keywords() -> None:
    assert sound('rule a\n  forbid promise\n  because "我們不這樣寫,也不能這樣寫"\n').lang == "en"
    assert sound("規則 english-name\n  禁止 承諾\n  理由 「english words」\n").lang == "zh"


@pytest.mark.parametrize(
    ("clause", "written"),
    [
        ('keeps "x" given reply.canned no', "    假設 回覆.罐頭回覆 否"),
        ('keeps "x" given reply.canned yes', "    假設 回覆.罐頭回覆 屬實"),
        ("forbid no promise", "  禁止 沒有 承諾"),
        # 「折扣」 would be read as the attribute.
        ('keeps "x" given discount percent 1%', "    假設 discount 減免比例 1%"),
        ("where discount is present", "  其中 discount 有提供"),
    ],
)
def test_how_it_is_written_in_chinese(clause: str, written: str) -> None:
    tree = sound(f"rule a\n  {clause}\n")
    lines = format_file(tree, "zh").splitlines()
    assert written in lines
    assert sound("\n".join(lines)) == tree
