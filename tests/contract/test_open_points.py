"""What `policy check` says of a sound contract that asks for less than it could."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.contract.load import parse
from replylint.contract.open_points import open_points
from replylint.source.messages import say
from replylint.source.resources import starter_policy
from replylint.source.spans import Source

TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "open_points.yml").read_text(encoding="utf-8"))
STARTER = (starter_policy() / "contract.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["why"])
def test_what_a_contract_leaves_open(row: dict[str, Any]) -> None:
    text = STARTER
    for old, new in row.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    points = list(open_points(parse(Source("contract.yml", text))))
    assert [point.path for point in points] == row["open"]
    for point in points:
        assert point.level in say(f"cli.open-{point.what}", "zh", {"level": point.level})
