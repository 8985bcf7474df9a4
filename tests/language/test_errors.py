"""One mistake, one message, at the words at fault, in both languages: the messages are the product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from replylint.render.options import Options
from replylint.render.problems import problems_text
from replylint.source.messages import Lang
from replylint.source.problems import Problem
from tests.conftest import Golden
from tests.language.reading import HERE, resolved, table

ERRORS = table("errors.yml")
SEVERAL = table("several.yml")
LANGS: tuple[Lang, ...] = ("en", "zh")


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case["name"])
def test_one_mistake_is_told_once(case: dict[str, Any]) -> None:
    _, problems = resolved(rules=case["rules"])
    assert len(problems) == 1, [f"{p.where}: {p.key}" for p in problems]


def test_the_messages(golden: Golden) -> None:
    golden(HERE / "errors.txt", "\n".join(_page(case["name"], case["rules"]) for case in ERRORS))


@pytest.mark.parametrize("case", SEVERAL, ids=lambda case: case["name"])
def test_what_does_not_follow_from_another_mistake_is_told_beside_it(case: dict[str, Any]) -> None:
    _, problems = resolved(rules=case["rules"])
    assert [p.where.words for p in problems if p.where] == case["words"]


def test_all_mistakes_of_all_files_are_told_in_one_run(golden: Golden) -> None:
    files = {
        "first": 'rule a\n  forbd promise\n  unless amout is at most 3 days\n  clause authority.offer\n  because "x\n'
        'rule b\n  severity errror\n  forbid promise\n  severity error\n',
        "second": "規則 a\n  禁止 承諾\n規則 c\n  禁止承諾\n  當 評論.星等 不超過 三\n",
        "third": 'phrase p reads p\npromise of refnd also reads <mony>\n',
    }
    _, problems = resolved(**files)
    golden(HERE / "many.txt", "\n".join(_told(problems, "en")))


def test_a_policy_without_mistakes_says_nothing() -> None:
    rules, problems = resolved(rules="rule a\n  forbid promise\n")
    assert [rule.name for rule in rules] == ["a"]
    assert problems == ()


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case["name"])
def test_a_rule_with_a_mistake_does_not_take_part(case: dict[str, Any]) -> None:
    rules, problems = resolved(rules=case["rules"])
    at_fault = {p.where.source.position(p.where.span.start)[0] for p in problems if p.where}
    for rule in rules:
        first, last = (rule.where_stated.source.position(offset)[0] for offset in _extent(rule.name, case["rules"]))
        assert not any(first <= line <= last for line in at_fault)


def _extent(name: str, text: str) -> tuple[int, int]:
    start = text.index(f" {name}\n")
    end = text.find("\nrul", start)
    return start, len(text) if end < 0 else end


def _page(name: str, text: str) -> str:
    _, problems = resolved(rules=text)
    told = [line for lang in LANGS for line in _told(problems, lang)]
    return "\n".join([f"## {name}", "", *told])


def _told(problems: tuple[Problem, ...], lang: Lang) -> Iterator[str]:
    for piece in problems_text(problems, Options("0", lang, width=100)):
        yield piece.rstrip("\n")
