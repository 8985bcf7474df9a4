"""The words that an expression cannot match without: enough of them to be worth looking for, and never one too many."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.facts.required import required_words

WORDS = [
    ("退.?款", {"退"}),
    ("(?:全額|半價)退(?:款|費)", {"全額退款", "全額退費", "半價退款", "半價退費"}),
    ("[數算看]錯了?", {"數錯", "算錯", "看錯"}),
    (r"(?:we|they)? refunds? \d+", {" refund ", " refunds "}),
    ("好{2,}", {"好"}),
    ("(?:很|太)?棒", {"棒"}),
    ("您[^。]{0,4}(?:刪掉|下架)", {"刪掉", "下架"}),
    (r"\bsome(?:one|body)\b", {"someone", "somebody"}),
    (r"5\.0 分", {"5.0 分"}),
    (r"[a-z]+@[a-z]+", {"@"}),
    (r"09[0-9]{2}[*x]+", {"09"}),
    (r"\+?\d{1,3}[ -]", set("0123456789")),
]
NOTHING = [r"[a-z]+", "a?", "(?:退款)?", "(?:退款|a)", "(?i)refund", "退*", "*退|", "", "ab", r"\p{Han}{2}", "[^退]"]


@pytest.mark.parametrize(("pattern", "words"), WORDS)
def test_required(pattern: str, words: set[str]) -> None:
    assert required_words(pattern) == words


@pytest.mark.parametrize("pattern", NOTHING)
def test_nothing_known(pattern: str) -> None:
    assert required_words(pattern) == frozenset()


@pytest.mark.parametrize("pattern", ["(退", "退)", "((退|款)", "[退", "退{", "\\"])
def test_what_is_no_expression_does_no_harm(pattern: str) -> None:
    assert required_words(pattern) <= {"退", "款"}


LETTERS = "退款了的ab05"
texts = st.text(LETTERS, max_size=12)
pieces = st.one_of(
    st.sampled_from(list(LETTERS)),
    st.sampled_from(["[退款]", "[^退]", "[0-9]", r"\d", "[a-b]", ".", r"\w", r"\b", "退款", "ab了"]),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "??"])
    grouped = st.builds(lambda parts: f"(?:{'|'.join(parts)})", st.lists(inner, min_size=1, max_size=3))
    return st.one_of(
        st.builds(lambda part, repeat: part + repeat, grouped, repeats),
        st.builds("".join, st.lists(inner, min_size=1, max_size=3)),
        st.builds("|".join, st.lists(inner, min_size=2, max_size=3)),
    )


@settings(max_examples=1500, deadline=None)
@given(st.recursive(pieces, _larger, max_leaves=8), texts)
def test_no_match_without_a_required_word(pattern: str, text: str) -> None:
    words = required_words(pattern)
    found = re2.compile(pattern).search(text)
    if words and found:
        assert any(word in found.group() for word in words)


def test_most_expressions_of_a_lexicon_require_words() -> None:
    patterns = ["(?:已|會)[^,。]{0,6}(?:轉達|反映)給", r"\b(?:if|once) [^.!?]{0,60}\b(?:delet|remov)", "小[王李]"]
    assert all(map(required_words, patterns))
