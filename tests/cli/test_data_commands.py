"""Commands whose output other programs read: facts, schema, and the report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml

from replylint.source.resources import starter_policy
from tests.cli.conftest import Run

CASE = {
    "id": "one",
    "platform": "google_maps",
    "review": {"rating": 1, "text": "等了一小時"},
    "reply": "您好,我們不會退款 900 元,但會 refund NT$200。",
}


def schema(run: Run, what: str) -> dict[str, Any]:
    ran = run("schema", what)
    assert ran.code == 0
    found: dict[str, Any] = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_facts_as_json(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(CASE), encoding="utf-8")
    ran = run("facts", "one.json", "--format", "json", "--policy", str(policy))
    assert ran.code == 0
    (case,) = json.loads(ran.out)
    assert case["id"] == "one"
    fact = next(f for f in case["facts"] if f["type"] == "promise")
    reply = str(CASE["reply"])
    assert reply[fact["start"] : fact["end"]] == fact["quote"] == "refund"
    assert (fact["kind"], fact["amount"], fact["currency"]) == ("refund", 200, "TWD")
    assert reply[slice(*fact["amount_span"])] == "NT$200"
    assert fact["wording"].endswith("words.rules:1:38")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_name_of_a_draft_is_a_command_to_the_terminal(run: Run, policy: Path, tmp_path: Path, form: str) -> None:
    (tmp_path / "one.json").write_text(json.dumps({**CASE, "id": "a\x1b[2J\u202eb\x9bc"}), encoding="utf-8")
    ran = run("facts", "one.json", "--format", form, "--policy", str(policy))
    assert ran.code == 0
    assert "".join(ran.out.split("\n")).isprintable()


def test_facts_as_text_say_where_they_were_read(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(CASE), encoding="utf-8")
    ran = run("facts", "one.json", "--policy", str(policy))
    assert ran.code == 0
    assert "promise · refund" in ran.out
    assert "words.rules:1:38" in ran.out


@pytest.mark.parametrize(("lang", "words"), [("en", ("condition: 若您", "takes up: waiting")),
                                             ("zh", ("條件: 若您", "回應了：等候"))])  # fmt: skip
def test_facts_as_text_say_what_decided(run: Run, tmp_path: Path, lang: str, words: tuple[str, ...]) -> None:
    reply = "若您願意提供訂單,我們會退款。店員上菜慢了一小時。"
    (tmp_path / "one.json").write_text(json.dumps(CASE | {"reply": reply}), encoding="utf-8")
    lines = [line.strip() for line in run("facts", "one.json", "--lang", lang).out.splitlines()]
    assert set(words) <= set(lines)


@pytest.mark.parametrize("form", ["text", "json"])
def test_facts_of_what_cannot_be_read(run: Run, policy: Path, tmp_path: Path, form: str) -> None:
    (tmp_path / "one.json").write_text("{")
    assert run("facts", "one.json", "--format", form, "--policy", str(policy)).code == 3
    (tmp_path / "empty").mkdir()
    assert run("facts", "empty", "--format", form, "--policy", str(policy)).code == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_facts_cannot_read_is_told_as_check_tells_it(run: Run, policy: Path, tmp_path: Path, lang: str) -> None:
    (tmp_path / "one.json").write_text("{")
    found, judged = (
        json.loads(run(name, "one.json", "--format", "json", "--lang", lang, "--policy", str(policy)).out)
        for name in ("facts", "check")
    )
    (row,) = found
    assert row["error"] == judged["cases"][0]["error"]
    assert row["error"]["problems"][0]["span"]["file"] == "one.json"


def test_the_report_follows_its_schema(run: Run, drafts: Path) -> None:
    (drafts / "broken.json").write_text("{")
    report = json.loads(run("check", str(drafts), "--format", "json").out)
    jsonschema.validate(report, schema(run, "report"))
    assert {case.get("verdict", "error") for case in report["cases"]} == {"cleared", "blocked", "needs-person", "error"}


def test_a_case_follows_its_schema(run: Run) -> None:
    found = schema(run, "case")
    jsonschema.validate(CASE, found)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**CASE, "review": {"rating": "lots"}}, found)


def test_the_starter_contract_follows_its_schema(run: Run) -> None:
    found = schema(run, "contract")
    contract = yaml.safe_load((starter_policy() / "contract.yml").read_text(encoding="utf-8"))
    jsonschema.validate(plain(contract), found)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"brand": 3}, found)


def plain(value: Any) -> Any:
    """A YAML value as JSON has it: dates are text."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def test_sarif_and_json_are_whole_when_the_policy_is_broken(run: Run, drafts: Path, policy: Path) -> None:
    (policy / "rules" / "b.rules").write_text("rule b\n  forbd promise\n")
    for form in ("json", "sarif"):
        assert json.loads(run("check", str(drafts), "--format", form).out)


def process(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "replylint", *words], capture_output=True, text=True, check=False)


def test_as_a_program(drafts: Path) -> None:
    assert process("--version").returncode == 0
    assert process("check", str(drafts / "bad.md")).returncode == 1
    assert process("check").returncode == 2
    assert process("check", "nowhere").returncode == 3


def test_what_only_reads_rules_never_loads_the_text_layer(policy: Path) -> None:
    loaded = "import sys, replylint.cli.main as m; sys.argv = ['replylint', *{words}]\n"
    loaded += "try: m.main()\nexcept SystemExit: pass\nassert 'spacy' not in sys.modules"
    for words in (["policy", "check", str(policy)], ["fmt", "--check", str(policy)], ["--version"]):
        ran = subprocess.run(
            [sys.executable, "-c", loaded.replace("{words}", repr(words))], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
