"""Short, passive and second-language English, as desks and owners write it, is read as what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.api import load_policy
from replylint.text.pipeline import read

ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("support_desk.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    extractor = load_policy(Path(__file__).parents[2] / "policy").extractor
    review = read("I waited for two hours.")
    facts = {row["text"]: extractor.extract(read(row["text"]), review).reply_facts for row in ROWS}
    return {text: {f"{f.type}/{f.kind}" if f.kind else f.type for f in there} for text, there in facts.items()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_what_a_desk_writes(row: dict[str, Any], found: dict[str, set[str]]) -> None:
    assert set(row.get("holds", ())) <= found[row["text"]]
    assert not set(row.get("lacks", ())) & found[row["text"]]
