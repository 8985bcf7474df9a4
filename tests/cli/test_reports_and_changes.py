"""Several reports of one run, and runs over what has changed in a repository."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from replylint.source.resources import starter_policy
from tests.cli.conftest import DRAFT, Run

NOW = ("--now", "2026-11-20T10:00+08:00")
BESIDE = yaml.safe_load((Path(__file__).parent / "beside.yml").read_text(encoding="utf-8"))
UNCHANGED = "unchanged, only compared with"


def git(*words: str) -> None:
    subprocess.run(("git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words), check=True)


@pytest.fixture
def repository(drafts: Path) -> Path:
    """The drafts and their policy, committed."""
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "-A")
    git("commit", "--quiet", "--message", "all")
    return drafts


def judged(run: Run, *words: str) -> set[str]:
    ran = run("check", "drafts", "--format", "json", *NOW, *words)
    report = json.loads(ran.out)
    assert report["summary"]["skipped"].get(UNCHANGED, 0) == 3 - len([c for c in report["cases"] if c["id"] != "new"])
    return {case["id"] for case in report["cases"]}


def test_one_run_writes_every_report(run: Run, drafts: Path, tmp_path: Path) -> None:
    forms = ("json", "sarif", "junit", "markdown")
    alone = {form: run("check", "drafts", "--format", form, *NOW).out for form in forms}
    files = ("out/a.json", "out/b.sarif", "out/c.xml", "out/d.md")
    outputs = [word for file in (*files[:3], "markdown=out/report") for word in ("--output", file)]
    ran = run("check", "drafts", "--format", "text", *NOW, *outputs)
    assert ran.code == 1
    assert "drafts × rules: 3 × 1" in ran.out
    for form, file in zip(alone, (*files[:3], "out/report"), strict=True):
        assert (tmp_path / file).read_text(encoding="utf-8") == alone[form], form
    ElementTree.parse(tmp_path / "out/c.xml")


def test_a_report_keeps_what_quiet_leaves_out_of_the_terminal(run: Run, drafts: Path, tmp_path: Path) -> None:
    run("check", "drafts", "--quiet", "--color", "always", *NOW, "--output", "all.txt")
    assert "good.md" in (tmp_path / "all.txt").read_text(encoding="utf-8")
    assert "\x1b" not in (tmp_path / "all.txt").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_no_clearance(run: Run, drafts: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    ran = run("check", "drafts/good.md", *NOW, "--output", "taken/report.json")
    assert ran.code == 3
    assert "taken" in ran.err


def test_a_policy_with_mistakes_is_told_in_every_report(run: Run, drafts: Path, tmp_path: Path) -> None:
    (tmp_path / "policy/rules/no-refunds.rules").write_text("rule x\n  forbidd promise\n", encoding="utf-8")
    assert run("check", "drafts", *NOW, "--output", "r.json").code == 3
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["summary"]["could_not_check"] == 1


def test_only_changed_drafts_are_checked(run: Run, repository: Path) -> None:
    assert judged(run, "--changed") == set()
    (repository / "bad.md").write_text(DRAFT.format(id="bad", reply="我們會改善，謝謝。"), encoding="utf-8")
    (repository / "new.md").write_text(DRAFT.format(id="new", reply="我們會改善。"), encoding="utf-8")
    assert judged(run, "--changed") == {"bad", "new"}
    git("add", "drafts/bad.md")
    assert judged(run, "--changed") == {"bad", "new"}


def test_changes_count_since_the_branch_left(run: Run, repository: Path) -> None:
    git("checkout", "--quiet", "-b", "topic")
    (repository / "good.md").write_text(DRAFT.format(id="good", reply="我們會再改善。"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "topic")
    git("checkout", "--quiet", "main")
    (repository / "bad.md").write_text(DRAFT.format(id="bad", reply="謝謝。"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "main goes on")
    git("checkout", "--quiet", "topic")
    assert judged(run, "--changed", "main") == {"good"}


def test_a_changed_policy_concerns_every_draft(run: Run, repository: Path) -> None:
    rule = repository.parent / "policy/rules/no-refunds.rules"
    rule.write_text(rule.read_text(encoding="utf-8").replace("more than", "over"), encoding="utf-8")
    ran = run("check", "drafts", "--changed", *NOW)
    assert "drafts × rules: 3 × 1" in ran.out
    assert "all drafts are checked" in ran.err


def test_nothing_changed_is_fine_but_nothing_there_is_not(run: Run, repository: Path) -> None:
    ran = run("check", "drafts", "--changed", *NOW)
    assert ran.code == 0
    assert "nothing was checked" in ran.out
    assert f"{UNCHANGED} (3)" in ran.out
    (repository.parent / "empty").mkdir()
    assert run("check", "empty", "--changed", *NOW).code == 3


def test_before_the_first_commit_everything_is_new(run: Run, drafts: Path) -> None:
    git("init", "--quiet", "--initial-branch", "main")
    ran = run("check", "drafts", "--changed", *NOW)
    assert (ran.code, "1 cleared, 1 blocked, 1 needing a person" in ran.out) == (1, True)
    git("add", "-A")
    assert run("check", "drafts", "--changed", *NOW).out == ran.out
    assert run("check", "drafts", "--changed", "main", *NOW).code == 2


@pytest.mark.parametrize("ref", ["nope", "main..main", "--help", "--quiet", "-q"])
def test_a_state_that_git_does_not_know(run: Run, repository: Path, ref: str) -> None:
    ran = run("check", "drafts", f"--changed={ref}", *NOW)
    assert ran.code == 2
    assert f"`{ref}`" in ran.err


def test_branches_that_took_each_other_in(run: Run, repository: Path) -> None:
    """Such branches have two places where one left the other."""
    for branch in ("a", "b"):
        git("checkout", "--quiet", "-b", branch, "main")
        (repository.parent / f"{branch}.txt").touch()
        git("add", "-A")
        git("commit", "--quiet", "--message", branch)
    git("merge", "--quiet", "--message", "ba", "a")
    git("checkout", "--quiet", "a")
    git("merge", "--quiet", "--message", "ab", "b~1")
    (repository / "new.md").write_text(DRAFT.format(id="new", reply="我們會改善。"), encoding="utf-8")
    assert judged(run, "--changed", "b") == {"new"}


def test_a_state_that_has_nothing_in_common(run: Run, repository: Path) -> None:
    git("checkout", "--quiet", "--orphan", "other")
    git("commit", "--quiet", "--message", "other")
    ran = run("check", "drafts", "--changed", "main")
    assert (ran.code, "no commit in common" in ran.err) == (2, True)


@pytest.fixture
def inner(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in the drafts, committed; the tree's settings hide what changes in it. A later state is here."""
    source = tmp_path_factory.mktemp("source")
    for name in ("one", "two"):
        (source / f"{name}.md").write_text(DRAFT.format(id=name, reply="我們會改善。"), encoding="utf-8")
        if name == "one":
            git("init", "--quiet", str(source))
        git("-C", str(source), "add", "-A")
        git("-C", str(source), "commit", "--quiet", "--message", name)
    place = repository / "inner"
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(source), "drafts/inner")
    git("config", "--file", ".gitmodules", "submodule.drafts/inner.ignore", "all")
    git("-C", str(place), "checkout", "--quiet", "HEAD~1")
    git("add", "--force", "-A")
    git("commit", "--quiet", "--message", "inner")
    git("-C", str(place), "checkout", "--quiet", "-")
    return place


