"""What a reply reads like by weak signs that add up."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from replylint.api import load_policy
from replylint.facts.model import Attribute, Fact
from replylint.facts.schema import FACT_TYPES
from replylint.facts.tenor import odds, tenors
from replylint.facts.weights import weights_of
from replylint.source.resources import starter_policy
from replylint.source.spans import Span
from replylint.source.values import Money, Percent, Stated
from replylint.text.pipeline import read
from tests.facts.reading import table

TREATED = ("discrimination", "harassment")
PLAIN = "謝謝您告訴我們這件事，我們會再請同仁留意。"
CHEEKY = "八十塊想吃到飯店等級，建議您存點錢再來評。"


def weights(**changes: object) -> str:
    signs = {char: [1000, 0, 0] for char in dict.fromkeys(read(PLAIN + CHEEKY).folded)}
    signs |= {"存点": [1000, 9000, 0], "再来评": [1000, 9000, 0], "留意": [1000, -9000, 0]}
    plain = {
        "language": "zh",
        "fact": "tenor",
        "faintest": 40,
        "whole": True,
        "longest": 3,
        "kinds": ["contempt", "disclosure"],
        "biases": [-300, -3000],
        "signs": signs,
        "acts": {},
    }
    return json.dumps(plain | changes)


def found(reply: str, review: str | None = None, **changes: object) -> list[Fact]:
    told = read(review) if review is not None else None
    return list(tenors(read(reply), told, [weights_of(weights(**changes))]))


def test_signs_add_up_and_are_told_at_their_sentence() -> None:
    (fact,) = found(PLAIN + CHEEKY)
    assert (fact.type, fact.kind, fact.quote) == ("tenor", "contempt", CHEEKY)
    assert fact.span.start == len(PLAIN)
    assert str(fact.attributes["signs"].value) == "存點 … 再來評"


def test_what_speaks_against_it_counts_as_well() -> None:
    strength = {reply: str(found(reply)[0].attributes["strength"].value) for reply in (CHEEKY, CHEEKY + PLAIN)}
    assert strength[CHEEKY] > strength[CHEEKY + PLAIN]
    assert found(PLAIN) == []


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ([], False),
        ([("apology", None)], True),
        ([("thanks", None), ("apology", None)], True),
        ([("invite", "private")], True),
        ([("invite", "return")], False),
        ([("denial", None)], False),
    ],
)
def test_what_a_reply_does_counts_once_for_each_group(facts: list[tuple[str, str | None]], counts: bool) -> None:
    acts = {"apology thanks": [-1000, 0], "invite/private": [-1000, 0]}
    table = weights_of(weights(acts=acts))
    held = [Fact(type, kind, Span(0, 2), CHEEKY[:2]) for type, kind in facts]
    alone, with_facts = odds(read(CHEEKY), None, table), odds(read(CHEEKY), None, table, held)
    # Half of what is told is of the most telling sentence, which does nothing by itself.
    assert with_facts[0] == pytest.approx(alone[0] - counts / 2)
    assert with_facts[1] == alone[1]


@pytest.mark.parametrize(
    ("value", "limited"),
    [(Money(Decimal(300), "TWD"), True), (Percent(Decimal(10)), True), (Stated.UNLIMITED, False), (None, False)],
)
def test_a_promise_that_says_how_much_sets_a_limit(value: Money | Percent | Stated | None, limited: bool) -> None:
    table = weights_of(weights(acts={"promise/amount": [-1000, 0]}))
    attributes = {"amount": Attribute(value, Span(0, 2))} if value is not None else {}
    held = [Fact("promise", "compensation", Span(0, 2), CHEEKY[:2], attributes)]
    alone, with_facts = odds(read(CHEEKY), None, table), odds(read(CHEEKY), None, table, held)
    assert with_facts[0] == pytest.approx(alone[0] - limited / 2)


def test_what_the_review_says_is_a_sign_of_nothing() -> None:
    (alone,), (after,) = found(CHEEKY), found(CHEEKY, "叫我存點錢再來評，這是什麼態度")
    assert str(after.attributes["strength"].value) < str(alone.attributes["strength"].value)


def test_a_character_counts_for_nothing_where_it_stands_in_what_the_review_says() -> None:
    reply = "女友的耳環在池邊不見，心急是當然的，抱歉，已請櫃檯登記。"
    signs = {char: [1000, 0, 0] for char in dict.fromkeys(read(reply).folded)}
    signs |= {"友": [1000, 0, 40000], "女友": [1000, 0, 0]}
    alone, other, same = (
        {fact.kind for fact in found(reply, review, signs=signs)}
        for review in (None, "朋友的東西掉了，叫我們自己找", "女友的耳環不見了，叫我們自己找")
    )
    assert alone == other == {"disclosure"}
    assert "disclosure" not in same


def test_a_reply_of_a_few_words_is_too_little_to_go_by() -> None:
    assert found("存點錢再來評。") == []


ENGLISH = "If you would rather be complaining about rain than eat a bowl of hot soup with your family, by now we know."


def test_english_words_count_without_their_endings_whichever_the_review_says() -> None:
    signs = {word: [1000, 0, 0] for word in ENGLISH.casefold().replace(",", " ,").replace(".", " .").split()}
    signs |= {"^": [1000, 0, 0], "$": [1000, 0, 0], "complain about": [1000, 9000, 0]}
    (mocked,) = found(ENGLISH, language="en", longest=2, signs=signs)
    assert str(mocked.attributes["signs"].value).endswith("complaining about")
    (told,) = found(ENGLISH, "Nobody complained about it but me", language="en", longest=2, signs=signs)
    assert str(told.attributes["strength"].value) < str(mocked.attributes["strength"].value)


def test_another_language_is_not_judged() -> None:
    assert found(CHEEKY, language="en") == []
    assert found("Thank you for telling us how long you waited for the soup. " * 3 + "存點錢再來評") == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", weights(biases=[1]), weights(signs={"x": [1]}), weights(acts={"apology": [1]})]
)
def test_a_file_that_holds_no_weights(text: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        weights_of(text)


def test_the_weights_that_ship_know_every_kind() -> None:
    tables = [weights_of(file.read_text("utf-8")) for file in (starter_policy() / "lexicon").glob("*.weights")]
    for fact in ("tenor", "possible_allegation"):
        for language in ("en", "zh"):
            own = [table for table in tables if (table.fact, table.language) == (fact, language)]
            known = [kind for table in own for kind in table.kinds]
            assert sorted(known) == sorted(FACT_TYPES[fact].kinds)


def test_harm_stands_in_one_sentence_of_a_long_story() -> None:
    told = {"fact": "possible_allegation", "kinds": ["harm"], "biases": [-300], "whole": False, "faintest": 60}
    signs = {sign: [1000, weight] for sign, weight in (("存点", 9000), ("再来评", 9000), ("留意", -9000))}
    signs |= {char: [1000, 0] for char in dict.fromkeys(read(PLAIN + CHEEKY).folded)}
    (fact,) = found(PLAIN * 9 + CHEEKY, signs=signs, **told)
    assert (fact.type, fact.kind, fact.quote) == ("possible_allegation", "harm", CHEEKY)


def test_words_of_one_group_count_together_wherever_they_stand() -> None:
    signs = {char: [1000, 0, 0] for char in dict.fromkeys(read(PLAIN + CHEEKY).folded)}
    signs |= {"<price>1": [1000, 2000, 0], "<price>2": [1000, 9000, 0]}
    groups = {"price": ["存点", "十块", "留意"]}

    def strength(text: str) -> float:
        return odds(read(text), None, weights_of(weights(signs=signs, groups=groups)))[0]

    assert odds(read(PLAIN), None, weights_of(weights(signs=signs)))[0] < strength(PLAIN) < strength(CHEEKY)
    apart = CHEEKY.replace("存點錢", "多想想") + PLAIN
    assert strength(apart) > strength(apart.replace("留意", "注意"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_most_of_those_treated_as_less_are_heard_in_words_that_nothing_was_learnt_from(language: str) -> None:
    rows = [row for row in table("treatment.yml") if row["lang"] == language]
    heard = {row["review"]: _alleged(row["review"]) for row in rows}
    of_kind = {kind: [row["review"] for row in rows if row["alleges"] == kind] for kind in (*TREATED, "nothing")}
    found = [review for kind in TREATED for review in of_kind[kind] if heard[review]]
    assert len(found) >= 0.4 * sum(len(of_kind[kind]) for kind in TREATED)
    assert sum(heard[review] for review in of_kind["nothing"]) <= 0.1 * len(of_kind["nothing"])


def _alleged(review: str) -> bool:
    told = load_policy().extractor.extract(read(""), read(review)).review_facts
    of_these = (*TREATED, "unequal_treatment")
    return any(fact.type in ("allegation", "possible_allegation") and fact.kind in of_these for fact in told)


def test_what_is_quoted_is_in_anothers_words() -> None:
    assert found(CHEEKY)
    assert not found(PLAIN + "您說的「" + CHEEKY + "」我們收到了。")
    assert found(PLAIN + "您說的「地點」我們收到了。" + CHEEKY + "「謝謝」")


@pytest.mark.parametrize(
    ("reply", "scorn"),
    [
        ("對於這次帶給您的不愉快經歷，我們深表歉意。", False),
        ("您好，對於您不愉快的感受，我們很遺憾。", False),
        ("真遺憾，您連菜單都看不懂。", True),
    ],
)
def test_an_apology_in_the_words_of_every_reply_reads_like_nothing_else(reply: str, scorn: bool) -> None:
    facts = load_policy().extractor.extract(read(reply), read("等了一小時，店員態度很差")).reply_facts
    assert any(fact.type == "tenor" and fact.kind == "contempt" for fact in facts) is scorn
