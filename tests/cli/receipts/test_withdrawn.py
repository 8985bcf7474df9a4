"""A receipt holds only while the waivers and approvals stand that it rests on; verify in JSON, and from Python."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml

import replylint
from replylint.api import Case
from replylint.render.schemas.verify import json_schema
from replylint.source.messages import describe
from tests.cli.receipts.conftest import LATER, TEXT, Desk, statement_of

ROWS = yaml.safe_load((Path(__file__).parent / "withdrawn.yml").read_text(encoding="utf-8"))
WHO = ("--role", "brand_manager", "--by", "林經理", "--now", "2026-11-20T09:00+08:00")
WAIVE = ("waive", "drafts/0042.md", "--rule", "no-refunds", "--reason", "店長同意", "--until", "2026-11-25", *WHO)
APPROVE = ("approve", "drafts/0042.md", "--until", "2026-11-25", *WHO)


def clear(desk: Desk, rests: str) -> None:
    """The draft's receipt rests on a waiver or an approval."""
    desk.receipt.unlink()
    if rests == "approval":
        assert desk.run(*APPROVE).code == 0
    else:
        desk.edit("我們會改善。", "我們會退款 900 元。")
        assert desk.run(*WAIVE).code == 0
    if rests == "draft":
        waivers = (desk.folder / "policy" / "waivers.yml").read_text(encoding="utf-8").replace("\n", "\n  ").rstrip()
        desk.edit("review:\n", f"waivers:\n  {waivers}\nreview:\n")
        (desk.folder / "policy" / "waivers.yml").unlink()
    assert desk.check().code == 0
    reply = TEXT.replace("我們會改善。", "我們會退款 900 元。") if rests != "approval" else TEXT
    (desk.folder / "reply.txt").write_text(reply, encoding="utf-8")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in ROWS])
def test_what_a_receipt_rests_on_must_stand(desk: Desk, row: dict[str, Any]) -> None:
    clear(desk, row["rests"])
    if "edit" in row:
        path, old, new = row["edit"]
        desk.edit(old, new, path)
    if "gone" in row:
        gone = desk.folder / row["gone"]
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    ran = desk.verify(*row.get("verify", ()))
    assert ran.code == row["code"], ran
    assert any(words in ran.out + ran.err for words in row["says"].split("|")), ran
    found = json.loads(desk.verify(*row.get("verify", ()), "--format", "json").out)
    jsonschema.validate(found, json_schema())
    verdicts = {0: "verified", 1: "refused", 3: "could-not-verify"}
    assert [posting["verdict"] for posting in found["postings"]] in ([verdicts[row["code"]]], [])
    assert bool(found["postings"]) != bool(found["errors"])


def test_a_receipt_names_what_it_rests_on(desk: Desk) -> None:
    clear(desk, "policy")
    (waiver,) = statement_of(desk.receipt)["predicate"]["waivers"]
    assert (waiver["stated"], waiver["draft"], waiver["entry"][:7]) == ("policy", "東區/0042", "sha256:")
    assert waiver.keys() == {"rule", "draft", "words", "by", "role", "until", "reason", "stated", "entry"}


def test_a_draft_that_needs_no_policy_of_its_own(desk: Desk) -> None:
    """Checked under the starter policy, verified under it: nothing is missing."""
    shutil.rmtree(desk.folder / "policy")
    shutil.rmtree(desk.folder / "receipts")
    front = "id: a\nplatform: google_maps\nreview: {rating: 5, author: 王**, text: 麵很好吃}"
    draft = f"---\n{front}\n---\n謝謝您喜歡我們的麵，期待您再來。\n"
    (desk.folder / "drafts" / "0042.md").write_text(draft, encoding="utf-8")
    ran = desk.check()
    assert ran.code == 0, ran.out
    assert desk.verify().code == 0


def verdict(desk: Desk, *words: str) -> dict[str, Any]:
    (posting,) = json.loads(desk.verify(*words, "--format", "json").out)["postings"]
    return posting  # type: ignore[no-any-return]  # JSON


def test_json_says_what_was_verified_and_what_not(desk: Desk) -> None:
    good = verdict(desk)
    assert (good["id"], good["platform"], good["problems"]) == ("東區/0042", "google_maps", [])
    assert good["checked"]["at"] == "2026-11-20T10:00:00+08:00"
    assert good["receipt"].startswith("receipts/")
    (desk.folder / "reply.txt").write_text(TEXT, encoding="utf-8")
    assert verdict(desk, "--text", "reply.txt", "--any-policy")["not_compared"] == ["actions", "policy"]
    desk.edit("改善", "改進")
    refused = verdict(desk)
    assert (refused["verdict"], refused["checked"]) == ("refused", None)
    assert [problem["key"] for problem in refused["problems"]] == ["receipts.text-differs"]
    both = desk.verify("--print", "--format", "json")
    assert (both.code, "--print and --format" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("--case", "nowhere.md"), "case.cannot-open"),
        (("--policy", "drafts"), "contract."),
        (("--text", "nowhere.txt"), "receipts.unreadable"),
    ],
)
def test_json_of_what_cannot_be_verified(desk: Desk, words: tuple[str, ...], key: str) -> None:
    ran = desk.verify(*words, "--format", "json")
    found = json.loads(ran.out)
    jsonschema.validate(found, json_schema())
    assert (ran.code, ran.err, found["postings"]) == (3, "", [])
    assert found["errors"][0]["key"].startswith(key)


def test_from_python(desk: Desk) -> None:
    clear(desk, "policy")
    key = (desk.folder / "a.key.pub").read_bytes()
    later = dt.datetime.fromisoformat(LATER)

    def reasons(policy: str | None = "policy", now: dt.datetime = later, with_key: bytes | None = key) -> list[str]:
        (case,) = replylint.read_cases("drafts/0042.md")
        assert isinstance(case, Case)
        found = replylint.verify(case, "receipts", with_key, policy=policy, now=now)
        assert all(describe(problem, lang)[0] for problem in found for lang in ("en", "zh"))
        return [problem.key for problem in found]

    assert reasons() == []
    assert reasons(now=later + dt.timedelta(days=9)) == ["receipts.expired"]
    assert reasons(with_key=None) == ["receipts.is-signed"]
    assert reasons(with_key=(desk.folder / "b.key.pub").read_bytes()) == ["receipts.foreign-key"]
    assert reasons(policy=None) == ["receipts.no-policy"]
    with pytest.raises(ValueError, match="time zone"):  # in the night in which clocks change it may be an hour off
        reasons(now=later.replace(tzinfo=None))
    with pytest.raises(replylint.PolicyError, match="no key"):
        reasons(with_key=b"no key")
    with pytest.raises(replylint.PolicyError):
        reasons(policy="drafts")
    (desk.folder / "policy" / "waivers.yml").unlink()
    assert reasons() == ["receipts.waiver-withdrawn"]
    shutil.rmtree("receipts")
    assert reasons() == ["receipts.no-folder"]
