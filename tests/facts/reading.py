"""A small lexicon and what it reads, written the way the tables of cases write it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from replylint.facts.compile import compile_lexicon
from replylint.facts.extract import Extractor
from replylint.facts.model import Fact, Reading
from replylint.facts.rarity import counts_of
from replylint.facts.wordings import Lexicon
from replylint.language.lexicon import build_lexicon
from replylint.language.parse import parse
from replylint.source.resources import starter_policy
from replylint.source.spans import Source
from replylint.source.values import Deadline, Value
from replylint.text.pipeline import read

HERE = Path(__file__).parent


def lexicon(rules: str) -> Lexicon:
    parsed = parse(Source("test.rules", rules))
    built, problems = build_lexicon((parsed.file,))
    assert not parsed.problems, parsed.problems
    assert not problems, problems
    return built


@cache
def extractor(rules: str) -> Extractor:
    return Extractor(compile_lexicon(lexicon(rules)))


@cache
def table(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def small_lexicon() -> str:
    return (HERE / "small.rules").read_text(encoding="utf-8")


def likeness(reply: str, review: str) -> float:
    """How much a reply and a review have in common by the small lexicon; words are as common as in the starter."""
    return _comparing().likeness(read(reply), read(review))


@cache
def _comparing() -> Extractor:
    files = (starter_policy() / "lexicon").glob("*.counts")
    counts = [counts_of(file.read_text(encoding="utf-8")) for file in files]
    return Extractor(compile_lexicon(lexicon(small_lexicon())), counts=counts)


def reading(
    reply: str, review: str | None = None, rules: str | None = None, own: frozenset[str] = frozenset()
) -> Reading:
    given = read(review) if review is not None else None
    return extractor(rules or small_lexicon()).extract(read(reply), given, own)


def shown(value: Value) -> str:
    return f"within {value.within}" if isinstance(value, Deadline) and value.within else str(value)


def told(fact: Fact) -> str:
    """A fact in one line: `promise/refund «退款» conditional amount=500 TWD`."""
    name = fact.type if fact.kind is None else f"{fact.type}/{fact.kind}"
    certainty = [] if fact.certainty == "definite" else [fact.certainty]
    values = [f"{key}={shown(attribute.value)}" for key, attribute in sorted(fact.attributes.items())]
    return " ".join([name, f"«{fact.quote}»", *certainty, *values])
