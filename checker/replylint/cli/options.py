"""Options that several commands have, written once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])
Option = Callable[[_F], _F]

lang_option = click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of messages. [default: the "
                           "locale's]")  # fmt: skip

policy_option = click.option("--policy", "policy_dir", metavar="DIR", help="Folder with contract.yml and rules/. "
                             "[default: from the settings, else a policy/ folder found upward, else the starter "
                             "policy]")  # fmt: skip

colour_option = click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto",
                             help="[default: auto]")  # fmt: skip


def format_option(formats: Sequence[str] = ("text", "json")) -> Option[Any]:
    """--format, of a report that is shown."""
    return click.option("--format", "format_", type=click.Choice(formats), default="text", help="[default: text]")


def written_format_option(formats: Sequence[str] = ("text", "json")) -> Option[Any]:
    """--format, of a report that may be written to a file of --output instead; None where nothing is chosen."""
    help_ = "[default: by the ending of --output, else text]"
    return click.option("--format", "format_", type=click.Choice(formats), help=help_)


def now_option(what: str) -> Option[Any]:
    """--now, as words; what: a sentence that says of what it is the moment."""
    return click.option("--now", metavar="TIME", help=f"{what} [default: the clock]")
