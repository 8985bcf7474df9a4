"""What holds for every text."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.source.spans import Span
from replylint.text.characters import fold_character
from replylint.text.fold import fold
from replylint.text.pipeline import read

ODDITIES = (
    "退款刪除評論您好我們的 \n\t　.。,，-_*/·|~!?！？…「」()（）&;#%<>aefrundAEFRUND059０５元$＄"
    "\u200b\u200d\ufe0f\u00ad\u202eеооаρ😊㊣㈱ㄊㄨㄟ𝗋é\u0301ß İ"
)
texts = st.one_of(st.text(st.sampled_from(ODDITIES)), st.text())
snippets = st.lists(
    st.sampled_from(
        ["我們會", "退 款", "退.還.您.錢", "r e f u n d", "&amp;", "&#36864;", "&lt;", "%E9%80%80", "您好 感謝您",
         "No. 5", "rеfund", "a@b.co", "https://a.b/c?d=1", "3.5", "but", " ", "\n", "。", "❤️", "A"]
    )
).map("".join)  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(st.one_of(texts, snippets))
def test_folding_keeps_its_promises(original: str) -> None:
    folded, origin, suspicions = fold(original)
    assert len(origin) == len(folded) + 1
    assert all(a <= b for a, b in pairwise(origin))
    assert not folded or origin[0] >= 0
    assert origin[-1] == len(original)
    assert fold(folded)[0] == folded
    for suspicion in suspicions:
        assert 0 <= suspicion.span.start < suspicion.span.end <= len(original)


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(exclude_characters="&%", exclude_categories=("Cs",))))
def test_each_folded_character_comes_from_its_place(original: str) -> None:
    folded, origin, _ = fold(original)
    lookalikes_aside = (i for i, c in enumerate(folded) if not "a" <= c <= "z" and c not in " \n")
    for i in lookalikes_aside:
        came_from = fold_character(original[origin[i]])
        assert folded[i] in came_from or (folded[i], came_from) == ("0", "o")


@settings(max_examples=1000, deadline=None)
@given(st.one_of(texts, snippets))
def test_parts_cover_the_words(original: str) -> None:
    text = read(original)
    assert len(text.units) == len(text.folded) + 1
    assert len(text.languages) == len(text.sentences)
    for spans in (text.sentences, text.clauses, text.tokens):
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(0 <= s.start < s.end <= len(text.folded) for s in spans)
    assert all(any(s.contains(c) for s in text.sentences) for c in text.clauses)
    for i, char in enumerate(text.folded):
        if char.isalnum():
            assert any(s.start <= i < s.end for s in text.clauses)
            assert any(s.start <= i < s.end for s in text.tokens)


@settings(max_examples=500, deadline=None)
@given(st.one_of(texts, snippets))
def test_original_spans_hold_what_was_written(original: str) -> None:
    text = read(original)
    whole = text.original_span(Span(0, len(text.folded)))
    assert whole.end == len(original) or not text.folded
    for token in text.tokens:
        span = text.original_span(token)
        assert 0 <= span.start < span.end <= len(original)


def test_every_character_folds_to_something_stable() -> None:
    assigned = (c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in ("Cn", "Co", "Cs"))
    for char in assigned:
        folded = fold_character(char)
        assert folded == char or "".join(map(fold_character, folded)) == folded, hex(ord(char))
