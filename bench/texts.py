"""Drafts to measure with: this project's own, repeated with variation, or those of other JSON Lines files."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_STATEMENT = re.compile(r"^(?:rule|規則)[ \t]+([\w-]+)", re.MULTILINE)
_TEACHES = re.compile(r"^(?:phrase |詞組 |[^\s#].*(?:also reads|never reads|也讀作|不讀作))", re.MULTILINE)


def rows(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Drafts without end: those of the files, or of `corpora/cases`, again and again, no two alike."""
    chosen = files or sorted((ROOT / "corpora/cases").glob("*.jsonl"))
    lines = (line for file in chosen for line in file.read_text(encoding="utf-8").split("\n") if line.strip())
    read = [json.loads(line) for line in lines]
    own = [row for row in read if isinstance(row.get("reply"), str) and row["reply"].strip()]
    dice = random.Random(2026)
    number = 0
    while own:
        dice.shuffle(own)
        for row in own:
            number += 1
            yield _varied(row, number, dice, again=number > len(own))


def _varied(row: dict[str, Any], number: int, dice: random.Random, again: bool) -> dict[str, Any]:
    kept = {key: row[key] for key in ("review", "rating", "reply", "actions") if row.get(key) is not None}
    kept["id"] = f"bench-{number}"
    if again:
        kept["reply"] = re.sub(r"\d+", lambda m: str(dice.randint(1, 9 * 10 ** (len(m[0]) - 1))), kept["reply"])
        kept["reply"] += f" ({number})"
    return kept


def write_lines(path: Path, files: Sequence[Path], count: int) -> Path:
    """Drafts as one JSON Lines file."""
    with path.open("w", encoding="utf-8") as out:
        for row in islice(rows(files), count):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def write_files(folder: Path, files: Sequence[Path], count: int) -> Path:
    """Drafts as Markdown files, one each; JSON is good YAML."""
    folder.mkdir()
    for row in islice(rows(files), count):
        reply = row.pop("reply")
        written = row.pop("review", None)
        review = written if isinstance(written, dict) else {"text": written}
        review = {"rating": row.pop("rating", None), **review}
        front = {**row, "review": {key: value for key, value in review.items() if value is not None}}
        body = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items())
        (folder / f"{row['id']}.md").write_text(f"---\n{body}\n---\n{reply}\n", encoding="utf-8")
    return folder


def policy_with(folder: Path, times: int) -> Path:
    """The starter policy with each rule that many times, under other names; the wordings stay as they are."""
    shutil.copytree(ROOT / "policy", folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    for path in sorted((folder / "rules").glob("*.rules")):
        text = path.read_text(encoding="utf-8")
        stated = _STATEMENT.search(text)
        teaching = _TEACHES.search(text, stated.end() if stated else 0)
        rule = text[: teaching.start()] if teaching else text
        for number in range(2, times + 1):
            name = f"{path.stem}-{number}"
            (path.parent / f"{name}.rules").write_text(_STATEMENT.sub(f"rule {name}", rule), encoding="utf-8")
    return folder
