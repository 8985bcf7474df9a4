"""Verdicts that are kept are those that would be reached anew, whatever has changed; and nothing damaged is trusted."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.cli.check.kept import Keeping, Known
from replylint.language import book
from tests.cli.conftest import DRAFT, Ran, Run

ROOT = Path(__file__).resolve().parents[2]
ROWS = yaml.safe_load((Path(__file__).parent / "kept.yml").read_text(encoding="utf-8"))
NOW = ("--now", "2026-11-20T10:00+08:00")
LATE = """---
id: late
review: {rating: 1, text: 吃完拉肚子送急診, posted_at: 2026-11-19T10:00+08:00}
---
我們會改善。
"""

ONE = "---\nid: {id}\nreview: {{id: same, rating: 1, text: 等了一小時}}\n---\n{reply}\n"
BESIDE = {
    "clock/late.md": LATE,
    "again/again.md": DRAFT.format(id="again", reply="我們會退款。"),
    "twice/one.md": ONE.format(id="one", reply="我們會退款。"),
    "twice/two.md": ONE.format(id="two", reply="謝謝您告訴我們，我們會退款。"),
}
OTHERS = """\
rule not-repeated
  require  reply.similar_to is missing
  because  "nearly {reply.similar_to}"
  breaks   "謝謝您。"
    given reply.similar_to "a"
  keeps    "謝謝您。"

