"""Whatever reaches the terminal goes one way, on which nothing is left that a terminal obeys."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from replylint.cli import printing
from replylint.render.style import paint
from tests.cli.conftest import DRAFT, Run

PROGRAM = Path(printing.__file__).parents[1]
# What may print: the one way; and what hands a verified posting on, byte by byte, to the program that posts it.
PRINTING = {"cli/printing.py"}
HANDING_ON = {"cli/verify.py": ["sys.stdout.buffer"]}
STREAMS = {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"}
BY_CLICK = {"echo", "secho", "echo_via_pager", "prompt", "confirm", "progressbar"}
OBEYED = set("\x1b\x07\u202e\x9b\r\u2066")
HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202e\x9b1m\r\u2066"


def printed(tree: ast.AST) -> list[str]:
    """What of a module prints, or might: streams whose methods or buffers are reached for, and what prints by name."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            aside = any(ast.unparse(word.value) in STREAMS for word in node.keywords)
            if called in {"print", "pprint"} or called.startswith("traceback.print_") or aside:
                found.append(called)
        elif isinstance(node, ast.Attribute):
            whole, of = ast.unparse(node), ast.unparse(node.value)
            if (of in STREAMS and node.attr in {"write", "writelines", "buffer"}) or (
                of == "click" and node.attr in BY_CLICK
            ):
                found.append(whole)
        elif isinstance(node, ast.ImportFrom) and node.module in {"click", "sys", "rich"}:
            found += [each.name for each in node.names if each.name in BY_CLICK | {"stdout", "stderr", "print"}]
    return found


def test_no_module_prints_but_one() -> None:
    found = {
        path.relative_to(PROGRAM).as_posix(): ways for path in sorted(PROGRAM.rglob("*.py"))
        if (ways := printed(ast.parse(path.read_text(encoding="utf-8"))))
    }  # fmt: skip
    assert {name: ways for name, ways in found.items() if name not in PRINTING} == HANDING_ON


@pytest.mark.parametrize(
    "words",
    ["print('a')", "sys.stdout.write('a')", "import click\nclick.echo('a')", "from click import secho",
     "f(file=sys.stderr)", "traceback.print_exc()", "sys.stderr.buffer.write(b'')"],
)  # fmt: skip
def test_ways_to_print_are_seen(words: str) -> None:
    assert printed(ast.parse(words))


def test_nothing_that_a_terminal_obeys_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    printing.line(f"a\n{HOSTILE}")
    printing.lines([HOSTILE], aside=True)
    printing.pieces([f"{HOSTILE}\n", paint("b", "error", colour=True) + "\n"])
    out, err = capsys.readouterr()
    assert not OBEYED & set(err)
    assert out.count("\n") == 3
    assert not OBEYED & set(out.replace("\x1b[1;31mb\x1b[0m", ""))
    assert "\x1b[1;31mb\x1b[0m" in out


COMMANDS = (
    "check {0}", "check {0} --format json", "check {0} --format markdown", "check {0} --format github",
    "facts {0}", "triage {0}", "eval {0}", "sla {0}", "policy check {0}", "fmt {0}", "explain {0}",
    "test {0}",
    "approve {0} --by {0} --role {0}", "waive {0} --rule {0} --by {0} --role legal --reason {0}", "{0}", "check --{0}",
    "check . --policy {0}", "new-rule {0}", "keygen {0}", "audit verify {0}", "verify {0}", "init {0}",
    "check --now {0} .",
    "check drafts --history {0}", "check drafts --rule {0}", "drill {0}", "schema {0}", "check drafts --output {0}",
    "check drafts --baseline {0}", "check drafts --changed {0}", "check drafts --policy-ref {0}",
    "eval drafts --errors {0}",
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("there", [False, True])
def test_hostile_words_and_names(words: str, there: bool, run: Run, drafts: Path, tmp_path: Path) -> None:
    name = "\x1b[2J\u202e\r\x9b.md"
    if there:
        (tmp_path / name).write_text(DRAFT.format(id=f'"{HOSTILE}"', reply=f"我們會退款 900 元 {HOSTILE}"), "utf-8")
    ran = run(*(word.replace("{0}", name) for word in words.split()))
    assert not OBEYED & set(ran.out + ran.err)
