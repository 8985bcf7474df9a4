"""Wrong usage is told in one line, in the reader's language, wherever the language was chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context

from replylint.cli.main import cli
from tests.cli.conftest import Run

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("usage.yml").read_text(encoding="utf-8"))
ERROR = {"en": "error: ", "zh": "錯誤："}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["words"]))
def test_wrong_usage_is_one_line_in_the_readers_language(run: Run, case: dict[str, Any], lang: str) -> None:
    ran = run("--lang", lang, *case["words"])
    commands = (", " if lang == "en" else "、").join(sorted(cli.list_commands(Context(cli))))
    assert (ran.code, ran.out, ran.err) == (2, "", f"{ERROR[lang]}{case[lang].replace('{commands}', commands)}\n")


@pytest.mark.parametrize("locale", ["zh_TW.UTF-8", "C.UTF-8"])
def test_without_a_choice_the_locale_decides(run: Run, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert run("chek").err.startswith("錯誤：" if locale.startswith("zh") else "error: ")


def test_the_setting_decides_before_the_locale(run: Run, tmp_path: Path) -> None:
    (tmp_path / "replylint.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert run("chek").err.startswith("錯誤：")
    (tmp_path / "replylint.toml").write_text("lagn = 1\n", encoding="utf-8")
    assert run("chek").err.startswith("error: ")


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "zh", "policy", "check"],
        ["--lang=zh", "policy", "check"],
        ["policy", "check", "--lang", "zh"],
        ["--lang", "en", "policy", "check", "--lang", "zh"],
    ],
)
def test_the_language_may_stand_before_the_command(run: Run, policy: Path, words: list[str]) -> None:
    ran = run(*words, "--quiet", str(policy))
    assert ran.code == 0
    assert "合約" in ran.out


def test_help_after_a_language(run: Run) -> None:
    assert run("--lang", "zh", "--help").code == 0


@pytest.mark.parametrize(("lang", "said"), [("en", "interrupted"), ("zh", "已中斷")])
def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch, policy: Path, lang: str, said: str) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("replylint.cli.policy.load_policy", stop)
    ran = run("--lang", lang, "policy", "check", str(policy))
    assert ran.code == 3
    assert said in ran.err


def test_a_defect_while_telling_wrong_usage_is_no_verdict(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("replylint.cli.main.told", broken)
    assert run("chek").code == 3
