"""One slip in a rule of the starter policy is told once, at its place."""

from __future__ import annotations

import re
from functools import cache

import pytest

from replylint.language.files import rule_files
from replylint.language.format import format_file
from replylint.language.parse import parse
from replylint.language.terminals import CLAUSES
from replylint.source.messages import Lang
from replylint.source.names import section
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from tests.language.reading import resolved, sound


@cache
def starter_rules(lang: Lang) -> dict[str, str]:
    """The starter rules by name, written in one language."""
    paths = rule_files(starter_policy() / "rules")
    return {path.stem: format_file(sound(path.read_text(encoding="utf-8")), lang) for path in paths}


def keywords(text: str, lang: Lang) -> list[re.Match[str]]:
    known = "|".join(section("keywords").spell(name, lang) for name in CLAUSES if name != "given")
    return [m for m in re.finditer(rf"^  ({known})(?= )", text, re.MULTILINE) if len(m[1]) > 1]


@pytest.mark.parametrize("name", starter_rules("en"))
def test_a_letter_twice_in_a_keyword(name: str) -> None:
    text = starter_rules("en")[name]
    for match in keywords(text, "en"):
        at = match.start(1) + 1
        broken = text[:at] + text[at] + text[at:]
        (problem,) = parse(Source("x.rules", broken)).problems
        assert problem.key == "language.unknown-keyword-near"
        assert problem.values["near"] == match[1]
        assert problem.where is not None
        assert problem.where.span.start == match.start(1)


@pytest.mark.parametrize("name", starter_rules("zh"))
def test_a_wrong_character_in_a_chinese_keyword(name: str) -> None:
    text = starter_rules("zh")[name]
    for match in keywords(text, "zh"):
        broken = text[: match.end(1) - 1] + "囧" + text[match.end(1) :]
        (problem,) = parse(Source("x.rules", broken)).problems
        assert problem.key == "language.unknown-keyword-near"
        assert problem.where is not None
        assert problem.where.span.start == match.start(1)


@pytest.mark.parametrize("name", starter_rules("en"))
def test_a_quote_left_open(name: str) -> None:
    text = starter_rules("en")[name]
    for match in re.finditer(r'"$', text, re.MULTILINE):
        broken = text[: match.start()] + text[match.end() :]
        (problem,) = parse(Source("x.rules", broken)).problems
        assert problem.key == "language.open-quote"


@pytest.mark.parametrize("name", starter_rules("en"))
def test_a_fact_misspelt(name: str) -> None:
    text = starter_rules("en")[name]
    for match in re.finditer(r"^  forbid +(?!action)(\w{4})", text, re.MULTILINE):
        broken = text[: match.end(1)] + "q" + text[match.end(1) :]
        (_, known), (_, problems) = resolved(x=text), resolved(x=broken)
        assert len(problems) == len(known) + 1, [str(p) for p in problems]
