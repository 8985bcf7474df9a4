"""How much words say by how few texts have them, and the counts that ship."""

from __future__ import annotations

import pytest

from replylint.facts.rarity import Counts, Rarity, counted_in, counts_of, written
from replylint.source.resources import folder_of

TEXTS = [frozenset({"the", "zipper"}), frozenset({"the", "lamp"}), frozenset({"the", "lamp", "bed"})]


def test_what_fewer_texts_have_weighs_more() -> None:
    rarity = Rarity((counted_in("en", TEXTS, least=1),))
    assert rarity.weight("quilt") > rarity.weight("zipper") > rarity.weight("lamps") > rarity.weight("the") >= 0


def test_where_nothing_was_counted_all_words_weigh_the_same() -> None:
    rarity = Rarity((counted_in("en", TEXTS, least=1),))
    assert rarity.weight("的") == rarity.weight("拉鍊") == Rarity().weight("the") > 0


def test_counts_are_read_as_they_were_written() -> None:
    counts = counted_in("en", TEXTS, least=2)
    assert counts == Counts("en", 3, {"the": 3, "lamp": 2})
    assert counts_of(written(counts)) == counts


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"language": "en", "texts": 1, "words": {"x": "y"}}'])
def test_a_file_that_holds_no_counts(text: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        counts_of(text)


@pytest.mark.parametrize(("language", "common", "rare"), [("en", "sorry", "mattress"), ("zh", "抱歉", "床垫")])
def test_the_counts_that_ship(language: str, common: str, rare: str) -> None:
    text = (folder_of("replylint.policy") / "lexicon" / f"{language}.counts").read_text(encoding="utf-8")
    rarity = Rarity((counts_of(text),))
    assert 0 < rarity.weight(common) < 2 < rarity.weight(rare)


def test_words_of_canned_replies_are_not_particular() -> None:
    rarity = Rarity((counted_in("zh", [], least=1, canned=[frozenset({"宝贵", "时间", "碎", "纸"})]),))
    assert not rarity.particular("时间")
    assert not rarity.particular("宝贵时间")  # two of them that were not cut apart
    assert rarity.particular("碎纸")
    assert rarity.particular("插播")
    assert not rarity.particular("kettle")  # nothing was counted in English


def test_reviews_tell_what_happened_where_they_have_a_word_as_often_as_canned_replies() -> None:
    canned = [frozenset({"the", "sorry"}), frozenset({"the", "sorry", "late"})]
    reviews = [frozenset({"the", "late"}), frozenset({"the", "late", "kettle"}), frozenset({"late", "sorry", "kettle"})]
    reviews += [frozenset({"moonlight"})]  # a single review may be flowery itself
    counts = counted_in("en", [], least=1, canned=canned, reviews=reviews)
    assert counts.told == {"late", "kettle"}
    assert counts_of(written(counts)) == counts
    assert Rarity((counts,)).told("late")
    assert not Rarity((counts,)).told("沒有")
