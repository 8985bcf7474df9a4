"""The policy as it stands in another state of the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import RULE, Run

NOW = ("--now", "2026-11-20T10:00+08:00")


def git(*words: str) -> None:
    subprocess.run(("git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words), check=True)


@pytest.fixture
def repository(drafts: Path) -> Path:
    """The drafts and their policy, committed on `main`; what comes after stands on another branch."""
    git("init", "--quiet", "--initial-branch", "main")
    git("add", "-A")
    git("commit", "--quiet", "--message", "all")
    git("checkout", "--quiet", "-b", "theirs")
    return drafts


def verdicts(run: Run, *words: str) -> dict[str, str]:
    ran = run("check", "drafts", "--format", "json", *NOW, *words)
    return {case["id"]: case.get("verdict", "could-not-check") for case in json.loads(ran.out)["cases"]}


HONEST = {"good": "cleared", "bad": "blocked", "open": "needs-person"}
SWEET = {"good": "cleared", "bad": "cleared", "open": "cleared"}


def weaken(tmp_path: Path, how: str) -> None:
    rule = tmp_path / "policy/rules/no-refunds.rules"
    if how == "rule":
        rule.write_text(RULE.replace("severity error", "severity advice"), encoding="utf-8")
    elif how == "other policy":
        shutil.copytree(tmp_path / "policy", tmp_path / "sweet")
        (tmp_path / "sweet/rules/no-refunds.rules").write_text(
            RULE.replace("severity error", "severity advice"), encoding="utf-8"
        )
        (tmp_path / "replylint.toml").write_text('policy = "sweet"\n', encoding="utf-8")
    elif how == "nearer policy":
        shutil.copytree(tmp_path / "policy", tmp_path / "drafts/policy")
        rule = tmp_path / "drafts/policy/rules/no-refunds.rules"
        rule.write_text(RULE.replace("severity error", "severity advice"), encoding="utf-8")
    else:
        shutil.rmtree(tmp_path / "policy/lexicon")


@pytest.mark.parametrize("how", ["rule", "other policy", "nearer policy", "lexicon"])
@pytest.mark.parametrize("committed", [True, False])
def test_a_weaker_policy_beside_the_drafts_does_not_count(
    run: Run, repository: Path, tmp_path: Path, how: str, committed: bool
) -> None:
    weaken(tmp_path, how)
    if committed:
        git("add", "-A")
        git("commit", "--quiet", "--message", "sweet")
    if how != "lexicon":  # without words the rule's own examples would be at fault
        now = verdicts(run)
        assert now != HONEST
    assert verdicts(run, "--policy-ref", "main") == HONEST
    assert verdicts(run, "--policy-ref", "main", "--policy", "policy") == HONEST


def test_a_baseline_beside_the_drafts_does_not_count(run: Run, repository: Path, tmp_path: Path) -> None:
    """Nor one that was removed; one that lies elsewhere is nobody's to propose."""
    policy_ref, baseline = ("--policy-ref", "main"), ("--baseline", "policy/baseline.json")
    run("check", "drafts/open.md", *baseline, "--update-baseline", *NOW)
    git("add", "-A")
    git("commit", "--quiet", "--message", "what was there")
    git("branch", "--force", "main")
    (tmp_path / "policy/baseline.json").unlink()
    run("check", "drafts", *baseline, "--update-baseline", *NOW)
    assert verdicts(run, *baseline) == SWEET
    assert verdicts(run, *baseline, *policy_ref) == HONEST | {"open": "cleared"}
    (tmp_path / "policy/baseline.json").rename(tmp_path.parent / "elsewhere.json")
    assert verdicts(run, *baseline, *policy_ref) == HONEST | {"open": "cleared"}
    assert verdicts(run, "--baseline", "../elsewhere.json", *policy_ref) == SWEET
    missing = run("check", "drafts", "--baseline", "policy/none.json", *policy_ref)
    assert (missing.code, "there is no `policy/none.json` in `main`" in missing.err) == (2, True)
    both = run("check", "drafts", *baseline, "--update-baseline", *policy_ref)
    assert (both.code, "leave one of the two out" in both.err) == (2, True)


def test_the_policy_is_shown_by_its_place_in_that_state(run: Run, repository: Path) -> None:
    ran = run("check", "drafts", *NOW, "--policy-ref", "main")
    assert "main:policy/rules/no-refunds.rules" in ran.out
    commit = subprocess.run(("git", "rev-parse", "main"), capture_output=True, encoding="utf-8", check=True).stdout
    ran = run("check", "drafts", *NOW, "--policy-ref", commit.strip())
    assert f"policy: {commit[:12]}:policy" in ran.out


def test_from_a_folder_below(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    weaken(tmp_path, "rule")
    monkeypatch.chdir(repository)
    ran = run("check", ".", *NOW, "--policy-ref", "main")
    assert (ran.code, "1 blocked" in ran.out) == (1, True)


def test_a_changed_policy_does_not_widen_a_run_under_another(run: Run, repository: Path, tmp_path: Path) -> None:
    weaken(tmp_path, "rule")
    with (repository / "good.md").open("a", encoding="utf-8") as file:
        file.write("再次致歉。\n")
    ran = run("check", "drafts", *NOW, "--changed", "main", "--policy-ref", "main")
    assert (ran.code, "unchanged, only compared with (2)" in ran.out) == (0, True), ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--policy-ref", "nowhere"), "`nowhere` is not known here"),
        (("--policy-ref", "--output=x"), "`--output=x` is not known here"),
        (("--policy-ref", "main", "--policy", "rules"), "there is no policy folder `main:rules`"),
        (("--policy-ref", "main", "--policy", "../policy"), "`../policy` lies outside the repository"),
    ],
)
def test_what_is_not_there_is_told(run: Run, repository: Path, words: tuple[str, ...], told: str) -> None:
    ran = run("check", "drafts", *NOW, *words)
    assert (ran.code, told in ran.err) == (2, True), ran.err


def test_a_link_out_of_the_repository_is_no_policy(run: Run, repository: Path, tmp_path: Path) -> None:
    (tmp_path / "policy/rules/evil.rules").symlink_to("/etc/passwd")
    git("add", "-A")
    git("commit", "--quiet", "--message", "link")
    ran = run("check", "drafts", *NOW, "--policy-ref", "HEAD")
    assert (ran.code, "policy/rules/evil.rules" in ran.err) == (2, True)
    assert "root:" not in ran.out + ran.err


def test_attributes_do_not_change_what_is_read(run: Run, repository: Path, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text("policy/rules/* export-ignore\n*.rules filter=x\n", encoding="utf-8")
    git("config", "filter.x.smudge", "touch ran; cat")
    git("add", "-A")
    git("commit", "--quiet", "--message", "attributes")
    assert verdicts(run, "--policy-ref", "HEAD") == HONEST
    assert not os.path.lexists("ran")


def test_outside_a_repository(run: Run, drafts: Path) -> None:
    ran = run("check", "drafts", *NOW, "--policy-ref", "main")
    assert (ran.code, "is in no git repository" in ran.err) == (2, True)
