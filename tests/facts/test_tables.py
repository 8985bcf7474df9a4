import pytest

from replylint.facts.schema import FACT_TYPES
from replylint.text.pipeline import read
from tests.facts.reading import extractor, reading, table, told


@pytest.mark.parametrize("case", table("match.yml"), ids=lambda case: f"{case['wording']} in {case['text']}")
def test_wordings_match(case):
    facts = reading(case["text"], rules=f"claim also reads {case['wording']}\n").reply_facts
    assert [fact.quote for fact in facts] == case["found"]


@pytest.mark.parametrize("case", table("context.yml"), ids=lambda case: case["text"])
def test_context_decides(case):
    assert [told(fact) for fact in reading(case["text"]).reply_facts] == case["facts"]


def test_a_fact_names_its_lexicon_line():
    rules = 'apology also reads "抱歉"\nthanks also reads "謝謝"\n  or "多謝"\n'
    (fact,) = extractor(rules).extract(read("多謝")).reply_facts
    assert fact.wording.source.position(fact.wording.span.start)[0] == 3


def test_spans_point_into_the_original():
    text = "　很　抱　歉!!"
    (fact,) = reading(text).reply_facts
    assert text[fact.span.start : fact.span.end] == fact.quote == "抱　歉"
    assert fact.type in FACT_TYPES
