"""The rows of this folder, as `weigh.py`, `count.py` and `relate.py` read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LEXICON = HERE.parent / "policy" / "lexicon"
LANGUAGES = ("en", "zh")


def rows_of(language: str, *folders: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row in a language with its folder, in a stable order. folders: patterns; each in its turn."""
    for folder in folders:
        for path in sorted(HERE.glob(f"{folder}/*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if str(row.get("lang", "")).partition("-")[0] == language:
                    yield folder, row


def text_of(part: Any) -> str:
    """A reply or review, which rows write as a text or as fields of it."""
    return part if isinstance(part, str) else str((part or {}).get("text") or "")
