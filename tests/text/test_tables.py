"""Folding and cutting, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.source.spans import Span
from replylint.text.fold import fold
from replylint.text.model import Text
from replylint.text.pipeline import read


def rows(name: str) -> list[Any]:
    return list(yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8")))


def words(text: Text, spans: tuple[Span, ...]) -> list[str]:
    return [text.folded[span.start : span.end] for span in spans]


@pytest.mark.parametrize(("written", "folded", "kinds"), rows("folding.yml"))
def test_folding(written: str, folded: str, kinds: list[str]) -> None:
    text, _, suspicions = fold(written)
    assert (text, [s.kind for s in suspicions]) == (folded, kinds)


@pytest.mark.parametrize(("written", "sentences", "clauses"), rows("parts.yml"))
def test_parts(written: str, sentences: list[str], clauses: list[str]) -> None:
    text = read(written)
    assert words(text, text.sentences) == sentences
    assert words(text, text.clauses) == clauses


@pytest.mark.parametrize(
    ("written", "span", "original"),
    [
        ("請退 款給您", (1, 3), "退 款"),
        ("ＮＴ＄５", (0, 4), "ＮＴ＄５"),
        ("退\u200b款", (0, 2), "退\u200b款"),
        ("&#36864;款", (0, 1), "&#36864;"),
        ("a  b", (2, 3), "b"),
        ("㈱好", (0, 3), "㈱"),
    ],
)
def test_words_are_found_again_in_the_original(written: str, span: tuple[int, int], original: str) -> None:
    place = read(written).original_span(Span(*span))
    assert written[place.start : place.end] == original


@pytest.mark.parametrize(
    ("written", "languages"),
    [
        ("您好。Thank you!", ("zh", "en")),
        ("我們 senior 會在 30 mins 內 call back 您。", ("zh",)),
        ("Please ask for 珍珠奶茶 at the counter.", ("en",)),
        ("ありがとうございます。", ("other",)),
        ("спасибо большое", ("other",)),
        ("😊", ("other",)),
    ],
)
def test_each_sentence_has_a_language(written: str, languages: tuple[str, ...]) -> None:
    assert read(written).languages == languages


def test_words_and_units() -> None:
    text = read("我們會退款 NT$5,000 to you")
    assert words(text, text.tokens) == ["我们", "会", "退款", "nt", "5,000", "to", "you"]
    assert text.units[5] == 5
    assert text.units[-1] == 10
