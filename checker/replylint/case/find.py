"""Which files hold drafts: from what the user names to the files to read, in a stable order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from replylint.case.model import Skipped, Unreadable
from replylint.source.failures import reason_of
from replylint.source.problems import Problem, Saying
from replylint.source.writing import LEFT_OVER

SUFFIXES = (".md", ".txt", ".yml", ".yaml", ".json", ".jsonl", ".ndjson", ".csv")
EMPTY = "case.skipped-empty"

Found = Path | Unreadable | Skipped


def find_files(paths: Iterable[str | Path]) -> Iterator[Found]:
    """The files that the given files, folders and globs stand for, each once.

    A folder is read with all folders below it, in the order of names, except hidden ones and those that hold a
    policy. These, empty ones, hidden files, README files and files of other kinds are `Skipped`; what is named by
    itself never is. What is missing, no regular file, empty of drafts, or leads by a link out of its folder, out of the
    working folder or into `.git`, is `Unreadable`.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _given(path):
            if isinstance(found, Path):
                real = os.path.realpath(found)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def _given(path: str | Path) -> Iterator[Found]:
    given = Path(path)
    if _leads_away(given):
        yield _unreadable(given, "link-leaves", name=given.as_posix())
    elif _is_folder(given):
        yield from _in_folder(given)
    elif _is_there(given):
        yield regular_file(given)
    elif glob.has_magic(str(path)):
        yield from _in_glob(str(path))
    else:
        yield _unreadable(given, "missing" if str(path) != "-" else "missing-dash", name=str(path))


def _in_glob(pattern: str) -> Iterator[Found]:
    matches = _matches(pattern)
    closed = [_unreadable(folder, "cannot-open", name=folder.as_posix(), reason=reason_of(error))
              for folder, error in _closed(pattern)]  # fmt: skip
    yield from closed
    if not matches and not closed:
        yield Unreadable(pattern, pattern, (Problem("case.no-match", values={"name": pattern}),))
    for match in matches:
        # A folder that a pattern like `**` matches is not meant: the files in it are matched by themselves.
        found = Path(match)
        if _leads_away(found):
            yield _unreadable(found, "link-leaves", name=match)
        elif not _is_folder(found):
            yield regular_file(found)


def _is_folder(path: str | Path) -> bool:
    """Whether a folder has this name, as far as one may look."""
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:
        return False


def _is_there(path: Path) -> bool:
    """Whether something has this name; where that cannot be known, opening it will tell why."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return not glob.has_magic(str(path))
    return True


def _matches(pattern: str) -> list[str]:
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns


def _closed(pattern: str) -> Iterator[tuple[Path, OSError]]:
    """The folders in which a pattern looks and cannot, each with the reason: what is in them might have matched."""
    seen: set[str] = set()
    parts = Path(pattern).parts
    for number in range(1, len(parts)):
        for folder in filter(_is_folder, _matches(str(Path(*parts[:number])))):
            error = _shut(folder, parts[number]) if folder not in seen else None
            if error is not None:
                seen.add(folder)
                yield Path(folder), error


def _shut(folder: str, part: str) -> OSError | None:
    """Why nothing can be seen in a folder that matches part of a pattern."""
    try:
        if glob.has_magic(part):
            os.scandir(folder).close()
        else:
            Path(folder, part).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return error
    return None


def _in_folder(folder: Path) -> Iterator[Found]:
    root = Path(os.path.realpath(folder))
    count = 0
    for found in _walk(folder, root):
        count += not isinstance(found, Skipped)
        yield found
    if count == 0:
        yield _unreadable(folder, "nothing-found", name=folder.as_posix())


def _walk(folder: Path, root: Path) -> Iterator[Found]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _unreadable(folder, "cannot-open", name=folder.as_posix(), reason=reason_of(error))
        return
    key = "case.skipped-policy" if _holds_policy(entries) else None if entries or _is_root(folder, root) else EMPTY
    if key is not None:
        yield Skipped(folder.name, folder.as_posix(), Problem(key))
        return
    for entry in entries:
        if entry.name.startswith("."):
            if not entry.name.startswith(LEFT_OVER):  # what a killed run of ours leaves is nobody's draft
                yield Skipped(entry.name, entry.as_posix(), Problem("case.skipped-hidden"))
            continue
        if _is_link(entry) and not _inside(entry, root):
            yield _unreadable(entry, "link-leaves", name=entry.as_posix())
        elif _is_folder(entry):
            # A link to a folder inside is met again under its own name.
            yield from () if _is_link(entry) else _walk(entry, root)
        elif _is_readme(entry):
            yield Skipped(entry.name, entry.as_posix(), Problem("case.skipped-readme"))
        elif entry.suffix.lower() not in SUFFIXES:
            yield Skipped(entry.name, entry.as_posix(), Problem("case.skipped-kind"))
        else:
            yield regular_file(entry)


def _is_root(folder: Path, root: Path) -> bool:
    return Path(os.path.realpath(folder)) == root


def _leads_away(path: Path) -> bool:
    """Whether a path below the working folder leads out of it: a checked tree may hold a link to anything."""
    below = not path.is_absolute() and ".." not in path.parts
    return below and not _inside(path, Path(os.path.realpath(".")))


def _inside(path: Path, root: Path) -> bool:
    """Whether a path leads to somewhere in a folder, and not to what git keeps there, credentials among it."""
    real = Path(os.path.realpath(path))
    return real.is_relative_to(root) and ".git" not in real.relative_to(root).parts


def _holds_policy(entries: list[Path]) -> bool:
    """Whether a contract stands here and no draft beside it: a folder with drafts is never passed over."""
    names = {entry.name for entry in entries if entry.suffix.lower() in SUFFIXES and not _is_readme(entry)}
    return bool(names) and names <= {"contract.yml", "contract.yaml", "waivers.yml"}


def _is_readme(entry: Path) -> bool:
    """`README.md`, `README.zh-TW.md`; a draft that is called `readme-0042.md` is a draft."""
    return entry.name.lower().partition(".")[0] == "readme"


def regular_file(path: Path) -> Path | Unreadable:
    """The path when it is a regular file; a pipe or a device could keep its reader waiting forever."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return _unreadable(path, "cannot-open", name=path.as_posix(), reason=reason_of(error))
    if stat.S_ISDIR(mode):
        return _unreadable(path, "is-folder", name=path.as_posix())
    if not stat.S_ISREG(mode):
        return _unreadable(path, "not-a-file", name=path.as_posix())
    return path


def _unreadable(path: Path, key: str, **values: Saying) -> Unreadable:
    return Unreadable(path.name or str(path), path.as_posix(), (Problem(f"case.{key}", values=values),))
