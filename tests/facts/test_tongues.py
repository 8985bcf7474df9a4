"""What is in a language that is not read."""

from __future__ import annotations

from typing import Any

import pytest

from replylint.api import load_policy
from replylint.facts.schema import OTHER_LANGUAGE
from replylint.text.pipeline import read
from tests.facts.reading import table


@pytest.mark.parametrize("case", table("tongues.yml"), ids=lambda case: case["text"])
def test_what_is_not_read(case: dict[str, Any]) -> None:
    found = load_policy().extractor.extract(read(case["text"])).reply_facts
    assert [fact.quote for fact in found if fact.type == OTHER_LANGUAGE] == case["other"]
