"""`replylint completion`: lets the shell finish words, and the names of rules."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from replylint.cli import printing
from replylint.cli.exits import Exit
from replylint.cli.ground import ground
from replylint.language.files import RULES

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print what makes a shell complete commands, options and the names of rules.

    \b
    replylint completion bash >> ~/.bashrc
    replylint completion zsh >> ~/.zshrc
    replylint completion fish > ~/.config/fish/completions/replylint.fish
    """
    found = get_completion_class(shell)
    assert found is not None, shell
    printing.piece(found(ctx.find_root().command, {}, "replylint", "_REPLYLINT_COMPLETE").source() + "\n")
    return Exit.CLEARED


def rule_names(ctx: click.Context, _: click.Parameter, beginning: str) -> list[CompletionItem]:
    """The names of the rules of the policy in use, by their files, for words to be completed."""
    try:
        folder = ground(ctx.params.get("policy_dir"), None).folder
    except click.UsageError:
        return []
    names = sorted(path.stem for path in (folder.path / RULES).glob("*.rules"))
    return [CompletionItem(name) for name in names if name.startswith(beginning)]
