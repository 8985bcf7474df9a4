"""The policy as it stands in another state of the repository, such as the branch that a change is proposed for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from replylint.cli.ground import Ground, ground
from replylint.cli.settings import PolicyFolder, find_policy, settings_for
from replylint.cli.usage import WrongUsage

if TYPE_CHECKING:
    from replylint.cli.git import Blob

_SHOWN = 12  # digits of a commit's name
_POLICY_FILES = (".rules", ".yml", ".yaml", ".toml", ".json")


@dataclass(frozen=True)
class RunGround(Ground):
    """What a run of `check` stands on.

    tree, here: where the state of the repository is that all of it is taken from, and how the working folder is called
    in it; None where the files count that are there.
    """

    tree: Path | None = None
    here: Path = Path()

    def baseline(self, path: str) -> Path:
        """Where a baseline is read: whoever proposes drafts must not propose with them what of them is let pass.

        Only one that lies outside of the repository is read from there. Raises WrongUsage.
        """
        if self.tree is None or _outside(path, self.here):
            return Path(path)
        return _within(self.tree, self.here, path)


@contextmanager
def ground_of_run(
    policy_dir: str | None, ref: str | None, drafts: tuple[str, ...], lang: str | None
) -> Iterator[RunGround]:
    """The policy and the settings for drafts, from the files that are there or, with `ref`, from that state of git.

    With `ref` nothing of the working tree counts. Raises WrongUsage where the state or the policy is not there.
    """
    if ref is None:
        found = ground(policy_dir, lang, drafts)
        yield RunGround(found.folder, found.settings, found.file, lang)
        return
    # Loaded late, as all that speaks with git: most runs take the files that are there.
    import tempfile

    from replylint.cli.check.changed import repository

    top = repository(ref, Path(), "--policy-ref")
    here = Path(os.path.relpath(Path.cwd(), top))
    with tempfile.TemporaryDirectory(prefix="replylint-") as name:
        tree = Path(os.path.realpath(name))
        shown = _write_out(ref, top, tree)
        settings, file = settings_for(tree / here, tree)
        chosen = None if policy_dir is None else str(_within(tree, here, policy_dir))
        if chosen is not None and not Path(chosen).is_dir():
            raise WrongUsage("usage.no-policy-folder", {"name": f"{shown}:{policy_dir}"})
        folder = find_policy(chosen, [str(_within(tree, here, draft)) for draft in drafts], settings, file, tree)
        yield RunGround(_renamed(folder, tree, shown), settings, file, lang, tree, here)


def _write_out(ref: str, top: Path, tree: Path) -> str:
    """Write what a policy is made of in a state of a repository to a folder; the state's name, short."""
    from replylint.cli.git import GitRefusedError, blobs, commit_of

    try:
        commit = commit_of(ref, top)
        for blob in blobs(top, commit, _POLICY_FILES):
            _write(blob, tree, ref)
    except GitRefusedError as error:
        raise WrongUsage("usage.no-ref", {"ref": ref, "option": "--policy-ref"}) from error
    return commit[:_SHOWN] if commit.startswith(ref) else ref


def _write(blob: Blob, tree: Path, ref: str) -> None:
    path = tree / blob.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not blob.link:
        path.write_bytes(blob.content)
        return
    if not Path(os.path.realpath(path.parent / os.fsdecode(blob.content))).is_relative_to(tree):
        raise WrongUsage("usage.ref-link", {"ref": ref, "name": blob.name})
    path.symlink_to(os.fsdecode(blob.content))


def _outside(path: str, here: Path) -> bool:
    """Whether a path leads out of the repository; `here` is the working folder as seen from its top."""
    return Path(os.path.normpath(here / os.path.relpath(path))).parts[:1] == ("..",)


def _within(tree: Path, here: Path, path: str) -> Path:
    """Where a path of the working tree stands in a state of it; what lies outside has no place there."""
    given = Path(os.path.relpath(path)) if Path(path).is_absolute() else Path(path)
    place = Path(os.path.normpath(tree / here / given))
    if not place.is_relative_to(tree):
        raise WrongUsage("usage.outside-repository", {"name": path})
    return place


def _renamed(folder: PolicyFolder, tree: Path, ref: str) -> PolicyFolder:
    """The policy as people know it: by its place in the repository, after the state's name."""
    if not folder.path.is_relative_to(tree):
        return folder
    return PolicyFolder(folder.path, f"{ref}:{folder.path.relative_to(tree).as_posix()}")
