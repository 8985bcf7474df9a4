"""`replylint audit verify`: is the audit log as it was written?"""

from __future__ import annotations

from pathlib import Path

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.options import lang_option
from replylint.cli.settings import language_here
from replylint.cli.telling import could_not, help_line
from replylint.cli.usage import Group
from replylint.receipts.chain import Found, examine
from replylint.render.visible import visible
from replylint.source.failures import reason_of
from replylint.source.messages import Lang, describe, say
from replylint.source.problems import Problem

_MOST_SHOWN = 20


@click.group(cls=Group)
def audit() -> None:
    """Look at the audit log that `check --audit` keeps."""


@audit.command()
@click.argument("path", metavar="FILE")
@click.option("--head", metavar="DIGEST", help="What an earlier run named as the last line: it must be there.")
@lang_option
def verify(path: str, head: str | None, lang: str | None) -> int:
    """Say whether every line of a log is there and as it was written, and where not.

    \b
    replylint audit verify audit.log
    replylint audit verify audit.log --head sha256:41af…

    \b
    Exit codes: 0 intact · 1 changed or cut · 2 wrong usage · 3 could not be read, or no log
    """
    spoken = language_here(lang)
    try:
        with Path(path).open("rb") as stream:
            found = examine(stream, head)
    except OSError as error:
        return could_not(Problem("receipts.unreadable", values={"path": path, "reason": reason_of(error)}), spoken)
    if found.last is None:
        return could_not(Problem("receipts.not-a-log", values={"path": path}), spoken)
    _tell(found, path, spoken)
    return Exit.NOT_CLEARED if found.problems else Exit.CLEARED


def _tell(found: Found, path: str, lang: Lang) -> None:
    for problem in found.problems[:_MOST_SHOWN]:
        sentence, advice = describe(problem, lang)
        printing.line(say("receipts.log-wrong", lang, {"path": path, "what": visible(sentence)}))
        if advice:
            printing.line(help_line(advice, lang))
    if len(found.problems) > _MOST_SHOWN:
        printing.line(say("receipts.log-more", lang, {"number": str(len(found.problems) - _MOST_SHOWN)}))
    for line in found.torn:
        printing.line(say("receipts.log-torn", lang, {"path": path, "line": str(line)}))
    assert found.last is not None
    key = "receipts.log-not-intact" if found.problems else "receipts.log-intact"
    printing.line(say(key, lang, {"path": path, "lines": str(found.lines), "head": found.last.digest}))

