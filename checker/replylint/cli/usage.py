"""Wrong usage of the command line, told in one sentence in the reader's language.

What speaks is imported only when something is wrong: every start of the program loads this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from replylint.source.messages import Lang
    from replylint.source.problems import Saying
    from replylint.source.spans import Location

_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)$", re.DOTALL)


class WrongUsage(click.UsageError):
    """Wrong usage that a command finds itself: the key of its sentence and what the sentence names.

    where: the place in the settings that is at fault, if it is one of theirs.
    """

    def __init__(
        self, key: str, values: Mapping[str, Saying] | None = None, ctx: click.Context | None = None,
        where: Location | None = None,
    ):  # fmt: skip
        super().__init__(key, ctx)
        self.key, self.where = key, where
        self.values: Mapping[str, Saying] = values or {}


class Filled(click.types.StringParamType):
    """Any text that is not blank."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text as it is. Raises WrongUsage when there is nothing in it."""
        return super().convert(_filled(value, param, ctx), param, ctx)


class FilledPath(click.Path):
    """The name of a file or a folder, which may be missing, but not blank."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name as it is. Raises WrongUsage when there is nothing in it."""
        return super().convert(_filled(value, param, ctx), param, ctx)


def _filled(value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
    if param is not None and isinstance(value, str) and not value.strip():
        key = "usage.no-value" if isinstance(param, click.Option) else "usage.missing"
        raise WrongUsage(key, {"name": _called(param)}, ctx)
    return value


class Group(click.Group):
    """A group of commands that tells an unknown command with the one that was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; raises WrongUsage for a word that is no command."""
        if args and not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            known = self.list_commands(ctx)
            raise WrongUsage("usage.no-command", {"name": args[0], "more": near(args[0], known) or _any_of(known)}, ctx)
        return super().resolve_command(ctx, args)


def spoken_below(command: click.Command | None, lang: str) -> dict[str, Any]:
    """Click's defaults for a command, and for those below it, when the language was chosen before it."""
    if not isinstance(command, click.Group):
        return {"lang": lang}
    return {name: spoken_below(below, lang) for name, below in command.commands.items()}


def reader(words: Sequence[str]) -> Lang:
    """The reader's language, for words that could not be understood as a whole."""
    from replylint.cli.settings import language_here

    return language_here(_chosen(words))


def _chosen(words: Sequence[str]) -> str | None:
    for word, after in pairwise((*words, "")):
        if word == "--":
            return None
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def told(error: click.ClickException, lang: Lang) -> str:
    """What is wrong with the usage, and where to read on: one line, or the place with its words, without its end."""
    if isinstance(error, WrongUsage) and error.where is not None:
        return "\n".join(_shown(error.key, error.where, error.values, lang))
    from replylint.render.visible import visible
    from replylint.source.messages import say

    sentence = next((say(key, lang, values) for key, values in _said(error)), error.format_message())
    line = say("usage.wrong", lang, {"what": sentence})
    if isinstance(error, click.UsageError) and error.ctx is not None:
        line += say("usage.see", lang, {"command": f"{error.ctx.command_path} --help"})
    return visible(line)


def _shown(key: str, where: Location, values: Mapping[str, Saying], lang: Lang) -> Iterator[str]:
    from replylint import __version__
    from replylint.render.options import Options
    from replylint.render.problems import problem_lines
    from replylint.source.problems import Problem

    return problem_lines(Problem(key, where, values), Options(__version__, lang, False))


def failure(error: OSError, lang: Lang) -> str:
    """That a file, or the output, could not be read or written: one line without its end."""
    from replylint.source.failures import reason_of
    from replylint.source.messages import say
    from replylint.source.problems import Said

    values = {"name": str(error.filename or ""), "reason": reason_of(error)}
    return say("cli.failed", lang, {"what": Said("cli.no-access" if error.filename else "cli.no-output", values)})


def no_output(lang: Lang) -> str:
    """That nobody can read what is printed: one line without its end."""
    from replylint.source.messages import say
    from replylint.source.problems import Said

    return say("cli.failed", lang, {"what": Said("cli.closed-output")})


def interrupted(lang: Lang) -> str:
    """What is said when the user stops the program."""
    from replylint.source.messages import say

    return say("usage.interrupted", lang)


def near(word: str, known: Sequence[str]) -> Saying:
    """A question after the known name that `word` may be a slip of; nothing when there is none."""
    from replylint.language.near import nearest
    from replylint.source.problems import Said

    meant = nearest(word, known)
    return Said("usage.near", {"near": meant}) if meant else ""


def _any_of(known: Sequence[str]) -> Saying:
    from replylint.source.problems import Said

    return Said("usage.any-of", {"known": tuple(known)})


_Sentence = tuple[str, "Mapping[str, Saying]"]


def _said(error: click.ClickException) -> Iterator[_Sentence]:
    """The sentence for an error; nothing for one of click's that has none here."""
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            yield from sentence(error)
            return


def _wrong(error: Any) -> Iterator[_Sentence]:
    yield error.key, error.values


def _option(error: Any) -> Iterator[_Sentence]:
    parameters = error.ctx.command.get_params(error.ctx)
    named = next((p for p in parameters if isinstance(p, click.Argument) and _is_meant(p, error.option_name)), None)
    if named is not None:
        command = f"{error.ctx.command_path} {_called(named)}"
        yield "usage.no-option-needed", {"name": error.option_name, "command": command}
        return
    known = [name for parameter in parameters for name in parameter.opts if name.startswith("--")]
    yield "usage.no-option", {"name": error.option_name, "near": near(error.option_name, known)}


def _missing(error: Any) -> Iterator[_Sentence]:
    if error.param is not None:
        yield "usage.missing", {"name": _name(error)}


def _value(error: Any) -> Iterator[_Sentence]:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        yield "usage.choice", {"name": _name(error), "known": tuple(str(choice) for choice in kind.choices)}
    elif isinstance(kind, click.IntRange):
        yield "usage.number", {"name": _name(error), "least": str(kind.min), "most": str(kind.max)}


def _no_value(error: Any) -> Iterator[_Sentence]:
    yield "usage.no-value", {"name": error.option_name}


def _plain(error: Any) -> Iterator[_Sentence]:
    """Click has no kind of its own for words too many, so its sentence is looked at."""
    found = _TOO_MANY.match(error.message)
    if found is not None:
        yield "usage.too-many", {"words": found[1]}


def _name(error: Any) -> str:
    return _called(error.param)


def _called(parameter: click.Parameter) -> str:
    """A parameter as people write or read it: `--reason`, `DRAFT`."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return str(parameter.metavar or parameter.name).strip("[].").upper()


def _is_meant(argument: click.Argument, option: str) -> bool:
    """Whether somebody wrote `--rule NAME` where the command takes RULE by itself."""
    return option.lower() == f"--{_called(argument).lower()}"


# The more special kinds of errors first.
_SENTENCES: Sequence[tuple[type[click.ClickException], Callable[[Any], Iterator[_Sentence]]]] = (
    (WrongUsage, _wrong),
    (click.NoSuchOption, _option),
    (click.MissingParameter, _missing),
    (click.BadParameter, _value),
    (click.BadOptionUsage, _no_value),
    (click.UsageError, _plain),
)
