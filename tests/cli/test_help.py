"""Every command has help with an example, in both languages; words can be completed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from replylint.cli.help import sentences
from replylint.cli.main import cli
from replylint.source.resources import message_table
from tests.cli.conftest import Run


def commands(command: click.Command = cli, above: click.Context | None = None) -> Iterator[click.Context]:
    ctx = click.Context(command, info_name=command.name or "replylint", parent=above)
    yield ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None, name
            yield from commands(below, ctx)


EVERY = {ctx.command_path.removeprefix("cli").strip(): ctx for ctx in commands()}
# Said by click itself, or by the help as a whole.
OF_ALL = {"Usage", "Options", "Commands", "required", "default"}


def test_every_sentence_is_there_in_chinese_and_none_is_left_over() -> None:
    said = {sentence for ctx in EVERY.values() for sentence in sentences(ctx.command, ctx)} | OF_ALL
    known = {entry["en"] for entry in message_table("help").values()}
    assert said - known == set()
    assert known - said == set()


@pytest.mark.parametrize("name", [name for name, ctx in EVERY.items() if not isinstance(ctx.command, click.Group)])
def test_every_command_shows_an_example(name: str) -> None:
    assert f"\breplylint {name}" in (EVERY[name].command.help or "").replace("\b\n    ", "\b").replace("\b\n", "\b")


@pytest.mark.parametrize("name", EVERY)
def test_help_is_chinese_for_a_chinese_reader(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    ran = run(*name.split(), "--help")
    assert ran.code == 0
    assert ran.out.startswith("用法：replylint")
    assert "[required]" not in ran.out
    assert "[default:" not in ran.out
    # A format's choices and an example are never broken, whatever the width.
    wide = [line for line in ran.out.splitlines() if cell_len(line) > 80]
    assert [line for line in wide if "[" not in line and "replylint " not in line] == []
    assert run("--lang", "en", *name.split(), "--help").out.startswith("Usage:")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    assert "_REPLYLINT_COMPLETE" in run("completion", shell).out


ASKED = {
    "bash": """compopt() {{ echo dra; }}; source {script}; set -- {words}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
               _replylint_completion replylint; printf '%s\\n' "${{COMPREPLY[@]}}" """,
    "zsh": """autoload -U compinit; compinit -D -u; source {script}; words=({words}); CURRENT=${{#words}}
              compadd() {{ print -rl -- ${{completions}} }}; _path_files() {{ print -rl -- $words[-1]*(N) }}
              _describe() {{ print -rl -- ${{completions_with_descriptions%%:*}} }}; _replylint_completion""",
    "fish": """source {script}; complete -C "{words}" | string split -f 1 (printf "\\t")""",
}


@pytest.mark.parametrize("shell", list(ASKED))
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("replylint ch", ["check"]),
        ("replylint check --format j", ["json", "junit"]),
        ("replylint check --rule no-r", ["no-refunds"]),
        ("replylint check dra", ["dra"]),
        ("replylint check --key dra", ["dra"]),
    ],
)
def test_the_shell_completes(run: Run, drafts: Path, shell: str, words: str, completed: list[str]) -> None:
    """Asked as the shell asks; a file's name is completed by the shell itself, once it hears that one is meant."""
    program = shutil.which(shell) or pytest.skip(f"there is no {shell} here")
    Path("script").write_text(run("completion", shell).out, encoding="utf-8")
    line = ASKED[shell].format(script="./script", words=words)
    options = ("-f",) if shell == "zsh" else ()
    here = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(drafts)}
    ran = subprocess.run((program, *options, "-c", line), capture_output=True, encoding="utf-8", env=here, check=False)
    found = [line.removesuffix("/") for line in ran.stdout.split()]
    if completed != ["dra"]:
        assert found == completed, ran.stderr
    else:
        assert found in (["dra"], ["drafts"], ["drafts", "dra"]), ran.stderr


@pytest.mark.parametrize(
    ("words", "at", "completed"),
    [
        ("replylint ch", "1", "check"),
        ("replylint check --for", "2", "--format"),
        ("replylint explain no-thr", "2", "no-threats"),
    ],
)
def test_words_are_completed(run: Run, monkeypatch: pytest.MonkeyPatch, words: str, at: str, completed: str) -> None:
    monkeypatch.setenv("_REPLYLINT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", at)
    assert f"plain,{completed}" in run().out.split()
