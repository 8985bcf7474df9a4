"""The command `replylint`. Each command's module is loaded only when it is called: starting up must cost nothing."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import signal
import sys
from typing import NoReturn

import click

from replylint import __version__
from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.help import SpokenContext
from replylint.cli.screen import take_any_character
from replylint.cli.usage import (
    Filled,
    FilledPath,
    Group,
    WrongUsage,
    failure,
    interrupted,
    no_output,
    reader,
    spoken_below,
    told,
)
from replylint.source.components import ComponentError

_COMMANDS = {
    "approve": "replylint.cli.approve:approve",
    "audit": "replylint.cli.audit:audit",
    "check": "replylint.cli.check.command:check",
    "completion": "replylint.cli.completion:completion",
    "drill": "replylint.cli.drill:drill",
    "eval": "replylint.cli.eval:evaluate",
    "explain": "replylint.cli.explain:explain",
    "facts": "replylint.cli.facts:facts",
    "fmt": "replylint.cli.fmt:fmt",
    "hook": "replylint.cli.hook:hook",
    "init": "replylint.cli.init.command:init",
    "keygen": "replylint.cli.keygen:keygen",
    "new-rule": "replylint.cli.new_rule:new_rule",
    "policy": "replylint.cli.policy:policy",
    "schema": "replylint.cli.schema:schema",
    "sla": "replylint.cli.sla:sla",
    "test": "replylint.cli.examples:test",
    "triage": "replylint.cli.triage:triage",
    "verify": "replylint.cli.verify:verify",
    "waive": "replylint.cli.waive:waive",
}


class _Lazy(Group):
    context_class = SpokenContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return _spoken(command)

    def invoke(self, ctx: click.Context) -> object:
        """As click does it, which would end the program with 1, as if a draft was blocked, when a pipe is closed."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _CutError from error
        except ComponentError as error:
            raise WrongUsage(error.key, {"name": error.name}) from error


class _CutError(Exception):
    """Whoever read the output went away before its end."""


def _spoken(command: click.Command) -> click.Command:
    """The command, and those below it, with help in the reader's language, with names of files that complete.

    No parameter that may hold any text takes an empty one: that is a variable of a script that was never set.
    """
    command.context_class = SpokenContext
    for parameter in command.params:
        if isinstance(parameter.type, click.types.StringParamType):
            # Shells know how to complete paths; neither type changes a value.
            parameter.type = FilledPath() if _names_a_file(parameter) else Filled()
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _spoken(below)
    return command


_FILES = ("DIR", "FILE", "draft", "directory", "path", "paths", "policy_dir")


def _names_a_file(parameter: click.Parameter) -> bool:
    """Whether a parameter that may hold any text names a file or a folder."""
    what = parameter.name if isinstance(parameter, click.Argument) else parameter.metavar
    return what in _FILES


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of messages. [default: the locale's]")
@click.pass_context
def cli(ctx: click.Context, lang: str | None) -> None:
    """Check drafted replies to public reviews against a brand's rules and contract.

    \b
    Exit codes: 0 all drafts cleared · 1 a draft is blocked or needs a person
                2 wrong usage        · 3 could not check
    """
    if lang is not None and ctx.invoked_subcommand is not None:
        command = cli.get_command(ctx, ctx.invoked_subcommand)
        ctx.default_map = {ctx.invoked_subcommand: spoken_below(command, lang)}


def main() -> None:
    """Run the command line and exit with one of the four codes, whatever happens."""
    # A policy is some hundred thousand small objects that all stay; looking for garbage among them while they are made
    # takes a fifth of a short run.
    gc.set_threshold(200_000, 20, 100)
    # Nor is it worth looking through them when everything ends, which takes a tenth of the time of checking one draft.
    atexit.register(gc.freeze)
    _end_as_interrupted()
    try:
        code = _run() if _streams() else Exit.COULD_NOT_CHECK
    except Exception:  # the edge of the program: a defect must never look like a verdict
        import traceback

        printing.piece(traceback.format_exc(), aside=True)
        # Spelt out here in both languages: what went wrong may be the reading of messages.
        printing.line("internal error: nothing is cleared; please report the lines above", aside=True)
        printing.line("程式內部錯誤：沒有任何草稿獲得放行；請回報以上內容", aside=True)
        code = Exit.COULD_NOT_CHECK
    sys.exit(code)


def _end_as_interrupted() -> None:
    """Take being told to end, as at a time limit, like being interrupted: what is half written is cleared away."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: ending must not be interrupted
    raise KeyboardInterrupt


def _streams() -> bool:
    """Whether there is somewhere to write to, which is told if not.

    A program that was started with a closed stream would give its number to the first file that it opens, and whatever
    is printed would go there.
    """
    heard = sys.stdout is not None
    # In the order of their numbers, because a new file gets the lowest that is free.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    take_any_character()
    if not heard:
        printing.line(no_output(reader(sys.argv[1:])), aside=True)
    return heard


def _run() -> int:
    """The exit code of the command; everything that is not a defect of this program is told."""
    try:
        code = cli.main(prog_name="replylint", standalone_mode=False)
        # A pipe that was closed early shows only when what is left is written out.
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return Exit.USAGE
    except click.ClickException as error:
        printing.piece(told(error, reader(sys.argv[1:])) + "\n", aside=True)
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        printing.line(interrupted(reader(sys.argv[1:])), aside=True)
        return Exit.COULD_NOT_CHECK
    except (BrokenPipeError, _CutError):
        # The reader went away; say nothing more, but a cut report is no clearance.
        _abandon_output()
        return Exit.COULD_NOT_CHECK
    except OSError as error:
        printing.line(failure(error, reader(sys.argv[1:])), aside=True)
        _abandon_output()
        return Exit.COULD_NOT_CHECK
    return code if isinstance(code, int) else 0


def _abandon_output() -> None:
    """What is still to be written goes nowhere, so that it cannot fail once more while Python shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
