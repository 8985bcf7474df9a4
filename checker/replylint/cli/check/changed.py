"""What has changed in a git repository since another state of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from replylint.cli.usage import WrongUsage


@dataclass(frozen=True)
class Changes:
    """The files that differ from a state of the repository, staged or not, and those git does not know yet.

    since: the state as the user named it. files: real paths.
    """

    since: str
    files: frozenset[str]

    def has(self, path: Path) -> bool:
        """Whether a file has changed."""
        return os.path.realpath(path) in self.files

    def any_in(self, folder: Path) -> bool:
        """Whether anything in a folder has changed."""
        inside = Path(os.path.realpath(folder))
        return any(Path(file).is_relative_to(inside) for file in self.files)


def changes_since(ref: str, folder: Path) -> Changes:
    """What has changed since `ref`, or rather since this branch left it, in the repository that holds a folder.

    Raises WrongUsage where there is no repository, no git, or no such state.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel", ref=ref).rstrip("\n"))
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", ref=ref).strip()
    changed = _git(top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--merge-base", commit, ref=ref)
    unknown = _git(top, "ls-files", "-z", "--others", "--exclude-standard", ref=ref)
    return Changes(ref, frozenset(_real_paths(top, changed + unknown)))


def _real_paths(top: Path, names: str) -> Iterator[str]:
    return (os.path.realpath(top / name) for name in names.split("\0") if name)


def _git(folder: Path, *words: str, ref: str) -> str:
    # A file system monitor is a program that the repository names: nothing of a checked tree is run.
    command = ("git", "-C", str(folder), "-c", "core.fsmonitor=false", *words)
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise WrongUsage("usage.no-git", {"ref": ref}) from error
    if done.returncode:
        key = "usage.no-repository" if "--show-toplevel" in words else "usage.no-ref"
        raise WrongUsage(key, {"ref": ref, "folder": str(folder)})
    return os.fsdecode(done.stdout)
