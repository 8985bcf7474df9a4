"""Drafts made to fool whoever reads the log, the annotations or the summary, or to reach out of the tree."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.action.conftest import Act
from tests.action.runner import Step
from tests.hook.conftest import BAD, Repository, draft

ROWS = yaml.safe_load((Path(__file__).parent / "hostile.yml").read_text(encoding="utf-8"))


def lay(replies: Repository, row: dict[str, Any]) -> None:
    path = replies.folder / "drafts" / row.get("name", "odd.md")
    if "link" in row:
        (replies.folder.parent / "secret.md").write_text(draft("secret", BAD), encoding="utf-8")
        path.symlink_to(row["link"])
    elif "bytes" in row:
        path.write_bytes(base64.b64decode(row["bytes"]))
    elif "raw" in row:
        path.write_text(row["raw"].replace("{BAD}", BAD), encoding="utf-8", newline="")
    else:
        text = draft(row.get("id", "odd"), row["reply"].replace("{BAD}", BAD))
        path.write_text(text, encoding="utf-8", newline="")


def harmless(step: Step, row: dict[str, Any]) -> None:
    """Nothing but our own annotations is heard, and nothing that draws or hides reaches a reader."""
    assert step.obeyed == []
    assert not [a for a in step.annotations if a.message.startswith("owned")]
    told = step.log + step.summary
    assert not [c for c in told if c != "\n" and not c.isprintable() and c != "\u3000"]
    assert not [text for text in row.get("never", ()) if text in told]
    assert not [text for text in row.get("inert", ()) if text in step.summary]


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_hostile_drafts(act: Act, replies: Repository, row: dict[str, Any]) -> None:
    lay(replies, row)
    job = act()
    assert (job.code, job.outputs["verdict"]) == (row.get("code", 1), row.get("verdict", "blocked")), job.check.log
    harmless(job.check, row)
    if "where" in row:
        assert row["where"] in {a.where.get("file") for a in job.check.annotations}


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "markdown", "junit"])
def test_every_format_in_the_log(act: Act, replies: Repository, format_: str) -> None:
    for number, row in enumerate(row for row in ROWS if "reply" in row and "name" not in row):
        lay(replies, {**row, "name": f"odd-{number}.md", "id": row.get("id", f"odd-{number}")})
    job = act(format=format_)
    assert job.code == 1
    harmless(job.check, {})
    assert job.check.annotations == []


def test_a_folder_that_is_a_link_out_of_the_tree(act: Act, replies: Repository) -> None:
    (replies.folder.parent / "elsewhere").mkdir()
    (replies.folder.parent / "elsewhere/secret.md").write_text(draft("secret", BAD), encoding="utf-8")
    (replies.folder / "away").symlink_to("../elsewhere")
    for paths in ("away", "away/*.md", "away/secret.md", "**/*.md"):
        job = act(paths=paths)
        assert (job.code, "退款 900" in job.check.log + job.check.summary) == (3, False), paths
