"""The checking step of the GitHub Action: `python -I -m replylint.cli.action`, with the action's inputs as INPUT_….

It starts `replylint check` as a process of its own, hands on its exit code, and tells the workflow what came out. What
files and commands a step speaks to the runner with is told in GitHub's documentation, "Workflow commands". Whatever is
printed that is not a report in the format `github` may hold words of drafts, and a line such as `::error::` in them
would be obeyed; so it stands between `::stop-commands::` and a word that nobody could know before.
"""

from __future__ import annotations

import html
import json
import os
import secrets
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.git import GitRefusedError, commit_of
from replylint.cli.settings import language_here
from replylint.cli.usage import WrongUsage
from replylint.render.github import command as command_line
from replylint.render.visible import visible
from replylint.source.messages import Lang, say

_FLAGS = ("policy", "policy-ref", "fail-level", "now", "lang", "receipts")
_COUNTS = ("cleared", "blocked", "needs_person", "could_not_check")
_MOST = 20_000  # characters that are said beside a report
_FORMATS = {"json": "report.json", "sarif": "report.sarif", "markdown": "summary.md"}


@dataclass(frozen=True)
class Told:
    """What a run left behind: its exit code, what it counted, and what it said beside its report."""

    code: int
    counts: Mapping[str, int]
    aside: str

    @property
    def verdict(self) -> str:
        """One word for all drafts: the worst that happened."""
        if self.code == Exit.CLEARED:
            return "cleared"
        if self.code == Exit.NOT_CLEARED:
            return "blocked" if self.counts["blocked"] else "needs-person"
        return "could-not-check"


def main() -> None:
    """Run the step."""
    inputs = {key.removeprefix("INPUT_").lower().replace("_", "-"): value.strip()
              for key, value in os.environ.items() if key.startswith("INPUT_")}  # fmt: skip
    lang = language_here(inputs.get("lang") or None)
    try:
        sys.exit(_step(inputs, lang))
    except WrongUsage as error:
        what = say("usage.wrong", lang, {"what": visible(say(error.key, lang, error.values))})
        printing.piece(command_line("error", {"title": "replylint"}, what))
        sys.exit(Exit.USAGE)
    except Exception as error:  # the edge of the step: the code of a defect would be that of a blocked draft
        what = say("cli.action-failed", lang, {"what": visible(str(error) or type(error).__name__)})
        printing.piece(command_line("error", {"title": "replylint"}, what))
        sys.exit(Exit.COULD_NOT_CHECK)


def _step(inputs: Mapping[str, str], lang: Lang) -> int:
    folder = Path(tempfile.mkdtemp(prefix="replylint-", dir=os.environ.get("RUNNER_TEMP")))
    told = _run(inputs, folder, lang)
    _tell("GITHUB_OUTPUT", "".join(f"{k}={v}\n" for k, v in _outputs(told, inputs, folder)))
    if inputs.get("summary") != "false":
        _tell("GITHUB_STEP_SUMMARY", _summary(told, folder))
    return told.code


def command(inputs: Mapping[str, str], folder: Path) -> list[str]:
    """The words after `replylint`; every path and every value stands where it cannot be taken for an option."""
    words = ["check", f"--format={inputs.get('format') or 'github'}", "--color=never"]
    words += [f"--output={form}={folder / name}" for form, name in _FORMATS.items()]
    words += [f"--{flag}={inputs[flag]}" for flag in _FLAGS if inputs.get(flag)]
    if inputs.get("base"):
        words.append(f"--changed={inputs['base']}")
    paths = [line.strip() for line in inputs.get("paths", "").splitlines() if line.strip()]
    return [*words, *_words(inputs.get("args", "")), "--", *paths]


def _words(args: str) -> list[str]:
    """What stands in `args` as a shell would read it. Raises WrongUsage for a quote that is not closed."""
    try:
        return shlex.split(args)
    except ValueError as error:
        raise WrongUsage("usage.action-args", {"args": args}) from error


def _run(inputs: Mapping[str, str], folder: Path, lang: Lang) -> Told:
    words = [sys.executable, "-I", "-X", "utf8", "-m", "replylint", *command(inputs, folder)]
    obeyed = (inputs.get("format") or "github") == "github"
    with _unheard(not obeyed):
        done = subprocess.run(words, stderr=subprocess.PIPE, check=False)
    aside = done.stderr.decode(errors="replace")
    counts = _counts(folder / _FORMATS["json"])
    code = done.returncode if done.returncode in tuple(Exit) else Exit.COULD_NOT_CHECK
    if code == Exit.CLEARED and (counts is None or any(counts[name] for name in _COUNTS[1:])):
        # A run that says all is well must have the report to show for it.
        code, aside = Exit.COULD_NOT_CHECK, aside + say("cli.action-no-report", lang) + "\n"
    if code == Exit.USAGE and any(_not_here(inputs.get(name, "")) for name in ("base", "policy-ref")):
        first = set(inputs.get("base", "")) == {"0"}
        aside += say("cli.action-first-push" if first else "cli.action-history", lang) + "\n"
    _say_aside(aside, code, obeyed)
    return Told(int(code), counts or dict.fromkeys(_COUNTS, 0), aside)


def _not_here(ref: str) -> bool:
    """Whether a state is named that the clone does not have."""
    try:
        return bool(ref) and not commit_of(ref, Path())
    except GitRefusedError:
        return True


def _say_aside(aside: str, code: int, annotated: bool) -> None:
    if aside and annotated:
        level = "error" if code > Exit.NOT_CLEARED else "notice"
        printing.piece(command_line(level, {"title": "replylint"}, aside[:_MOST]))
    elif aside:
        with _unheard(needed=True):
            printing.piece(aside)


@contextmanager
def _unheard(needed: bool) -> Iterator[None]:
    """What is printed meanwhile is no command to the runner."""
    if not needed:
        yield
        return
    word = secrets.token_hex(16)
    printing.line(f"::stop-commands::{word}")
    try:
        yield
    finally:
        printing.piece(f"\n::{word}::\n")


def _counts(report: Path) -> dict[str, int] | None:
    """What the report counts; None when there is no whole report."""
    try:
        summary = json.loads(report.read_text(encoding="utf-8"))["summary"]
        return {name: int(summary[name]) for name in _COUNTS}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _outputs(told: Told, inputs: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str]]:
    yield "verdict", told.verdict
    yield "exit-code", str(told.code)
    yield from ((name.replace("_", "-"), str(number)) for name, number in told.counts.items())
    for output, form in (("report", "json"), ("sarif", "sarif")):
        path = folder / _FORMATS[form]
        yield output, str(path) if path.is_file() else ""
    receipts = inputs.get("receipts", "")
    yield "receipts", str(Path.cwd() / receipts) if receipts and Path(receipts).is_dir() else ""


def _summary(told: Told, folder: Path) -> str:
    """The report as a table, then what was said beside it."""
    report = folder / _FORMATS["markdown"]
    table = report.read_text(encoding="utf-8") if report.is_file() else ""
    lines = "\n".join(html.escape(visible(line)) for line in told.aside[:_MOST].splitlines() if line.strip())
    aside = f"\n<pre>{lines}</pre>\n" if lines else ""
    return f"{table}{aside}\n" if table or aside else ""


def _tell(variable: str, text: str) -> None:
    """Append to a file that the runner reads after the step."""
    file = os.environ.get(variable)
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as out:
            out.write(text)


if __name__ == "__main__":
    main()
