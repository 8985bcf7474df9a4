"""The text layer as spaCy components see it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from replylint.text.model import UnknownComponentError
from replylint.text.pipeline import SPANS, doc_of, own_spans, pipeline, read


@Language.component("shouting")
def shouting(doc: Doc) -> Doc:
    doc.spans[SPANS] = [Span(doc, t.i, t.i + 1, label="shouting") for t in doc if t.text == "!"]
    return doc


def test_own_components_see_the_folded_text() -> None:
    text = read("您好！我們會退 款。")
    doc = doc_of(text, pipeline(["shouting"]))
    assert doc.text == "您好!我们会退款。"
    assert [t.text for t in doc] == ["您好", "!", "我们", "会", "退款", "。"]
    assert [s.text for s in doc.sents] == ["您好!", "我们会退款。"]
    ((label, span),) = own_spans(doc)
    place = text.original_span(span)
    assert (label, text.original[place.start : place.end]) == ("shouting", "！")


def test_the_pipeline_reads_strings_too() -> None:
    assert [t.text for t in pipeline()("退 款")] == ["退款"]


def test_an_unknown_component_is_named() -> None:
    with pytest.raises(UnknownComponentError, match="no_such_component"):
        pipeline(["no_such_component"])


NLP = pipeline()


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text(st.sampled_from("您好退款ab1 \n.,!'　"))))
def test_offsets_of_the_doc_are_those_of_the_folded_text(original: str) -> None:
    text = read(original)
    doc = doc_of(text, NLP)
    assert doc.text == text.folded
    tokens = {(t.start, t.end) for t in text.tokens}
    assert tokens <= {(t.idx, t.idx + len(t)) for t in doc}


def test_reading_does_not_import_spacy() -> None:
    code = "import sys; from replylint.text.pipeline import read; read('您好'); print('spacy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_english_is_read_without_the_chinese_dictionary() -> None:
    code = (
        "import sys; from replylint.text.pipeline import read; from replylint.facts.slots import find_slots; "
        "find_slots(read('We will refund Ms Lin 500 dollars within 3 days.')); print('rjieba' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