rule one-draft
  require  review.other_draft is missing
  because  "also {review.other_draft}"
  breaks   "謝謝您。"
    given review.other_draft "a"
  keeps    "謝謝您。"
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPLYLINT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of every run that asked for what is kept, how much of it held."""
    found: list[str] = []
    recall = Keeping.recall

    def asked(self: Keeping, policy: str, now: dt.datetime | None) -> Known | None:
        known = recall(self, policy, now)
        found.append("none" if known is None else "some" if known.open else "all")
        return known

    monkeypatch.setattr(Keeping, "recall", asked)
    return found


def change(row: dict[str, Any]) -> None:
    for name, content in row.get("files", {}).items():
        if content is None:
            Path(name).unlink()
        else:
            Path(name).write_text(content, encoding="utf-8")
    if "replace" in row:
        name, old, new = row["replace"]
        text = Path(name).read_text(encoding="utf-8")
        assert old in text
        Path(name).write_text(text.replace(old, new), encoding="utf-8")


def told(ran: Ran) -> tuple[Ran, str]:
    report = Path("report.json")
    return ran, report.read_text(encoding="utf-8") if report.exists() else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_what_is_kept_is_what_would_be_said_anew(
    run: Run, drafts: Path, tmp_path: Path, cache: Path, looked: list[str], row: dict[str, Any]
) -> None:
    for name, content in BESIDE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "policy/rules/others.rules").write_text(OTHERS, encoding="utf-8")
    words = row.get("words", ["drafts"])
    run("check", *NOW, *words)
    change(row)
    then = [*row.get("then", [])]
    words = [*then] if then and not then[0].startswith("-") else [*words, *then]
    anew = told(run("check", *NOW, *words, "--no-cache"))
    looked.clear()
    assert told(run("check", *NOW, *words)) == anew
    known, asked = row.get("known", "none"), "--history" not in then
    assert looked == ([known] if asked else [])
    assert told(run("check", *NOW, *words)) == anew
    # What was reached for another moment is not written over by the few verdicts that are reached anew.
    assert looked[1:] == ([known if known == "some" else "all"] if asked and anew[0].code != 3 else looked[1:])


MOMENTS = ("2026-11-20T10:00+08:00", "2026-11-20T10:05+08:00", "2026-11-21T23:40+08:00", "2026-11-20T10:00+08:00")
FORMS = ("text", "json", "sarif", "github", "markdown", "junit")


def test_our_own_drafts_at_many_moments(run: Run, cache: Path, looked: list[str]) -> None:
    folders = [str(ROOT / "corpora" / name) for name in ("demo", "approvals", "waivers", "policies")]
    for moment in MOMENTS:
        for form in FORMS if moment == MOMENTS[1] else ("text", "json"):
            words = ("check", *folders[:3], "--policy", str(ROOT / "policy"), "--now", moment, "--format", form)
            assert run(*words) == run(*words, "--no-cache"), (moment, form)
    assert looked.count("all") >= len(FORMS) - 1


def test_rows_of_one_file(run: Run, drafts: Path, cache: Path, looked: list[str]) -> None:
    rows = [{"id": f"r{n}", "reply": reply} for n, reply in enumerate(("我們會退款 900 元。", "我們會改善。", ""))]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    anew = run("check", *NOW, "rows.jsonl", "--no-cache")
    assert [run("check", *NOW, "rows.jsonl") for _ in range(3)] == [anew] * 3
    assert looked == ["none", "all", "all"]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda body: body[:-20],
    "altered": lambda body: body.replace("退款".encode(), "換貨".encode()),
    "empty": lambda body: b"",
    "of another make": lambda body: b"{}",
}


@pytest.mark.parametrize("damage", list(DAMAGE))
def test_what_is_damaged_is_not_used(run: Run, drafts: Path, cache: Path, looked: list[str], damage: str) -> None:
    first = run("check", *NOW, "drafts")
    (file,) = cache.glob("verdicts-*.json")
    before = file.read_bytes()
    file.write_bytes(DAMAGE[damage](before))
    assert file.read_bytes() != before
    assert (run("check", *NOW, "drafts"), looked) == (first, ["none", "none"])
    assert file.read_bytes() == before


def test_nothing_is_kept_of_a_run_without_cache(run: Run, drafts: Path, cache: Path) -> None:
    run("check", *NOW, "drafts", "--no-cache")
    assert not list(cache.glob("verdicts-*"))


@pytest.mark.parametrize(
    "words", [("--receipts", "r", "--unsigned"), ("--audit", "a.log"), ("--baseline", "b.json", "--update-baseline")]
)
def test_records_are_made_of_drafts(
    run: Run, drafts: Path, cache: Path, looked: list[str], words: tuple[str, ...]
) -> None:
    run("check", *NOW, "drafts")
    looked.clear()
    run("check", *NOW, "drafts", *words)
    assert looked == []


def test_a_policy_that_changes_while_it_is_loaded_is_not_kept(
    run: Run, drafts: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = book.load_policy

    def meanwhile(*words: Any) -> Any:
        loaded = load(*words)
        with Path("policy/contract.yml").open("a", encoding="utf-8") as file:
            file.write("# edited\n")
        return loaded

    monkeypatch.setattr(book, "load_policy", meanwhile)
    run("check", *NOW, "drafts")
    assert not list(cache.glob("verdicts-*"))


def test_several_runs_at_once(run: Run, drafts: Path, cache: Path) -> None:
    for number in range(20):
        (drafts / f"more-{number}.md").write_text(DRAFT.format(id=f"m{number}", reply="我們會改善。"), encoding="utf-8")
    command = [sys.executable, "-m", "replylint", "check", "drafts", *NOW]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(4)]
    anew = run("check", "drafts", *NOW, "--no-cache").out
    assert [each.communicate()[0] for each in running] == [anew] * 4
    assert run("check", "drafts", *NOW).out == anew


def test_a_folder_in_the_way_only_costs_time(run: Run, drafts: Path, cache: Path) -> None:
    cache.write_text("in the way")
    assert run("check", *NOW, "drafts") == run("check", *NOW, "drafts", "--no-cache")


def test_more_than_can_be_held_is_not_kept(
    run: Run, drafts: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("_MOST_FILES", 2), ("_MOST_BYTES", 100)):
        with monkeypatch.context() as patched:
            patched.setattr(f"replylint.case.taken.{name}", most)
            assert run("check", *NOW, "drafts") == run("check", *NOW, "drafts", "--no-cache")
    assert not list(cache.glob("verdicts-*"))