def test_what_a_tree_would_hide_has_changed(run: Run, inner: Path) -> None:
    ran = run("check", "drafts", "--changed", "--format", "json", *NOW)
    assert {case["id"] for case in json.loads(ran.out)["cases"]} == {"one", "two"}


def test_a_changed_submodule_that_was_not_fetched_clears_nothing(run: Run, inner: Path) -> None:
    git("submodule", "--quiet", "deinit", "--force", "--all")
    git("rm", "--quiet", "--cached", "drafts/inner")
    assert list(inner.iterdir()) == []
    ran = run("check", "drafts", "--changed", *NOW)
    assert (ran.code, "submodule whose files are not here" in ran.out) == (3, True)
    ran = run("check", "drafts", *NOW)
    assert "an empty folder (1)" in ran.out


def test_a_hook_in_a_linked_working_tree(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """There git sets GIT_DIR, by which every folder would be taken for the top of the repository."""
    linked = tmp_path_factory.mktemp("linked") / "tree"
    git("worktree", "add", "--quiet", str(linked))
    monkeypatch.chdir(linked)
    monkeypatch.setenv("GIT_DIR", str(repository.parent / ".git/worktrees/tree"))
    ran = run("check", "drafts", "--changed", *NOW)
    assert (ran.code, "have changed" in ran.err) == (0, False), ran.err


def test_no_repository_and_no_git(run: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(drafts.parent.parent))
    ran = run("check", "drafts", "--changed", *NOW)
    assert (ran.code, "in no git repository" in ran.err) == (2, True)
    monkeypatch.setenv("PATH", os.devnull)
    ran = run("check", "drafts", "--changed", *NOW)
    assert (ran.code, "git cannot be run" in ran.err) == (2, True)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in BESIDE])
def test_changed_drafts_are_compared_with_those_that_have_not_changed(
    run: Run, repository: Path, row: dict[str, Any]
) -> None:
    for name in ("old", "new"):
        front = yaml.safe_dump({"id": name, "platform": "google_maps", **row.get("both", {}), **row.get(name, {})})
        (repository / f"{name}.md").write_text(f"---\n{front}---\n{row['reply'][name]}\n", encoding="utf-8")
        if name == "old":
            git("add", "-A")
            git("commit", "--quiet", "--message", "old")
    ran = run("check", "drafts", "--changed", "--policy", str(starter_policy()), "--format", "json", *NOW)
    report = json.loads(ran.out)
    (case,) = report["cases"]
    assert report["summary"]["skipped"][UNCHANGED] == 4
    if "error" in row:
        assert row["error"] in case["error"]["problems"][0]["message"]
        return
    told = {finding["rule"]: finding for finding in case["findings"]}
    assert (row["told"] in told) == row.get("is", True)
    if row.get("is", True):
        assert any("old.md" in span["file"] for span in told[row["told"]]["spans"])
