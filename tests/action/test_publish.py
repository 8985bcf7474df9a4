"""The example workflow: checked, given a receipt, verified, posted; and not posted when a byte changed in between."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.action.conftest import Act, sha
from tests.action.runner import evaluate
from tests.hook.conftest import BAD, GOOD, Repository, draft

ROOT = Path(__file__).resolve().parents[2]
STEPS = yaml.safe_load((ROOT / "docs/workflows/publish.yml").read_text(encoding="utf-8"))["jobs"]
POST = STEPS["post"]["steps"][-1]


@dataclass(frozen=True)
class Publishing:
    """A repository with a merged draft and its receipts; `post` runs the workflow's last step."""

    replies: Repository
    env: dict[str, str]
    temp: Path

    def post(self) -> tuple[int, str, str]:
        """How the step ended, what it printed, and all that was posted."""
        done = subprocess.run(
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", POST["run"]),
            cwd=self.replies.folder, env=self.replies.env | self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            check=False,
        )  # fmt: skip
        posted = self.temp / "posted"
        return done.returncode, done.stdout.decode(), posted.read_text(encoding="utf-8") if posted.exists() else ""


@pytest.fixture
def publishing(act: Act, replies: Repository, installed: tuple[Path, object], tmp_path: Path) -> Publishing:
    command = str(installed[0] / "replylint/bin/replylint")
    keys = tmp_path / "replies.key"
    subprocess.run((command, "keygen", keys), check=True, env=replies.env, capture_output=True)
    poster = replies.folder / "post-reply"
    poster.write_text('#!/bin/sh\necho "$1" >> "$RUNNER_TEMP/posted"; cat "$2" >> "$RUNNER_TEMP/posted"\n')
    poster.chmod(0o755)
    replies.save()
    before = sha(replies)
    replies.write("drafts/two words.md", draft("two", GOOD))
    replies.save()
    gate = STEPS["check"]["steps"][1]
    inputs = gate["with"] | {"base": before}
    job = act(env={"REPLYLINT_KEY": keys.read_text(encoding="utf-8")}, now="", **inputs)
    assert (job.code, job.outputs["cleared"]) == (0, "1"), job.check.log
    assert Path(job.outputs["receipts"]) == replies.folder / "receipts"
    values = {"REPLYLINT": job.outputs["command"], "BEFORE": before,
              "REPLYLINT_PUBLIC_KEY": Path(f"{keys}.pub").read_text(encoding="utf-8")}  # fmt: skip
    assert values.keys() == POST["env"].keys()
    return Publishing(replies, values | {"RUNNER_TEMP": str(tmp_path)}, tmp_path)


def test_what_was_checked_is_posted(publishing: Publishing) -> None:
    code, out, posted = publishing.post()
    assert (code, posted) == (0, f"drafts/two words.md\n{GOOD}"), out


def change(publishing: Publishing, what: str) -> None:
    replies = publishing.replies
    path = replies.folder / "drafts/two words.md"
    if what == "a byte of the reply":
        path.write_text(path.read_text(encoding="utf-8").replace("改善", "改進"), encoding="utf-8")
    elif what == "the policy":
        with (replies.folder / "policy/rules/no-refunds.rules").open("a", encoding="utf-8") as rule:
            rule.write("# later\n")
    elif what == "the receipt is gone":
        for receipt in (replies.folder / "receipts").iterdir():
            receipt.unlink()
    elif what == "another key":
        other = publishing.temp / "other.key"
        subprocess.run((publishing.env["REPLYLINT"], "keygen", other), check=True, capture_output=True)
        publishing.env["REPLYLINT_PUBLIC_KEY"] = Path(f"{other}.pub").read_text(encoding="utf-8")
    else:
        replies.write("drafts/sneaked in.md", draft("sneaked", BAD))
        replies.save()


@pytest.mark.parametrize(
    "what", ["a byte of the reply", "the policy", "the receipt is gone", "another key", "a draft that was not checked"]
)
def test_what_changed_is_not_posted(publishing: Publishing, what: str) -> None:
    change(publishing, what)
    code, out, posted = publishing.post()
    assert code != 0, out
    assert GOOD not in posted
    assert BAD not in posted


def test_all_refusals_are_told_and_nothing_is_posted(publishing: Publishing) -> None:
    for name in ("another.md", "z last.md"):
        publishing.replies.write(f"drafts/{name}", draft(name, BAD))
    publishing.replies.save()
    code, out, posted = publishing.post()
    assert (code, posted) == (1, "")
    assert "refused: another.md" in out
    assert "refused: z last.md" in out


@pytest.mark.parametrize(("drafts", "posts"), [(("one",), False), (("one", "two"), True)])
def test_a_push_that_only_takes_drafts_away_posts_nothing_and_fails_nowhere(
    act: Act, replies: Repository, drafts: tuple[str, ...], posts: bool
) -> None:
    """Without a receipt there is nothing to hand on, and handing on nothing would fail."""
    for name in ("kept", "one"):
        replies.write(f"drafts/{name}.md", draft(name, GOOD))
    replies.save()
    before = sha(replies)
    (replies.folder / "drafts/one.md").unlink()
    for name in drafts[1:]:
        replies.write(f"drafts/{name}.md", draft(name, GOOD))
    replies.save()
    job = act(base=before, receipts="receipts", args="--unsigned")
    assert (job.code, bool(job.outputs["receipts"])) == (0, posts), job.check.log
    told = {"outputs": job.outputs}
    context = {"steps": {"gate": told}, "needs": {"check": told}, "failed": False}
    conditions = (STEPS["check"]["steps"][2]["if"], STEPS["post"]["if"])
    assert [evaluate(condition, context) for condition in conditions] == [posts, posts]


def test_without_a_key_there_are_no_receipts_and_no_clearance(act: Act, replies: Repository) -> None:
    replies.write("drafts/one.md", draft("one", GOOD))
    job = act(receipts="receipts")
    assert (job.code, job.outputs["verdict"], job.outputs["receipts"]) == (2, "could-not-check", "")
    unsigned = act(receipts="receipts", args="--unsigned")
    assert (unsigned.code, len(list((replies.folder / "receipts").iterdir()))) == (0, 1)
