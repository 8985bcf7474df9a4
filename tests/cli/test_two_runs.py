"""Two runs that write to the same file: neither undoes what the other wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from replylint.source.locks import BusyError, alone
from tests.cli.conftest import DRAFT, Run

NOW = ("--now", "2026-11-20T10:00+08:00")
BY = ("--by", "林經理", "--role", "brand_manager")
BAD = "我們會退款 900 元。"
HIDDEN = "我們會退\u200b款 900 元。"


@pytest.fixture
def bad(policy: Path, tmp_path: Path) -> Path:
    """A draft that promises too much."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "bad.md").write_text(DRAFT.format(id="bad", reply=BAD), encoding="utf-8")
    return folder / "bad.md"


def together(*commands: tuple[str, ...]) -> list[int]:
    """How commands ended that were begun at once."""
    running = [subprocess.Popen([sys.executable, "-m", "replylint", *words], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL) for words in commands]  # fmt: skip
    return [each.wait() for each in running]


def test_of_several_waivers_none_is_lost(bad: Path, policy: Path) -> None:
    names = [f"bad-{number}" for number in range(4)]
    for name in names:
        (bad.parent / f"{name}.md").write_text(DRAFT.format(id=name, reply=BAD), encoding="utf-8")
    plain = ("--rule", "no-refunds", *BY, "--reason", "r", *NOW)
    assert together(*(("waive", f"drafts/{name}.md", *plain) for name in names)) == [0, 0, 0, 0]
    waivers = yaml.safe_load((policy / "waivers.yml").read_text(encoding="utf-8"))
    assert sorted(waiver["draft"] for waiver in waivers) == names


def test_of_several_approvals_none_is_lost(run: Run, bad: Path) -> None:
    people = ("林經理", "王副理", "陳副理", "張副理")
    codes = together(*(("approve", str(bad), "--by", who, "--role", "brand_manager", *NOW) for who in people))
    front = next(yaml.safe_load_all(bad.read_text(encoding="utf-8")))
    assert codes == [0, 0, 0, 0]
    assert {each["by"] for each in front["approvals"]} == set(people)


def test_a_baseline_forgets_what_either_run_saw_fixed(run: Run, bad: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(DRAFT.format(id=name, reply=BAD), encoding="utf-8")
    run("check", "one", "two", "drafts", "--baseline", "b.json", "--update-baseline", *NOW)
    for name in ("one", "two"):
        (tmp_path / name / f"{name}.md").write_text(DRAFT.format(id=name, reply="您好"), encoding="utf-8")
    together(*(("check", name, "--baseline", "b.json", "--update-baseline", *NOW) for name in ("one", "two")))
    assert list(json.loads(Path("b.json").read_text(encoding="utf-8"))["drafts"]) == ["bad"]


def test_a_baseline_that_another_run_made_meanwhile_stays(
    run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What this run found may be more than the other did: merging them would let new findings in."""
    theirs = '{"version": 1, "drafts": {}}\n'
    meanwhile(monkeypatch, "replylint.cli.check.judging.write", lambda: Path("b.json").write_text(theirs))
    ran = run("check", str(bad), "--baseline", "b.json", "--update-baseline", *NOW)
    assert (ran.code, "`b.json` cannot be read or written: it was changed meanwhile" in ran.err) == (3, True), ran.err
    assert Path("b.json").read_text(encoding="utf-8") == theirs


def test_a_draft_that_is_edited_while_it_is_mended_stays_as_edited(
    run: Run, policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "odd.md"
    file.write_text(DRAFT.format(id="odd", reply=HIDDEN), encoding="utf-8")
    edited = DRAFT.format(id="odd", reply="您好")
    meanwhile(monkeypatch, "replylint.cli.check.fixes.write", lambda: file.write_text(edited, encoding="utf-8"))
    ran = run("check", "odd.md", "--fix", *NOW)
    assert (ran.code, "changed meanwhile" in ran.err) == (3, True), ran.err
    assert file.read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("command", "folder", "within"),
    [
        (("waive", "drafts/bad.md", "--rule", "no-refunds", *BY, "--reason", "r"), "policy",
         "replylint.cli.waive.load_waivers"),
        (("approve", "drafts/bad.md", *BY), "drafts", "replylint.cli.approve.with_approval"),
        (("check", "drafts", "--baseline", "drafts/b.json", "--update-baseline"), "drafts",
         "replylint.cli.check.stages.baseline_text"),
        (("check", "drafts", "--fix"), "drafts", "replylint.cli.check.fixes.rewrite"),
        (("fmt",), "policy/lexicon", "replylint.cli.fmt.rewrite"),
    ],
)  # fmt: skip
def test_while_a_file_is_read_and_written_nobody_else_does(
    run: Run, bad: Path, policy: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], folder: str,
    within: str,
) -> None:  # fmt: skip
    (bad.parent / "odd.md").write_text(DRAFT.format(id="odd", reply=HIDDEN), encoding="utf-8")
    (policy / "lexicon" / "words.rules").write_text('promise of refund   also reads "退款"\n', encoding="utf-8")
    monkeypatch.setattr("replylint.source.locks._PATIENCE", 0.02)
    held: list[str] = []

    def knock() -> None:
        try:
            with alone(Path(folder)):
                held.append("free")
        except BusyError:
            held.append("held")

    meanwhile(monkeypatch, within, knock)
    ran = run(*command, *(NOW if command != ("fmt",) else ()))
    assert (set(held), ran.code in (0, 1)) == ({"held"}, True), ran.err


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, done: Callable[[], object]) -> None:
    """Something that is done before a function of the program does its work."""
    module, _, function = name.rpartition(".")
    before = getattr(sys.modules.get(module) or __import__(module, fromlist=["x"]), function)

    def both(*words: object, **more: object) -> object:
        done()
        return before(*words, **more)

    monkeypatch.setattr(name, both)
