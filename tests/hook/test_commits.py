"""What git does with commits when the hooks are installed."""

from __future__ import annotations

import sys

import pytest

from tests.hook.conftest import BAD, GOOD, HOOKS, PRE_COMMIT, Make, Repository, draft

# Names that a shell, a list of words or an option parser could stumble over.
NAMES = (
    "two words.md",
    "回覆 王小明.md",
    "two\nlines.md",
    "--help.md",
    "-q.md",
    "--now=x.md",
    "$(touch gone).md",
    "'quoted\".md",
    "::error::x.md",
)


def test_a_bad_draft_is_refused_and_a_mended_one_taken(replies: Repository) -> None:
    replies.write("drafts/new.md", draft("new", BAD))
    replies.git("add", "-A")
    refused = replies.commit()
    assert refused.code == 1
    assert "no-refunds" in refused.out
    assert replies.commits() == 1
    replies.write("drafts/new.md", draft("new", GOOD))
    replies.git("add", "-A")
    taken = replies.commit()
    assert taken.code == 0, taken.out
    assert replies.committed() == "drafts/new.md\n"


def test_every_name_is_a_drafts_name(replies: Repository) -> None:
    for number, name in enumerate(NAMES):
        replies.write(f"drafts/{name}", draft(f"odd-{number}", BAD))
    replies.git("add", "-A")
    refused = replies.commit()
    assert refused.out.count("error[no-refunds]") == len(NAMES), refused.out
    assert {path.name for path in replies.folder.iterdir()} == {".git", ".pre-commit-config.yaml", "drafts", "policy"}
    assert not [line for line in refused.out.splitlines() if line.lstrip().startswith("::")]
    for number, name in enumerate(NAMES):
        replies.write(f"drafts/{name}", draft(f"odd-{number}", f"{GOOD}{number}"))
    replies.git("add", "-A")
    taken = replies.commit()
    assert taken.code == 0, taken.out


def test_names_at_the_top_are_no_options(make: Make) -> None:
    replies = make("replylint")
    replies.write("replylint.toml", 'drafts = ["."]\n')
    for name in ("--help", "-h", "--", "--output=x.json", "--no-cache"):
        replies.write(name, draft("odd", BAD))
    replies.write("--lang=zh.md", draft("chinese", BAD))
    replies.write("bad.md", draft("bad", BAD))
    replies.git("add", "-A")
    refused = replies.commit()
    assert refused.code == 1
    assert "--> --lang=zh.md:8:" in refused.out
    assert "--> bad.md:8:" in refused.out
    assert "blocked" in refused.out
    assert not (replies.folder / "x.json").exists()


def test_what_is_staged_is_judged_not_what_lies_there(replies: Repository) -> None:
    replies.write("drafts/first.md", draft("first", BAD))
    replies.git("add", "-A")
    replies.write("drafts/first.md", draft("first", GOOD))
    assert replies.commit().code == 1, "the good version is not staged"
    replies.write("drafts/first.md", draft("first", GOOD * 2))
    replies.git("add", "-A")
    replies.write("drafts/first.md", draft("first", BAD))
    taken = replies.commit()
    assert taken.code == 0, taken.out
    assert BAD in (replies.folder / "drafts/first.md").read_text(encoding="utf-8")
    assert BAD not in replies.git("show", "HEAD:drafts/first.md")


def test_what_git_does_not_know_is_not_judged(replies: Repository) -> None:
    replies.write("drafts/mine.md", draft("mine", BAD))
    replies.write("drafts/second.md", draft("second", GOOD))
    replies.git("add", "drafts/second.md")
    taken = replies.commit()
    assert taken.code == 0, taken.out


def test_drafts_that_did_not_change_are_left_alone(replies: Repository) -> None:
    replies.write("drafts/old.md", draft("old", BAD))
    replies.save()
    replies.write("drafts/second.md", draft("second", GOOD))
    replies.write("notes.txt", "x")
    replies.git("add", "-A")
    assert replies.commit().code == 0
    replies.write("notes.txt", "y")
    replies.git("add", "-A")
    taken = replies.commit()
    assert (taken.code, "nothing to check" in taken.out) == (0, True), taken.out


