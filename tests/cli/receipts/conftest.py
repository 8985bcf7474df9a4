"""A draft with an action, checked and cleared, with its receipt and the keys."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run

NOW = "2026-11-20T10:00+08:00"
LATER = "2026-11-20T12:00+08:00"
DRAFT = """\
---
id: 東區/0042
platform: google_maps
review:
  rating: 1
  author: 林**
  text: 等了一小時
actions:
  - reply
  - voucher: {amount: TWD 200}
---
讓您久等，非常抱歉。
我們會改善。
"""
TEXT = "讓您久等，非常抱歉。\n我們會改善。"


@dataclass(frozen=True)
class Desk:
    """A folder with a policy, a draft and its receipt, and commands run in it."""

    folder: Path
    run: Run

    @property
    def receipt(self) -> Path:
        """The only receipt."""
        (found,) = (self.folder / "receipts").iterdir()
        return found

    def check(self, *words: str, key: str = "a.key") -> Ran:
        """Check the drafts and write receipts."""
        return self.run("check", "drafts", "--receipts", "receipts", "--key", key, "--now", NOW, *words)

    def verify(self, *words: str, key: str = "a.key.pub", now: str = LATER) -> Ran:
        """Verify the draft, or what the words say."""
        given = words if "--text" in words or "--case" in words else ("--case", "drafts/0042.md", *words)
        keys = () if "--unsigned" in words else ("--key", key)
        return self.run("verify", "--receipts", "receipts", *keys, "--now", now, *given)

    def edit(self, old: str, new: str, path: str = "drafts/0042.md") -> None:
        """Change a file."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, policy: Path, run: Run) -> Desk:
    """Two pairs of keys, and a draft that was cleared."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "0042.md").write_text(DRAFT, encoding="utf-8")
    for name in ("a.key", "b.key"):
        assert run("keygen", name).code == 0
    desk = Desk(tmp_path, run)
    assert desk.check().code == 0
    return desk


def statement_of(path: Path) -> Any:
    """What a signed receipt says."""
    return json.loads(base64.b64decode(json.loads(path.read_bytes())["payload"]))


Change = Callable[[Any], None]
