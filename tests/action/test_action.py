"""The action's own steps, on repositories with good, bad and undecidable drafts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from replylint.cli.action import main
from tests.action.conftest import Act, pull_request, sha
from tests.action.runner import Job, Runner
from tests.cli.conftest import RULE
from tests.hook.conftest import BAD, GOOD, Repository, draft

OPEN = "我們會退款。"


@pytest.fixture
def mixed(replies: Repository) -> Repository:
    """A draft of each verdict, committed."""
    for name, reply in (("good", GOOD), ("bad", BAD), ("open", OPEN)):
        replies.write(f"drafts/{name}.md", draft(name, reply))
    replies.save()
    return replies


def test_it_installs_what_is_pinned_and_nothing_else(installed: tuple[Path, Job | None]) -> None:
    temp, job = installed
    if job is None:
        pytest.skip("no packages can be had here")
    assert job.code == 0, job.steps["install"].log
    (site,) = (temp / "replylint/lib").glob("python*/site-packages")
    names = (path.stem.rpartition("-")[0] for path in site.glob("*.dist-info"))
    there = {name.lower().replace("_", "-") for name in names}
    lock = (Path(__file__).parents[2] / "action/requirements.txt").read_text(encoding="utf-8")
    pinned = {m[1] for m in re.finditer(r"^([a-z0-9-]+)==\S+ ?(?=\\$|;)", lock, re.MULTILINE)}
    assert {name for name in there if not name.startswith(("pip", "replylint"))} <= pinned
    assert "replylint-0.1.0" in {path.name.removesuffix(".dist-info") for path in site.glob("replylint*.dist-info")}


def test_outputs_and_exit_code(act: Act, mixed: Repository) -> None:
    job = act(prove=True)
    assert job.steps["self-test"].code == 0
    counts = {name: job.outputs[name] for name in ("cleared", "blocked", "needs-person", "could-not-check")}
    assert counts == {"cleared": "1", "blocked": "1", "needs-person": "1", "could-not-check": "0"}
    assert (job.code, job.outputs["exit-code"], job.outputs["verdict"]) == (1, "1", "blocked")
    assert json.loads(Path(job.outputs["report"]).read_text(encoding="utf-8"))["summary"]["drafts"] == 3
    assert json.loads(Path(job.outputs["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert job.outputs["receipts"] == ""


@pytest.mark.parametrize(
    ("reply", "code", "verdict"),
    [(GOOD, 0, "cleared"), (BAD, 1, "blocked"), (OPEN, 1, "needs-person"), ("", 3, "could-not-check")],
)
def test_one_draft(act: Act, replies: Repository, reply: str, code: int, verdict: str) -> None:
    replies.write("drafts/one.md", draft("one", reply))
    job = act()
    assert (job.code, job.outputs["verdict"], job.outputs["exit-code"]) == (code, verdict, str(code)), job.check.log


def test_annotations_stand_on_the_lines(act: Act, mixed: Repository) -> None:
    found = [a for a in act().check.annotations if a.level == "error"]
    assert [(a.where["file"], a.where["line"], a.where["col"], a.where["endColumn"]) for a in found] == [
        ("drafts/bad.md", "8", "4", "5")
    ]
    assert found[0].where["title"] == "no-refunds"
    assert "write instead: 我們已轉交專責人員。" in found[0].message


def test_the_summary_holds_what_annotations_leave_out(act: Act, replies: Repository) -> None:
    for number in range(15):
        replies.write(f"drafts/bad-{number:02}.md", draft(f"bad-{number}", BAD))
    job = act(lang="zh")
    assert len([a for a in job.check.annotations if a.level == "error"]) == 15
    assert len([a for a in job.check.shown if a.level == "error"]) == 10
    rows = [line for line in job.check.summary.splitlines() if line.startswith("| 擋下")]
    assert len(rows) == 15
    assert all("建議改寫：我們已轉交專責人員。" in row for row in rows)
    assert "擋下 15 則" in job.check.summary


def test_no_summary_when_none_is_wanted(act: Act, mixed: Repository) -> None:
    assert act(summary="false").check.summary == ""


def test_only_drafts_changed_against_the_base(act: Act, mixed: Repository) -> None:
    mixed.git("checkout", "--quiet", "-b", "theirs")
    mixed.write("drafts/new.md", draft("new", GOOD))
    mixed.save()
    job = act(pull_request(mixed), base=sha(mixed, "main"))
    assert (job.code, job.outputs["cleared"]) == (0, "1")
    assert act(pull_request(mixed)).code == 1
    mixed.write("notes.txt", "x")
    assert act(pull_request(mixed), base="HEAD").code == 0


def test_a_changed_policy_has_all_drafts_checked(act: Act, mixed: Repository) -> None:
    mixed.git("checkout", "--quiet", "-b", "ours")
    mixed.write("policy/rules/no-refunds.rules", f"# later\n{RULE}")
    mixed.save()
    job = act(pull_request(mixed), base=sha(mixed, "main"), policy_ref="")
    assert (job.code, job.outputs["blocked"]) == (1, "1")
    assert "all drafts are checked" in job.check.summary


@pytest.mark.parametrize("committed", [True, False])
def test_a_pull_request_is_judged_by_the_policy_it_is_proposed_for(
    act: Act, mixed: Repository, committed: bool
) -> None:
    mixed.git("checkout", "--quiet", "-b", "theirs")
    rule = mixed.folder / "policy/rules/no-refunds.rules"
    rule.write_text(rule.read_text(encoding="utf-8").replace("severity error", "severity advice"), encoding="utf-8")
    mixed.write("replylint.toml", 'lang = "zh"\n')
    if committed:
        mixed.save()
    job = act(pull_request(mixed))
    assert (job.code, job.outputs["blocked"]) == (1, "1")
    assert "is not that of" in job.check.summary
    assert act(pull_request(mixed), policy_ref="").outputs["blocked"] == "0"


def test_a_base_that_is_not_there_clears_nothing(act: Act, mixed: Repository) -> None:
    for inputs in ({"base": "e" * 40}, {"policy_ref": "f" * 40}, {"base": "--output=/tmp/x"}):
        job = act(**inputs)
        assert (job.code, job.outputs["verdict"], job.outputs["cleared"]) == (2, "could-not-check", "0")
        assert "fetch-depth: 0" in job.check.summary
        assert [a.level for a in job.check.annotations] == ["error"]
        assert "fetch-depth: 0" in job.check.annotations[0].message


@pytest.mark.parametrize("paths", ["", "nowhere", "--help", "drafts/*.xyz", "/dev/zero"])
def test_nothing_to_check_clears_nothing(act: Act, mixed: Repository, paths: str) -> None:
    job = act(paths=paths)
    assert job.code in (2, 3)
    assert job.outputs["verdict"] == "could-not-check"


def test_paths_one_a_line(act: Act, mixed: Repository) -> None:
    mixed.write("drafts/two words.md", draft("two", BAD))
    mixed.write("drafts/--help.md", draft("help", BAD))
    job = act(paths="drafts/two words.md\n  drafts/--help.md\n\ndrafts/good.md\n")
    assert (job.outputs["blocked"], job.outputs["cleared"]) == ("2", "1")


def test_arguments_are_words_as_in_a_shell_and_run_nothing(act: Act, mixed: Repository) -> None:
    job = act(args="--rule no-refunds --quiet '$(touch gone)'", paths="drafts/good.md")
    assert job.code == 3
    assert not (mixed.folder / "gone").exists()
    assert act(args="--fail-level advice", fail_level="error", format="text").code == 1


def test_arguments_that_no_shell_could_read_are_wrong_usage(act: Act, mixed: Repository) -> None:
    job = act(args="--lang 'zh")
    assert (job.code, job.outputs["verdict"]) == (2, "could-not-check")
    assert "a quotation mark is not closed" in job.check.log


def test_a_step_that_cannot_do_its_work_blocks_no_draft(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Exit code 1 would say that a draft is blocked."""
    monkeypatch.setenv("RUNNER_TEMP", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "::error title=replylint::the step ended before any draft was checked" in capsys.readouterr().out


def test_the_first_push_has_no_earlier_state(act: Act, mixed: Repository) -> None:
    job = act(base="0" * 40)
    assert (job.code, job.outputs["verdict"]) == (2, "could-not-check")
    assert "as at the first push of a branch" in job.check.log


def test_another_mistake_is_not_put_down_to_the_clone(act: Act, mixed: Repository) -> None:
    job = act(base="HEAD", fail_level="fatal")
    assert (job.code, "fetch-depth" in job.check.log) == (2, False), job.check.log


def test_a_base_is_never_an_option(act: Act, mixed: Repository) -> None:
    job = act(base="--help")
    assert (job.code, job.outputs["verdict"]) == (2, "could-not-check")


def test_inputs_are_never_part_of_a_script(act: Act, mixed: Repository) -> None:
    evil = '"; touch gone; $(touch gone) `touch gone` #'
    for name in ("policy", "policy_ref", "fail_level", "base", "format", "now", "lang"):
        assert act(**{name: evil}).code == 2, name
    assert act(paths=evil).code == 3
    assert not list(mixed.folder.glob("gone*"))


def test_a_broken_policy_is_no_clearance(act: Act, mixed: Repository) -> None:
    mixed.write("policy/rules/no-refunds.rules", "rule no-refunds\n  forbidd promise\n")
    job = act()
    assert (job.code, job.outputs["verdict"]) == (3, "could-not-check")
    assert "forbidd" in job.check.summary


def test_sarif_is_uploaded_when_asked_for_and_also_when_drafts_are_blocked(act: Act, mixed: Repository) -> None:
    upload = "github/codeql-action/upload-sarif"
    assert upload not in act().used
    job = act(upload_sarif="true")
    assert (job.code, job.used[upload]["sarif_file"]) == (1, job.outputs["sarif"])


ANSWERS = ("exit 0", "exit 1", "exit 139", """echo '"verdict": "cleared"'; exit 1""", """echo '"verdict": "blocked"'""")


@pytest.mark.parametrize("says", ANSWERS)
def test_a_gate_that_does_not_close_fails_before_any_draft(
    action: Path, replies: Repository, tmp_path: Path, says: str
) -> None:
    """What would happen if the checker let all through, or died: a stand-in that answers so."""
    replies.write("drafts/good.md", draft("good", GOOD))
    python = tmp_path / "temp/replylint/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    python.chmod(0o755)
    done: dict[str, dict[str, str]] = {"python": {}, "install": {}}
    job = Runner(action, replies.folder, tmp_path / "temp", replies.env, {}, {}, done).run()
    assert (job.code, job.outputs["verdict"], "check" in job.steps) == (3, "could-not-check", False)
    assert "the gate is not working" in job.steps["self-test"].annotations[0].message
    assert "檢查沒有作用" in job.steps["self-test"].annotations[1].message


TRAPS = (
    "sitecustomize.py", "usercustomize.py", "replylint/__init__.py", "replylint.py", "yaml.py", "json.py", "click.py",
    "spacy.py", "evil.py", "replylint/cli/action.py", "drafts/json.py",
)  # fmt: skip


def test_nothing_of_the_checked_tree_is_run(act: Act, mixed: Repository, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for name in TRAPS:
        mixed.write(name, f"open({str(ran)!r}, 'a').write(__name__)\n")
    mixed.write("replylint.toml", 'components = ["evil"]\n')
    mixed.write("pyproject.toml", "[project]\nname = 'evil'\n[project.entry-points.spacy_factories]\nevil = 'evil:f'\n")
    mixed.write("evil.dist-info/entry_points.txt", "[spacy_factories]\nevil = evil:f\n")
    mixed.write(".gitattributes", "* filter=evil diff=evil\n")
    mixed.write(".bashrc", f"touch {ran}\n")
    mixed.write(".env", "PYTHONPATH=.\n")
    mixed.save()
    job = act()
    assert (job.code, "evil" in job.check.log) == (2, True), "a component that is not installed is told, not sought"
    mixed.write("replylint.toml", "")
    assert act(base="HEAD~1").code == 1
    assert not ran.exists()


def test_only_the_steps_that_are_declared_take_what_they_need(action: Path) -> None:
    text = (action / "action.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "github.token" not in text
    assert all(re.search(r"@[0-9a-f]{40} # v[\d.]+$", line) for line in text.splitlines() if "uses:" in line)