POLICY_CHANGES = {
    "contract": ("policy/contract.yml", "append"),
    "rule": ("policy/rules/no-refunds.rules", "append"),
    "lexicon": ("policy/lexicon/words.rules", "append"),
    "deleted rule": ("policy/rules/spare.rules", "delete"),
    "settings": ("replylint.toml", "\n"),
    "tool": (".pre-commit-config.yaml", "append"),
    "waivers": ("policy/waivers.yml", "[]\n"),
}


@pytest.mark.parametrize("case", POLICY_CHANGES)
def test_a_changed_policy_has_every_draft_checked(replies: Repository, case: str) -> None:
    replies.write("drafts/old.md", draft("old", BAD))
    replies.save()
    name, how = POLICY_CHANGES[case]
    path = replies.folder / name
    if how == "delete":
        path.unlink()
    else:
        replies.write(name, path.read_text(encoding="utf-8") + "\n" if how == "append" else how)
    replies.write("drafts/mine.md", draft("mine", BAD))
    replies.git("add", "-A", ":!drafts")
    refused = replies.commit()
    assert refused.code == 1
    assert "drafts/old.md:8" in refused.out
    assert "drafts/mine.md" not in refused.out
    assert replies.commits() == 2


def test_a_rule_that_is_not_staged_stops_the_commit(replies: Repository) -> None:
    replies.write("policy/rules/mine.rules", 'rule mine\n  forbid promise\n  breaks "會退款"\n  keeps "謝謝"\n')
    replies.write("drafts/second.md", draft("second", GOOD))
    replies.git("add", "drafts")
    refused = replies.commit()
    assert "policy/rules/mine.rules" in refused.out
    assert replies.commits() == 1


def test_the_first_commit_is_judged(make: Make) -> None:
    replies = make("replylint")
    replies.git("update-ref", "-d", "HEAD")
    replies.write("drafts/new.md", draft("new", BAD))
    replies.git("add", "-A")
    assert replies.commit().code == 1
    assert replies.run("git", "rev-parse", "--verify", "--quiet", "HEAD").code == 1


def test_all_files_means_all_drafts(replies: Repository) -> None:
    replies.write("drafts/old.md", draft("old", BAD))
    replies.save()
    assert replies.run(*PRE_COMMIT, "run", "--all-files").code == 1
    assert replies.run(*PRE_COMMIT, "run", "--files", "drafts/first.md").code == 0


