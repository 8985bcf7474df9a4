"""An expression finds the same places whichever engine runs it."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from replylint.facts.expressions import Expressions

PATTERNS = ("[a-z]+", "[^,.!?;]+", "[a-z'-]{3,5}", "[0-9一二三]{2,}", "[a-z]{2,}ed", "a*", r"\bno\b[^.]{0,3}x")
TEXTS = st.text(st.sampled_from("abdenox019' -,.!\n一二款é😀"), max_size=40)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_places_are_those_that_re2_finds(pattern: str, text: str) -> None:
    wanted = [(*match.span(), ()) for match in re2.compile(pattern).finditer(text) if match[0]]
    assert Expressions([(7, pattern)]).find(7, text) == wanted
