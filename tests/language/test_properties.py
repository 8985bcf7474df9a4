"""What holds for every tree and every text."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from replylint.language import syntax as s
from replylint.language.describe.rule import describe_rule
from replylint.language.files import rule_files
from replylint.language.format import format_file
from replylint.language.lexicon import build_lexicon
from replylint.language.parse import parse
from replylint.language.resolve import resolve
from replylint.source.messages import Lang, describe
from replylint.source.problems import Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Source, Span
from tests.language.reading import sound, starter_contract
from tests.language.strategies import NOWHERE, conditions, files, soup

LANGS: tuple[Lang, ...] = ("en", "zh")
# The cache folder of each test does not matter to these properties.
LENIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
# Shrinking whole files takes minutes; a seed or a tree that fails is small enough to look at.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
FEW = settings(max_examples=150, deadline=None, suppress_health_check=LENIENT, phases=PHASES)
MANY = settings(FEW, max_examples=1000)


@FEW
@given(files(), st.sampled_from(LANGS))
def test_what_is_written_is_read_back(file: s.RuleFile, lang: Lang) -> None:
    assert sound(format_file(file, lang)) == file


@FEW
@given(files(), st.sampled_from(LANGS))
def test_formatting_twice_changes_nothing(file: s.RuleFile, lang: Lang) -> None:
    once = format_file(file, lang)
    assert format_file(sound(once), lang) == once


@FEW
@given(files())
def test_english_to_chinese_and_back(file: s.RuleFile) -> None:
    english = format_file(file, "en")
    assert format_file(sound(format_file(sound(english), "zh")), "en") == english


@MANY
@given(conditions(20), st.sampled_from(LANGS))
def test_boolean_expressions_are_read_as_they_were_meant(condition: s.Condition, lang: Lang) -> None:
    rule = s.Rule(s.Word("a", NOWHERE), (s.Clause("when", condition, NOWHERE, NOWHERE),), NOWHERE)
    (read,) = sound(format_file(s.RuleFile(Source("", ""), (rule,)), lang)).statements
    assert read == rule


@MANY
@given(soup())
def test_words_in_any_order_only_make_located_mistakes(text: str) -> None:
    hold_to_the_rules(text)


@FEW
@given(st.text(max_size=200))
def test_any_text_only_makes_located_mistakes(text: str) -> None:
    hold_to_the_rules(text)


@settings(FEW, max_examples=800)
@given(st.integers(0, 10**9))
def test_broken_policies_only_make_located_mistakes(seed: int) -> None:
    dice = random.Random(seed)
    hold_to_the_rules(mutated(dice.choice(starter_texts()), dice))


@pytest.mark.parametrize("lang", LANGS)
def test_every_starter_file_survives_formatting(lang: Lang) -> None:
    for text in starter_texts(whole=True):
        tree = sound(text)
        written = format_file(tree, lang)
        assert sound(written) == tree
        assert format_file(sound(written), lang) == written


def hold_to_the_rules(text: str) -> None:
    """Reading, resolving, describing and formatting never raise; mistakes lie inside the text and can be said."""
    parsed = parse(Source("x.rules", text))
    _, wrong = build_lexicon([parsed.file])
    rules, unresolved = resolve([parsed.file], starter_contract())
    for problem in (*parsed.problems, *wrong, *unresolved):
        assert_tellable(problem, text)
    for rule in rules:
        for lang in LANGS:
            assert all(line.words for line in describe_rule(rule, lang))
    for lang in LANGS:
        written = format_file(parsed.file, lang)
        if not parsed.problems:
            assert sound(written) == parsed.file


def assert_tellable(problem: Problem, text: str) -> None:
    assert problem.where is not None
    assert problem.where.source.text == text
    assert 0 <= problem.where.span.start <= problem.where.span.end <= len(text)
    for lang in LANGS:
        sentence, help_text = describe(problem, lang)
        assert sentence
        assert "{" not in sentence.replace(problem.where.words, "") or "{" in text
        assert len(help_text) < 2000


@cache
def starter_texts(whole: bool = False) -> tuple[str, ...]:
    """The starter policy's files, or pieces of a size that is read quickly."""
    found = [path.read_text(encoding="utf-8") for path in rule_files(starter_policy())]
    return tuple(found) if whole else tuple(text[:1500] for text in found)


def mutated(text: str, dice: random.Random) -> str:
    """A text with a few characters or words left out, doubled or swapped."""
    for _ in range(dice.randint(1, 3)):
        spans = [Span(at, at + 1) for at in range(len(text))] if dice.random() < 0.5 else words_of(text)
        if len(spans) < 2:
            return text
        a, b = sorted(dice.sample(spans, 2))
        first, second = text[a.start : a.end], text[b.start : b.end]
        text = dice.choice([
            text[: a.start] + text[a.end :],
            text[: a.end] + first + text[a.end :],
            text[: a.start] + second + text[a.end : b.start] + first + text[b.end :],
        ])  # fmt: skip
    return text


def words_of(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for piece in text.split():
        start = text.index(piece, at)
        at = start + len(piece)
        spans.append(Span(start, at))
    return spans
