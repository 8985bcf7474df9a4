"""Asking git; nothing of the repository that is asked about is run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class GitRefusedError(Exception):
    """Git did not do what it was asked, or (`there` is False) is not there at all."""

    def __init__(self, there: bool):
        super().__init__(there)
        self.there = there


def git(folder: Path, *words: str, told: bytes = b"") -> bytes:
    """What git prints, in a folder, when it reads `told`. Raises GitRefusedError."""
    # A file system monitor is a program that the repository names.
    command = (_program(), "-C", str(folder), "-c", "core.fsmonitor=false", *words)
    try:
        done = subprocess.run(command, capture_output=True, input=told, env=_environment(), check=False)
    except OSError as error:
        raise GitRefusedError(there=False) from error
    if done.returncode:
        raise GitRefusedError(there=True)
    return done.stdout


def _environment() -> dict[str, str]:
    """Without GIT_DIR, as git sets it for hooks of a linked working tree: any folder asked in would be the top."""
    alone = "GIT_WORK_TREE" not in os.environ
    return {name: value for name, value in os.environ.items() if not (alone and name == "GIT_DIR")}


def _program() -> str:
    """Git as PATH has it, and never one that lies in the checked folder, where Windows would look first.

    Raises GitRefusedError.
    """
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.get_exec_path():
        place = Path(folder) / name
        if place.is_absolute() and os.access(place, os.X_OK) and place.is_file():
            return str(place)
    raise GitRefusedError(there=False)


def names(folder: Path, *words: str) -> tuple[str, ...]:
    """The file names that git prints with -z."""
    return tuple(os.fsdecode(name) for name in git(folder, *words).split(b"\0") if name)


def differing(top: Path, *words: str) -> tuple[str, ...]:
    """The files in which two states differ; repositories in it among them, whatever the tree's settings would hide."""
    return names(top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", *words)


def bases_of(top: Path, commit: str) -> tuple[str, ...]:
    """Where the branch that is checked out left that of a commit: several places if each took the other in."""
    try:
        return tuple(git(top, "merge-base", "--all", "HEAD", commit).decode().split())
    except GitRefusedError:
        return ()


def top_of(folder: Path) -> Path:
    """The folder of the repository that a folder lies in."""
    return Path(os.fsdecode(git(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))


def commit_of(ref: str, folder: Path) -> str:
    """The commit that a branch, tag or commit means; whatever the name is, it is never read as an option."""
    found = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    return found.decode().strip()


def unborn(folder: Path) -> bool:
    """Whether the branch that is checked out awaits its first commit."""
    try:
        branch = git(folder, "symbolic-ref", "--quiet", "HEAD").decode().strip()
        return not git(folder, "for-each-ref", "--format=x", "--", branch)
    except GitRefusedError:  # no branch is checked out, but a commit
        return False


@dataclass(frozen=True)
class Blob:
    """A file of a commit: its name from the top, its bytes, and whether these are where a link leads."""

    name: str
    content: bytes
    link: bool


def blobs(folder: Path, commit: str, suffixes: tuple[str, ...]) -> Iterator[Blob]:
    """The files of a commit with these endings, byte by byte as they were committed: no attribute changes them."""
    found: list[tuple[str, bytes, bool]] = []
    for line in git(folder, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        about, _, path = line.partition(b"\t")
        if about.split(b" ")[1:2] == [b"blob"] and path.lower().endswith(tuple(map(str.encode, suffixes))):
            mode, _, id_ = about.split(b" ")
            found.append((os.fsdecode(path), id_, mode == b"120000"))
    contents = git(folder, "cat-file", "--batch", told=b"".join(id_ + b"\n" for _, id_, _ in found))
    at = 0
    for name, _, link in found:
        start = contents.index(b"\n", at) + 1
        at = start + int(contents[at:start].split(b" ")[2])
        yield Blob(name, contents[start:at], link)
        at += 1
