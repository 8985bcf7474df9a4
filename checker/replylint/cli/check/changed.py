"""What has changed in a git repository since another state of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from replylint.cli.git import GitRefusedError, bases_of, commit_of, differing, names, top_of, unborn
from replylint.cli.settings import SETTINGS_FILES
from replylint.cli.usage import WrongUsage
from replylint.language.files import CONTRACT, WAIVERS

_ALL_REST_ON = (*SETTINGS_FILES, CONTRACT, WAIVERS, ".pre-commit-config.yaml")


@dataclass(frozen=True)
class Changes:
    """The files that differ from a state of the repository, staged or not, and those git does not know yet.

    since: the state as the user named it. files: real paths.
    """

    since: str
    files: frozenset[str]

    def has(self, path: Path) -> bool:
        """Whether a file has changed, or a repository in the repository that holds it, which git names as a whole."""
        real = os.path.realpath(path)
        return real in self.files or any(str(folder) in self.files for folder in Path(real).parents)

    def any_in(self, folder: Path) -> bool:
        """Whether anything in a folder has changed."""
        inside = Path(os.path.realpath(folder))
        return any(Path(file).is_relative_to(inside) for file in self.files)

    def bear_on_all(self, policy: Path) -> bool:
        """Whether something has changed that every verdict rests on: the policy, settings, waivers, which replylint.

        It may be gone by now, or have come, so that what is looked at is also any file of such a name.
        """
        return self.any_in(policy) or any(_rests_on(PurePath(file)) for file in self.files)


def _rests_on(file: PurePath) -> bool:
    return file.name in _ALL_REST_ON or file.suffix == ".rules"


def changes_since(ref: str, folder: Path, option: str = "--changed") -> Changes:
    """What has changed since `ref`, or rather since this branch left it, in the repository that holds a folder.

    option: which option names the state, for what is told. Raises WrongUsage where there is no repository, no git, or
    no such state, or one that has nothing in common with what is checked out.
    """
    top = repository(ref, folder, option)
    try:
        if ref == "HEAD" and unborn(top):  # before the first commit, everything is new
            changed = names(top, "ls-files", "-z")
        else:
            bases = bases_of(top, commit_of(ref, top))
            if not bases:
                raise WrongUsage("usage.no-common", {"ref": ref, "option": option})
            changed = tuple(name for base in bases for name in differing(top, base))
        unknown = names(top, "ls-files", "-z", "--others", "--exclude-standard")
    except GitRefusedError as error:
        raise WrongUsage("usage.no-ref", {"ref": ref, "option": option}) from error
    return Changes(ref, real_paths(top, changed + unknown))


def repository(ref: str, folder: Path, option: str) -> Path:
    """The top of the repository in which a state is looked for that an option names."""
    try:
        return top_of(folder)
    except GitRefusedError as error:
        key = "usage.no-repository" if error.there else "usage.no-git"
        raise WrongUsage(key, {"ref": ref, "folder": str(folder), "option": option}) from error


def real_paths(top: Path, found: Iterable[str]) -> frozenset[str]:
    """The real paths of files named from the top of a repository."""
    return frozenset(os.path.realpath(top / name) for name in found)
