"""Four ways to end, the same in every format: 0 cleared, 1 not cleared, 2 wrong usage, 3 could not check."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from replylint.render.formats import FORMATS
from tests.cli.conftest import Run

FORMAT = pytest.mark.parametrize("form", FORMATS)


@FORMAT
@pytest.mark.parametrize(("name", "code"), [("good", 0), ("bad", 1), ("open", 1)])
def test_cleared_blocked_and_needs_a_person(run: Run, drafts: Path, form: str, name: str, code: int) -> None:
    assert run("check", str(drafts / f"{name}.md"), "--format", form).code == code


@FORMAT
def test_the_worst_draft_decides(run: Run, drafts: Path, form: str) -> None:
    assert run("check", str(drafts), "--format", form).code == 1
    (drafts / "broken.md").write_bytes("---\nid: x\n---\n退款".encode("big5"))
    assert run("check", str(drafts), "--format", form).code == 3


def empty_folder(drafts: Path) -> str:
    folder = drafts / "nothing"
    folder.mkdir()
    return str(folder)


def missing_path(drafts: Path) -> str:
    return str(drafts / "nowhere.md")


def broken_json(drafts: Path) -> str:
    (drafts / "x.json").write_text('{"id": ')
    return str(drafts / "x.json")


def big5_draft(drafts: Path) -> str:
    (drafts / "x.md").write_bytes("---\nid: x\n---\n退款".encode("big5"))
    return str(drafts / "x.md")


def bad_field(drafts: Path) -> str:
    (drafts / "x.md").write_text("---\nreview: {rating: lots}\n---\n好的", encoding="utf-8")
    return str(drafts / "x.md")


def broken_rule(drafts: Path) -> str:
    rules = drafts.parent / "policy" / "rules"
    (rules / "b.rules").write_text("rule b\n  forbd promise\n", encoding="utf-8")
    return str(drafts / "good.md")


def big5_rule(drafts: Path) -> str:
    rules = drafts.parent / "policy" / "rules"
    (rules / "b.rules").write_bytes("規則 b\n  禁止 承諾\n".encode("big5"))
    return str(drafts / "good.md")


def no_rules(drafts: Path) -> str:
    (drafts.parent / "policy" / "rules" / "no-refunds.rules").unlink()
    return str(drafts / "good.md")


def broken_contract(drafts: Path) -> str:
    (drafts.parent / "policy" / "contract.yml").write_text("brand: [", encoding="utf-8")
    return str(drafts / "good.md")


def no_contract(drafts: Path) -> str:
    (drafts.parent / "policy" / "contract.yml").unlink()
    return str(drafts / "good.md")


@FORMAT
@pytest.mark.parametrize(
    "given",
    [empty_folder, missing_path, broken_json, big5_draft, bad_field, broken_rule, big5_rule, no_rules, broken_contract,
     no_contract],
)  # fmt: skip
def test_what_could_not_be_checked(run: Run, drafts: Path, form: str, given: Callable[[Path], str]) -> None:
    ran = run("check", given(drafts), "--format", form)
    assert ran.code == 3
    assert ran.out.strip()
    assert "Traceback" not in ran.out + ran.err


@FORMAT
@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "good.md", "--rule", "no-refund"],
        ["check", "good.md", "--now", "yesterday"],
        ["check", "good.md", "--policy", "nowhere"],
        ["check", "good.md", "--fail-level", "worst"],
        ["check", "good.md", "--bananas"],
    ],
)
def test_wrong_usage(
    run: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch, form: str, words: list[str]
) -> None:
    monkeypatch.chdir(drafts)
    ran = run(*words, "--format", form)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) == 1


def test_a_misspelt_rule_is_told_with_the_nearest(run: Run, drafts: Path) -> None:
    assert "did you mean `no-refunds`?" in run("check", str(drafts), "--rule", "no-refund").err


@pytest.mark.parametrize("words", [["chek"], ["policy", "chck"], ["check", "x", "--format", "pdf"]])
def test_commands_that_are_none(run: Run, words: list[str]) -> None:
    assert run(*words).code == 2


def test_help_and_version_are_no_verdict(run: Run) -> None:
    assert run("--version").code == 0
    assert run("check", "--help").code == 0


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("advice", 1)])
def test_the_fail_level_says_what_blocks(run: Run, drafts: Path, policy: Path, level: str, code: int) -> None:
    rule = policy / "rules" / "no-refunds.rules"
    rule.write_text(rule.read_text(encoding="utf-8").replace("severity error", "severity warning"), encoding="utf-8")
    assert run("check", str(drafts / "bad.md"), "--fail-level", level).code == code


def test_standard_input(run: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (drafts / "bad.md").open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        ran = run("check", "--stdin-filename", str(drafts / "typed.md"), "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["cases"][0]["file"].endswith("typed.md")


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('fail-level = "advice"', 0),
        ('fail-level = "worst"', 2),
        ('polcy = "policy"', 2),
        ('policy = "nowhere"', 2),
        ("policy = 3", 2),
        ("policy = ", 2),
    ],
)
def test_settings(run: Run, drafts: Path, settings: str, code: int) -> None:
    Path("replylint.toml").write_text(settings, encoding="utf-8")
    assert run("check", str(drafts / "good.md")).code == code


def test_the_report_says_which_policy(run: Run, drafts: Path, policy: Path, tmp_path: Path) -> None:
    def used(*more: str) -> str:
        return str(json.loads(run("check", str(drafts / "good.md"), "--format", "json", *more).out)["policy"]["source"])

    assert used() == "policy"
    other = tmp_path / "other"
    policy.rename(other)
    assert used("--policy", str(other)) == str(other)
    assert used() == "starter policy"
    Path("replylint.toml").write_text('policy = "other"', encoding="utf-8")
    assert used() == "other"
