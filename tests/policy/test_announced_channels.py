"""A reply that says by which channel the brand will get in touch is read so, in whatever verb."""

from __future__ import annotations

from pathlib import Path

import yaml

from replylint.api import load_policy
from replylint.text.pipeline import read

ROWS: list[tuple[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("announced_channels.yml").read_text(encoding="utf-8")
)


def test_announced_channels() -> None:
    extractor = load_policy(Path(__file__).parents[2] / "policy").extractor
    review = read("等了四十分鐘。")
    facts = {text: extractor.extract(read(text), review).reply_facts for text, _ in ROWS}
    found = {text: {fact.kind for fact in there if fact.type == "contact_by"} for text, there in facts.items()}
    assert found == {text: set(kinds) for text, kinds in ROWS}
