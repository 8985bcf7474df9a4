"""`replylint hook`: the drafts of a commit, called by pre-commit with the names of the files in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import click

from replylint.cli import printing
from replylint.cli.check.changed import Changes, real_paths, repository
from replylint.cli.check.command import judge
from replylint.cli.check.options import Asked, check_options
from replylint.cli.check.revision import RunGround, ground_of_run
from replylint.cli.exits import Exit
from replylint.cli.git import GitRefusedError, differing, git, names
from replylint.cli.settings import DRAFTS, SETTINGS_FILES, drafts_in, settings_for
from replylint.cli.usage import WrongUsage
from replylint.source.messages import say

_POLICY = (".rules", ".yml", ".yaml", ".toml")
_HERE = "HEAD"


class _Named(click.Command):
    """A command whose words after `--` are names of files, whatever they look like."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; raises WrongUsage where names could be taken for options."""
        if args and "--" not in args and not {"-h", "--help"} & set(args):
            raise WrongUsage("usage.hook-names", ctx=ctx)
        return super().parse_args(ctx, args)


@click.command(
    cls=_Named,
    epilog="Where drafts lie is `drafts` in replylint.toml or [tool.replylint] of pyproject.toml, a list of folders; "
    'else it is ["drafts"].',
)
@check_options
def hook(**words: Any) -> int:
    """Check those of the named files that are drafts; pre-commit calls this.

    All drafts are checked when the policy, the settings or the waivers are to be committed, too. The names stand after
    `--`, so that a draft named `--help` is a draft.

    \b
    replylint hook -- drafts/0042.md policy/contract.yml
    """
    asked = Asked(**words, **_NOT_ASKED)
    top = repository(_HERE, Path(), "hook")
    folders = _folders(top)
    asked, named = replace(asked, paths=folders), asked.paths
    with ground_of_run(asked.policy_dir, asked.policy_ref, folders, asked.lang) as found:
        _only_known(found, top)
        changes = Changes(_HERE, real_paths(Path(), named) | real_paths(top, _committed(top)))
        if asked.policy_ref is None and changes.bear_on_all(found.folder.path):
            named = tuple(os.path.relpath(top / name) for name in names(top, "ls-files", "-z"))
        # By their names, not by where these lead: a link that leads away is for `judge` to tell.
        if any(PurePath(name).is_relative_to(folder) for name in named for folder in folders):
            return judge(asked, found, Changes(_HERE, real_paths(Path(), named)))
        printing.line(say("cli.no-draft-named", found.lang, {"number": str(len(named)), "folders": folders}))
        return Exit.CLEARED


# What is checked is what git names: neither of these could be heard.
_NOT_ASKED: Mapping[str, Any] = {"stdin_filename": None, "changed": None}
hook.params = [parameter for parameter in hook.params if parameter.name not in _NOT_ASKED]


def _folders(top: Path) -> tuple[str, ...]:
    """The folders of drafts that are there, as seen from here."""
    settings, file = settings_for(Path.cwd())
    found = drafts_in(settings, file.parent if file is not None else top)
    if not found:
        raise WrongUsage("usage.hook-no-drafts", {"names": tuple(settings.get("drafts", DRAFTS))})
    return found


def _committed(top: Path) -> Sequence[str]:
    """What is to be committed, or pushed, or lies between two commits: also what is deleted, which is not named."""
    start, end = os.environ.get("PRE_COMMIT_FROM_REF"), os.environ.get("PRE_COMMIT_TO_REF")
    try:
        if start and end:
            return differing(top, "--end-of-options", f"{start}...{end}")
        return differing(top, "--cached", _last(top))
    except GitRefusedError as error:
        raise WrongUsage("usage.no-ref", {"ref": start or _HERE, "option": "hook"}) from error


def _last(top: Path) -> str:
    """The last commit; before the first one, the tree with nothing in it."""
    try:
        return git(top, "rev-parse", "--verify", "--quiet", _HERE).decode().strip()
    except GitRefusedError:
        return git(top, "hash-object", "-t", "tree", "--stdin").decode().strip()


def _only_known(found: RunGround, top: Path) -> None:
    """Raises WrongUsage where a policy's file lies there that the commit will not have, but the verdict would."""
    for name in _unknown(found, top):
        raise WrongUsage("usage.hook-unknown", {"name": name})


def _unknown(found: RunGround, top: Path) -> Iterator[str]:
    folder, root = Path(os.path.realpath(found.folder.path)), Path(os.path.realpath(top))
    policy = [folder.relative_to(root).as_posix()] if folder.is_relative_to(root) else []
    places = (f":(top,literal){place}" for place in (*policy, *SETTINGS_FILES))
    for name in names(top, "ls-files", "-z", "--others", "--", *places):
        if PurePath(name).suffix in _POLICY:
            yield name
