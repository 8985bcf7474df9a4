"""Commands run in this process, in a folder of their own, with a small policy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from replylint.cli.main import main
from tests.starter import starter_contract

RULE = """\
## A promised refund needs the brand's word.
rule no-refunds
  severity error
  clause   authority.offers.refund
  forbid   promise of refund
  unless   amount is at most authority.offers.refund.limit
  because  "more than {authority.offers.refund.limit}"
  instead  "我們已轉交專責人員。"
  breaks   "我們會退款 900 元。"
  keeps    "我們會改善。"
"""
WORDS = 'promise of refund also reads "退款" or "refund"\ncue of negation also reads "不會" or "never"\n'
DRAFT = "---\nid: {id}\nplatform: google_maps\nreview:\n  rating: 1\n  text: 等了一小時\n---\n{reply}\n"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def kept_lexicons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests of commands: none of them is about it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept_lexicons: Path) -> None:
    """Nothing of the user's reaches a test, and nothing of a test the user's."""
    monkeypatch.setenv("REPLYLINT_CACHE", str(kept_lexicons))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `replylint` with the given words."""

    def go(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["replylint", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(int(ended.value.code), captured.out, captured.err)

    return go


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy of one rule, with a lexicon of its own."""
    folder = tmp_path / "policy"
    (folder / "rules").mkdir(parents=True)
    (folder / "lexicon").mkdir()
    (folder / "contract.yml").write_text(starter_contract(), encoding="utf-8")
    (folder / "rules" / "no-refunds.rules").write_text(RULE, encoding="utf-8")
    (folder / "lexicon" / "words.rules").write_text(WORDS, encoding="utf-8")
    return folder


@pytest.fixture
def drafts(tmp_path: Path, policy: Path) -> Path:
    """A cleared draft, one that is blocked, and one whose refund has no amount."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name, reply in (("good", "我們會改善。"), ("bad", "我們會退款 900 元。"), ("open", "我們會退款。")):
        (folder / f"{name}.md").write_text(DRAFT.format(id=name, reply=reply), encoding="utf-8")
    return folder
