"""A text that is remembered for long takes little room, and is the same text."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from replylint.source.spans import Location, Source, Span

# Halves of surrogate pairs, too: JSON can spell them.
TEXTS = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=40)


@given(TEXTS, st.integers(1, 9))
def test_nothing_is_lost(text: str, first_line: int) -> None:
    source = Source("a.jsonl", text, first_line)
    for packed in (source.packed, source.packed.packed, pickle.loads(pickle.dumps(source.packed))):
        assert (packed.path, packed.text, packed.first_line) == ("a.jsonl", text, first_line)
        assert [packed.position(at) for at in range(len(text))] == [source.position(at) for at in range(len(text))]


def test_a_place_that_is_remembered_holds_no_plain_text() -> None:
    row = "紅豆湯 " * 500
    settled = Location(Source("a.jsonl", row), Span(4, 7)).settled
    assert settled.words == "紅豆湯"
    assert len(pickle.dumps(settled)) < 400


def test_whole_files_which_many_places_are_in_stay_as_they_are() -> None:
    source = Source("a.yml", "x" * 100_000)
    assert source.packed is source