def test_between_two_commits(replies: Repository) -> None:
    replies.write("drafts/old.md", draft("old", BAD))
    replies.save()
    replies.write("drafts/new.md", draft("new", GOOD))
    replies.save()
    assert replies.run(*PRE_COMMIT, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD").code == 0
    assert replies.run(*PRE_COMMIT, "run", "--from-ref", "HEAD~2", "--to-ref", "HEAD").code == 1


def test_a_repository_in_the_repository_is_judged_as_a_whole(replies: Repository) -> None:
    inner = Repository(replies.folder / "drafts/more", replies.env)
    inner.folder.mkdir()
    inner.git("init", "--quiet")
    inner.write("new.md", draft("new", BAD))
    inner.save()
    replies.git("-c", "advice.addEmbeddedRepo=false", "add", "-A")
    refused = replies.commit()
    assert (refused.code, "drafts/more/new.md:8" in refused.out) == (1, True), refused.out
    assert replies.run(sys.executable, "-m", "replylint", "check", "drafts", "--changed").code == 1


@pytest.mark.parametrize("words", [("--all",), ("--only", "drafts/first.md"), ("--include", "drafts/first.md")])
def test_every_way_to_commit(replies: Repository, words: tuple[str, ...]) -> None:
    replies.write("drafts/second.md", draft("second", GOOD))
    replies.git("add", "-A")
    replies.write("drafts/first.md", draft("first", BAD))
    refused = replies.commit(*words)
    assert (refused.code, "drafts/first.md:8" in refused.out) == (1, True), refused.out
    assert replies.commits() == 1


def test_a_linked_working_tree(replies: Repository) -> None:
    replies.git("worktree", "add", "--quiet", "../linked")
    linked = Repository(replies.folder.parent / "linked", replies.env)
    linked.write("drafts/new.md", draft("new", BAD))
    linked.git("add", "-A")
    refused = linked.commit()
    assert (refused.code, "drafts/new.md:8" in refused.out) == (1, True), refused.out


def test_a_conflict_that_was_solved_badly(replies: Repository) -> None:
    replies.git("checkout", "--quiet", "-b", "other")
    replies.write("drafts/first.md", draft("first", f"{GOOD}一"))
    replies.save()
    replies.git("checkout", "--quiet", "main")
    replies.write("drafts/first.md", draft("first", f"{GOOD}二"))
    replies.save()
    assert replies.run("git", "merge", "--quiet", "other").code == 1
    replies.write("drafts/first.md", draft("first", BAD))
    replies.git("add", "-A")
    assert replies.commit().code == 1


def test_a_merge_without_conflicts(replies: Repository) -> None:
    """Each branch answers the same review, which only the merge shows."""
    assert replies.run(*PRE_COMMIT, "install", "--hook-type", "pre-merge-commit").code == 0
    for branch in ("one", "other"):
        replies.git("checkout", "--quiet", "-b", branch, "main")
        replies.write(f"drafts/{branch}.md", draft("same", GOOD))
        replies.save()
    merged = replies.run("git", "merge", "--quiet", "--message", "m", "one")
    assert (merged.code, "drafts/one.md" in merged.out) == (1, True), merged.out


def test_a_link_that_leads_out_of_the_repository_is_not_followed(replies: Repository) -> None:
    (replies.folder.parent / "secret.md").write_text(draft("secret", BAD), encoding="utf-8")
    (replies.folder / "drafts/link.md").symlink_to("../../secret.md")
    replies.git("add", "-A")
    refused = replies.commit()
    assert refused.code == 1
    assert "drafts/link.md" in refused.out
    assert BAD not in refused.out


def test_without_a_folder_of_drafts_nothing_passes(replies: Repository) -> None:
    replies.write("replylint.toml", 'drafts = ["replies"]\n')
    replies.git("add", "-A")
    refused = replies.commit()
    assert refused.code == 1
    assert "replies" in refused.out
    assert "If the last draft was deleted" in refused.out


def test_file_names_need_their_mark(make: Make) -> None:
    replies = make("replylint", args=["--lang", "zh"])
    replies.write("drafts/new.md", draft("new", GOOD))
    replies.git("add", "-A")
    refused = replies.commit()
    assert refused.code == 1
    assert "「--」" in refused.out


def test_arguments_of_the_user_are_heard(make: Make) -> None:
    replies = make("replylint", args=["--lang", "zh", "--"])
    replies.write("drafts/new.md", draft("new", BAD))
    replies.git("add", "-A")
    assert "擋下" in replies.commit().out


def test_a_broken_policy_is_refused(make: Make) -> None:
    replies = make("replylint-policy")
    replies.write("policy/rules/no-refunds.rules", "rule no-refunds\n  forbidd promise\n")
    replies.git("add", "-A")
    refused = replies.commit()
    assert (refused.code, "forbidd" in refused.out) == (1, True)
    (replies.folder / "policy/rules/no-refunds.rules").unlink()
    replies.git("add", "-A")
    assert replies.commit().code == 0


def test_a_rule_whose_example_comes_out_wrong_is_refused(make: Make) -> None:
    replies = make("replylint-test")
    rule = replies.folder / "policy/rules/no-refunds.rules"
    rule.write_text(rule.read_text(encoding="utf-8") + '  breaks   "我們會改善。"\n', encoding="utf-8")
    replies.git("add", "-A")
    refused = replies.commit()
    assert (refused.code, "我們會改善" in refused.out) == (1, True)
    replies.git("reset", "--quiet", "--hard")
    replies.write("notes.txt", "x")
    replies.git("add", "-A")
    assert "Skipped" in replies.commit().out


def test_rules_are_put_in_order(make: Make) -> None:
    replies = make("replylint-fmt")
    replies.write("policy/rules/--check.rules", 'rule a\n forbid promise\n breaks "會退款"\n keeps "謝謝"\n')
    replies.git("add", "-A")
    refused = replies.commit()
    assert (refused.code, "files were modified by this hook" in refused.out) == (1, True)
    replies.git("add", "-A")
    assert replies.commit().code == 0


def test_every_hook_is_declared_once() -> None:
    assert [hook["id"] for hook in HOOKS] == ["replylint", "replylint-policy", "replylint-test", "replylint-fmt"]
