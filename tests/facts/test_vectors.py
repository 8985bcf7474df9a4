"""How near texts are in what they speak of, and the vectors that ship."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.facts.stems import stem
from replylint.facts.vectors import Vectors, nearness, row_of, vectors_of, written
from replylint.source.resources import folder_of

KITCHEN = {"soup": row_of([90, 10]), "stove": row_of([80, -5]), "broth": row_of([99, 3]), ":food": row_of([120, 0])}
GARAGE = {"garage": row_of([0, 100]), "barrier": row_of([-8, 90]), "ramp": row_of([5, 60])}
ENGLISH = Vectors("en", 4, KITCHEN | GARAGE)
BYTES = st.integers(min_value=-127, max_value=127)


def test_words_that_go_together_are_near() -> None:
    near, far = (
        ENGLISH.nearness(["soup", ":food"], ["stove", "broth"]),
        ENGLISH.nearness(["soup", "broth"], ["ramp", "barrier"]),
    )
    assert near is not None
    assert far is not None
    assert near > 0.9 > 0.2 > far


def test_all_that_a_text_speaks_of_counts() -> None:
    garage = ["garage", "ramp"]
    alone, both = ENGLISH.nearness(["soup", "stove"], garage), ENGLISH.nearness(["soup", "stove", "barrier"], garage)
    assert alone is not None
    assert both is not None
    assert alone < both


@pytest.mark.parametrize(
    ("some", "others"),
    [([], ["soup", "stove"]), (["soup", "stove"], ["soup"]), (["soup", "stove"], ["xylophone", "stove"])],
)
def test_of_what_too_little_is_known_cannot_be_told(some: list[str], others: list[str]) -> None:
    assert ENGLISH.nearness(some, others) is None


def test_the_language_of_the_first_text_is_asked() -> None:
    chinese = Vectors("zh", 4, {"湯": row_of([1, 9]), ":food": row_of([1, 9]), ":waiting": row_of([9, 1])})
    both = (ENGLISH, chinese)
    assert nearness(both, ["湯", ":food"], [":food", ":food"]) == pytest.approx(1)
    assert nearness(both, ["湯", ":food"], ["soup", "stove"]) is None
    assert nearness((ENGLISH,), ["湯", "鍋"], ["湯", "鍋"]) is None


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.lists(BYTES, min_size=3, max_size=3), max_size=5))
def test_vectors_are_read_as_they_were_written(rows: dict[str, list[int]]) -> None:
    vectors = Vectors("en", 7, {name: row_of(numbers) for name, numbers in rows.items()})
    assert vectors_of(written(vectors)) == vectors


@given(st.lists(BYTES, min_size=3, max_size=3), st.lists(BYTES, min_size=3, max_size=3))
def test_nearness_is_a_cosine(one: list[int], other: list[int]) -> None:
    vectors = Vectors("en", 7, {"a": row_of(one), "b": row_of(other)})
    near = vectors.nearness(["a", "a"], ["b", "b"])
    assert near == vectors.nearness(["b", "b"], ["a", "a"])
    assert (near is None) == (not any(one) or not any(other))
    assert near is None or -1.000001 <= near <= 1.000001


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"language": "en", "texts": 1, "rows": {"a": "AA==", "b": "AAA="}}'])
def test_a_file_that_holds_no_vectors(text: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        vectors_of(text)


@pytest.mark.parametrize(
    ("language", "said", "near", "far"),
    [("en", "oven burger", "pizza chef", "booking towels"), ("zh", "退款 刷卡", "账单 金额", "护理 打针")],
)
def test_the_vectors_that_ship(language: str, said: str, near: str, far: str) -> None:
    text = (folder_of("replylint.policy") / "lexicon" / f"{language}.vectors").read_text(encoding="utf-8")
    vectors = vectors_of(text)
    assert vectors.language == language
    spoken, *others = ([stem(word) for word in words.split()] for words in (said, near, far))
    close, away = (vectors.nearness(spoken, other) for other in others)
    assert close is not None
    assert away is not None
    assert close > away
