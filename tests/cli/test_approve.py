"""`replylint approve` adds one approval that counts, and changes nothing else in the file."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from replylint.api import Case, load_policy, read_cases
from replylint.cli.main import cli
from replylint.cli.usage import told
from replylint.source.resources import starter_policy

ROWS = yaml.safe_load((Path(__file__).parent / "approve.yml").read_text(encoding="utf-8"))
NOW = "2026-11-20T10:00+08:00"


def approve(path: Path, *more: str) -> tuple[int, str]:
    arguments = ["approve", str(path), "--role", "brand_manager", "--by", "林經理", "--now", NOW, "--lang", "en", *more]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if isinstance(result.exception, click.ClickException):
        return 2, told(result.exception, "en")
    assert result.exception is None
    return int(result.return_value), result.output


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_nothing_else_changes(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / row["name"]
    before = row["before"].encode(row.get("encoding", "utf-8"))
    path.write_bytes(before)
    code, _ = approve(path)
    if row["after"] is None:
        assert code == 2
        assert path.read_bytes() == before
        return
    assert code == 0
    text = path.read_bytes().decode(row.get("encoding", "utf-8"))
    start, end = row["after"].split("{}")
    assert text.startswith(start)
    assert text.endswith(end)
    entry = yaml.safe_load(text.removesuffix(end)[len(start) :])
    stated = {"role": "brand_manager", "by": "林經理", "at": NOW}
    names = {"角色": "role", "核准人": "by", "時間": "at", "摘要": "digest"} if row.get("chinese") else {}
    assert stated.items() <= {names.get(name, name): value for name, value in entry.items()}.items()
    assert not names or entry.keys() == names.keys()


def test_what_is_written_counts_until_the_draft_is_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nid: x\nactions: [refund TWD 900]\n---\n很抱歉。\n", encoding="utf-8")
    checker = load_policy(now=dt.datetime.fromisoformat(NOW))
    assert approve(path, "--until", "2026-11-23")[0] == 0
    approved = path.read_text("utf-8")
    for text, counts in ((approved, True), (approved.replace("TWD 900", "TWD 901"), False)):
        path.write_text(text, encoding="utf-8")
        (case,) = read_cases(path)
        assert isinstance(case, Case)
        assert ("brand_manager" in checker.judge.situation(case).approving) is counts


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--role", "agent_lead"], "did you mean agency_lead"),
        (["--role", "intern"], "approves nothing"),
        (["--by", "May"], "somebody else"),
        (["--until", "2026-11-19"], "no longer"),
        (["--until", "soon"], "soon"),
    ],
)
def test_what_would_not_count_is_not_written(more: list[str], why: str, tmp_path: Path) -> None:
    policy = tmp_path / "policy"
    shutil.copytree(starter_policy(), policy, ignore=shutil.ignore_patterns("__pycache__"))
    contract = (policy / "contract.yml").read_text(encoding="utf-8")
    added = contract.replace("\nroles:\n", "\nroles:\n  intern: {title: 實習生, side: agency}\n", 1)
    (policy / "contract.yml").write_text(added, encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text("---\ndrafter: May\n---\n很抱歉。\n", encoding="utf-8")
    before = path.read_bytes()
    code, said = approve(path, "--policy", str(policy), *more)
    assert code == 2
    assert why in said
    assert path.read_bytes() == before


def test_a_draft_that_cannot_be_judged_cannot_be_approved(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nactions: [refnd]\n---\n很抱歉。\n", encoding="utf-8")
    code, said = approve(path)
    assert code == 2
    assert "refnd" in said


@pytest.mark.parametrize("slip", ["品牌經里", "brand_manger"])
def test_a_slip_in_the_role_is_told_with_the_role_meant(slip: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nid: x\n---\n好的。\n", encoding="utf-8")
    code, told_ = approve(path, "--role", slip)
    assert code == 2
    assert "did you mean brand_manager" in told_


ENOUGH = yaml.safe_load((Path(__file__).parent / "approve_enough.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ENOUGH, ids=lambda row: row["why"])
def test_an_approval_that_is_not_enough_says_who_could(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(row["draft"], encoding="utf-8")
    code, said = approve(path, "--role", row["role"], *row.get("more", ()))
    assert code == row["exit"], said
    assert ("brand_manager" in path.read_text("utf-8") or "role:" in path.read_text("utf-8")) is row["written"]
    for words in row["says"]:
        assert words in said
    for words in row.get("not", ()):
        assert words not in said
