import pytest

from replylint.facts.schema import FACT_TYPES
from replylint.text.pipeline import read
from tests.facts.reading import extractor, likeness, reading, table, told


@pytest.mark.parametrize("case", table("match.yml"), ids=lambda case: f"{case['wording']} in {case['text']}")
def test_wordings_match(case):
    facts = reading(case["text"], rules=f"claim also reads {case['wording']}\n").reply_facts
    assert [fact.quote for fact in facts] == case["found"]


@pytest.mark.parametrize("case", table("context.yml"), ids=lambda case: case["text"])
def test_context_decides(case):
    assert [told(fact) for fact in reading(case["text"]).reply_facts] == case["facts"]


@pytest.mark.parametrize("case", table("attributes.yml"), ids=lambda case: case["text"])
def test_values_belong_to_facts(case):
    assert [told(fact) for fact in reading(case["text"]).reply_facts] == case["facts"]


@pytest.mark.parametrize("case", table("acknowledge.yml"), ids=lambda case: f"{case['review']} > {case['reply']}")
def test_a_reply_takes_up_its_review(case):
    found = reading(case["reply"], case["review"])
    taken_up = {fact.quote: "+".join(fact.issues) or None for fact in found.reply_facts if fact.type == "acknowledge"}
    assert (taken_up, found.canned) == (case["taken_up"], case["canned"])


@pytest.mark.parametrize("case", table("likeness.yml"), ids=lambda case: f"{case['own']} > {case['reply']}")
def test_a_reply_is_most_like_its_own_review(case):
    with_own, with_other = (likeness(case["reply"], case[review]) for review in ("own", "other"))
    assert with_own > with_other


@pytest.mark.parametrize("case", table("disclose.yml"), ids=lambda case: case["reply"])
def test_numbers_and_addresses(case):
    facts = reading(case["reply"], case.get("review"), own=frozenset(case.get("own", ()))).reply_facts
    found = [f"{f.type} «{f.quote}»" for f in facts if f.type in ("disclosure", "contact_info")]
    assert found == case["facts"]


@pytest.mark.parametrize("case", table("echo.yml"), ids=lambda case: case["reply"])
def test_a_complaint_thrown_back(case):
    found = [f.quote for f in reading(case["reply"], case.get("review")).reply_facts if f.type == "hostile"]
    assert found == case["hostile"]


def test_a_review_gives_issues_and_allegations_only():
    facts = reading("抱歉", "等了3天，態度很差，我受傷了，請道歉，抱歉沒有用").review_facts
    found = [told(fact) for fact in facts]
    assert found == ["issue/waiting «等了3天»", "issue/service «態度»", "allegation/injury «受傷»"]


def test_disguised_words_are_facts():
    (fact,) = reading("刪.除.評.論").reply_facts[:1]
    assert (fact.type, fact.kind, fact.quote) == ("disguise", "split_word", "刪.除.評.論")


def test_a_fact_names_its_lexicon_line():
    rules = 'apology also reads "抱歉"\nthanks also reads "謝謝"\n  or "多謝"\n'
    (fact,) = extractor(rules).extract(read("多謝")).reply_facts
    assert fact.wording.source.position(fact.wording.span.start)[0] == 3


def test_spans_point_into_the_original():
    text = "　很　抱　歉!!"
    fact = next(f for f in reading(text).reply_facts if f.type == "apology")
    assert text[fact.span.start : fact.span.end] == fact.quote == "抱　歉"
    assert fact.type in FACT_TYPES
