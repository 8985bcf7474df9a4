"""What is said to be done already is read as done, whoever did it and in whatever verb."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from replylint.api import load_policy
from replylint.text.pipeline import read

CLAIMED = yaml.safe_load(Path(__file__).with_name("claimed_done.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", CLAIMED)
def test_what_is_claimed_to_be_done(kind: str) -> None:
    extractor = load_policy(Path(__file__).parents[2] / "policy").extractor
    review = read("等了四十分鐘。")
    facts = {text: extractor.extract(read(text), review).reply_facts for text in CLAIMED[kind]}
    done = {text: {fact.kind for fact in found if fact.type == "deed"} for text, found in facts.items()}
    wrong = {text: kinds for text, kinds in done.items() if (kinds if kind == "none" else kind not in kinds)}
    assert wrong == {}
