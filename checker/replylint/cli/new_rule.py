"""`replylint new-rule`: a rule that works and is to be changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import click

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.cli.options import lang_option
from replylint.cli.telling import could_not
from replylint.cli.usage import WrongUsage
from replylint.language.files import RULES
from replylint.language.format import format_file
from replylint.language.parse import parse
from replylint.source.messages import Lang, say
from replylint.source.resources import grammar_text
from replylint.source.spans import Source
from replylint.source.writing import create_file, not_written


@click.command("new-rule")
@click.argument("name")
@click.option("--policy", "policy_dir", metavar="DIR", help="Folder of the policy. [default: the one found from here]")
@click.option("--keywords", type=click.Choice(["en", "zh"]), help="Language of the keywords. [default: the reader's]")
@lang_option
def new_rule(name: str, policy_dir: str | None, keywords: str | None, lang: str | None) -> int:
    """Write a new rule with examples, ready to be changed.

    \b
    replylint new-rule no-free-parking
    """
    if not re.fullmatch(r"[^\W\d][\w-]*", name):
        raise WrongUsage("usage.rule-name", {"name": name})
    here = ground(policy_dir, lang)
    folder, spoken = here.folder, here.lang
    if folder.starter:
        raise WrongUsage("usage.no-policy-here")
    path = folder.path / RULES / f"{name}.rules"
    shown = f"{folder.shown}/{RULES}/{name}.rules"
    if path.exists():  # told before anything else that might be wrong
        raise WrongUsage("usage.already-there", {"path": shown})
    written_in = cast("Lang", keywords) if keywords else spoken
    template = grammar_text("new.rules").replace("new-rule-name", name)
    template = template.replace("new-rule-page", say("cli.new-rule-page", written_in))
    parsed = parse(Source(shown, template))
    if parsed.problems:
        raise WrongUsage("usage.keyword-name", {"name": name})
    try:
        create_file(path, format_file(parsed.file, written_in))
    except FileExistsError as error:
        raise WrongUsage("usage.already-there", {"path": shown}) from error
    except OSError as error:
        return could_not(not_written(Path(shown), error), spoken)
    printing.line(say("cli.rule-written", spoken, {"path": shown}))
    return Exit.CLEARED
