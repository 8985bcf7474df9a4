"""Writes the parts of the docs that are made by the tool; `--check` only compares, and exits 1 with a diff.

A made part stands between `<!-- made: WHAT -->` and `<!-- end -->`. WHAT is one of

    run replylint …      the command with its output and exit code
    file PATH            a file of the project
    rule NAME            a rule of the starter policy, without what its file teaches the facts
    python               the output of the code block above
    cleared NAME LANG    the check of the draft above, as if it stood in the file NAME; it must be cleared
    mistakes             what the tool says about the block above, which is wrong on purpose
    keywords en|zh       the block above with the keywords of a language
    meaning en|zh        what the rules of the block above mean
    names SECTION        a table of names in English and Chinese
    action inputs [zh]   a table of what the GitHub Action takes; `action outputs`, of what it gives
    session C ;; C …     what commands print, run in one folder for the whole page (see sessions.py)

Blocks of `rules` that are not marked `wrong` are read and their examples run. `docs/rules/`
and the reference of the commands are made whole.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import yaml
from blocks import StaleError, check_sound, in_keywords, meaning, mistakes
from commands import command_pages
from pages import rule_pages
from sessions import session
from tables import names_table

from replylint.source.messages import Lang

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh-TW.md", *sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/*.md")))

_MADE = re.compile(r"<!-- made: (?P<what>[^\n]+?) -->\n.*?<!-- end -->", re.DOTALL)
_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
# The policy's digest changes with every wording; the docs need not.
_REVISION = re.compile(r"(?<=[(（])[0-9a-f]{12}(?=[)）])")
_RUN = "from replylint.cli.main import main; main()"


def made(text: str, where: str) -> str:
    """A page with every made part made anew. Raises StaleError when an example does not hold."""
    for block in _BLOCK.finditer(_MADE.sub("", text)):
        if block["info"] == "rules":
            check_sound(block["text"], f"{where}, block `{block['text'].splitlines()[0]}`")
    return _MADE.sub(lambda part: _part(part, text), text)


def _part(part: re.Match[str], text: str) -> str:
    kind, _, rest = part["what"].partition(" ")
    body = MAKERS[kind](rest, text[: part.start()])
    return f"<!-- made: {part['what']} -->\n{body.rstrip()}\n<!-- end -->"


def _above(before: str) -> str:
    """The last code block before a made part that was written by hand."""
    written = _MADE.sub("", before)
    *_, last = _BLOCK.finditer(written)
    return last["text"]


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _run(command: str, _: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "replylint", command
    ended = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    output = _REVISION.sub("…", ended.stdout + ended.stderr)
    return _fenced(f"$ {command}\n{output.rstrip()}\n\nexit code: {ended.returncode}")


def _cleared(rest: str, before: str) -> str:
    name, lang = rest.split()
    shown = f"replylint check {name} --now 2026-11-20T10:00+08:00 --lang {lang}"
    program = [sys.executable, "-c", _RUN, "check", "--stdin-filename", name, "--policy", "policy", *shown.split()[3:]]
    ended = subprocess.run(
        program, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, input=_above(before),
        env={**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    output = _REVISION.sub("…", ended.stdout + ended.stderr)
    if ended.returncode != 0:
        raise StaleError(f"the draft {name} is not cleared:\n{output}")
    return _fenced(f"$ {shown}\n{output.rstrip()}\n\nexit code: 0")


def _file(path: str, _: str) -> str:
    languages = {".md": "markdown", ".yml": "yaml"}
    return _fenced((ROOT / path).read_text(encoding="utf-8"), languages.get(Path(path).suffix, "text"))


def _rule(name: str, _: str) -> str:
    return _fenced((ROOT / f"policy/rules/{name}.rules").read_text(encoding="utf-8").split("\n\n")[0])


def _python(_: str, before: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.chdir(ROOT):
        exec(compile(_above(before), "example", "exec"), {})
    return _fenced(printed.getvalue())


def _mistakes(lang: str, before: str) -> str:
    return _fenced(mistakes(_above(before), cast(Lang, lang) if lang else None))


def _keywords(lang: str, before: str) -> str:
    return _fenced(in_keywords(_above(before), cast(Lang, lang)))


def _meaning(lang: str, before: str) -> str:
    return "\n".join(f"> - {sentence}" for sentence in meaning(_above(before), cast(Lang, lang)))


def _session(rest: str, before: str) -> str:
    earlier = [part for part in _MADE.finditer(before) if part["what"].startswith("session ")]
    run = tuple(c for part in earlier for c in part["what"].removeprefix("session ").split(" ;; "))
    # What stands above its first session tells a page from every other.
    page = before[: earlier[0].start()] if earlier else before
    return _fenced(session(tuple(rest.split(" ;; ")), run, page))


def _names(section: str, _: str) -> str:
    return names_table(section)


def _action(what: str, _: str) -> str:
    part, _, lang = what.partition(" ")
    rows = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))[part].items()
    about = _action_in_chinese(part) if lang else {name: row["description"] for name, row in rows}
    assert about.keys() == dict(rows).keys(), f"action.zh.yml tells of other {part} than action.yml"
    given = {name: row.get("default", "") for name, row in rows}
    lines = [f"| `{name}` | {about[name]} | {_code(given[name])} |" for name, _ in rows]
    if not any(given.values()):
        lines = [line.removesuffix("|  |") + "|" for line in lines]
        return "\n".join([f"| {'輸出' if lang else 'output'} | |", "|---|---|", *lines])
    return "\n".join(["| 輸入 | | 預設 |" if lang else "| input | | default |", "|---|---|---|", *lines])


def _action_in_chinese(part: str) -> dict[str, str]:
    told = yaml.safe_load((ROOT / "docs/action.zh.yml").read_text(encoding="utf-8"))
    return cast(dict[str, str], told[part])


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


MAKERS: dict[str, Callable[[str, str], str]] = {
    "run": _run, "file": _file, "rule": _rule, "python": _python, "cleared": _cleared, "mistakes": _mistakes,
    "keywords": _keywords, "meaning": _meaning, "names": _names, "action": _action,
    "session": _session,
}  # fmt: skip


def everything() -> Iterator[tuple[Path, str]]:
    """Every file of the docs that is made, wholly or in part, with the text it must have."""
    for name in PAGES:
        yield ROOT / name, made((ROOT / name).read_text(encoding="utf-8"), name)
    for name, text in rule_pages():
        yield ROOT / "docs/rules" / name, text
    for name, text in command_pages():
        yield ROOT / "docs" / name, text


def main() -> int:
    """Write what is stale, or with `--check` show it."""
    only_check = sys.argv[1:] == ["--check"]
    wanted = dict(everything())
    left_over = [path for path in (ROOT / "docs/rules").glob("*.md") if path not in wanted]
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in [*stale, *left_over]:
        if only_check:
            print("".join(_diff(path, wanted.get(path, ""))))
        elif path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
        print(f"{'stale' if only_check else 'written'}: {path.relative_to(ROOT)}")
    changed = len(stale) + len(left_over)
    print(f"{len(wanted)} pages, {changed} {'stale' if only_check else 'written'}")
    if only_check and changed:
        print("run `make docs` and read what it changed")
    return 1 if only_check and changed else 0


def _diff(path: Path, wanted: str) -> Iterator[str]:
    name = path.relative_to(ROOT).as_posix()
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    return difflib.unified_diff(there.splitlines(True), wanted.splitlines(True), name, f"{name} (as made)")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StaleError as error:
        sys.exit(f"docs: {error}")
