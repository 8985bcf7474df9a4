"""The files of a policy's folder: which there are, and their texts."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from replylint.source.failures import reason_of
from replylint.source.names import section
from replylint.source.problems import Problem
from replylint.source.resources import starter_policy
from replylint.source.spans import Location, Source, Span
from replylint.source.unmerged import unmerged

CONTRACT, RULES, LEXICON, WAIVERS = "contract.yml", "rules", "lexicon", "waivers.yml"
"""What stands in a policy's folder."""

# Ten thousand lines of rules; whatever is larger was not written by a person.
MOST_CHARACTERS = 2_000_000
WEIGHTS, COUNTS, VECTORS = ".weights", ".counts", ".vectors"
_KNOWN = (".rules", WEIGHTS, COUNTS, VECTORS, ".py", ".pyc")


def rule_files(folder: Path) -> tuple[Path, ...]:
    """The rule files below a folder in a stable order; hidden files are left out. Raises OSError."""
    found = (path for path in _below(folder) if path.suffix == ".rules" and not _hidden(path.relative_to(folder)))
    return tuple(sorted(found, key=lambda path: path.as_posix()))


def made_files(folder: Path, suffix: str) -> tuple[Path, ...]:
    """The files in a folder that are made, not written: `.weights`, `.counts` or `.vectors`, in a stable order."""
    return tuple(sorted(folder.glob(f"*{suffix}"), key=lambda path: path.as_posix()))


def policy_digest(folder: Path) -> str | None:
    """The digest of the bytes of everything that a policy's verdicts may depend on; None where it cannot be read.

    Nothing is looked into: any change counts, also of a file that the policy has no use for, such as the starter
    lexicon beside one of its own.
    """
    digest = hashlib.sha256()
    starter = starter_policy()
    try:
        files = [folder / name for name in (CONTRACT, WAIVERS) if os.path.lexists(folder / name)]
        parts = (folder / RULES, folder / LEXICON, *((starter / LEXICON,) if starter != folder else ()))
        for path in (*files, *(path for part in parts for path in sorted(_below(part)))):
            if not path.is_file():
                return None
            content = path.read_bytes()
            digest.update(b"%s %d " % (os.fsencode(path), len(content)))
            digest.update(content)
    except OSError:
        return None
    return digest.hexdigest()


def unread_files(folder: Path) -> tuple[Path, ...]:
    """The files below a folder that are no rule files, and are not hidden, a README or Python's. Raises OSError."""
    found = (p for p in _below(folder) if p.is_file() and p.suffix not in _KNOWN)
    kept = (p for p in found if not _hidden(p.relative_to(folder)) and not p.name.upper().startswith("README"))
    return tuple(sorted(kept, key=lambda path: path.as_posix()))


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, if there is one. A folder that cannot be read is no folder without rules."""
    if folder.is_dir():
        for parent, _, names in os.walk(folder, onerror=_refuse):
            yield from (Path(parent, name) for name in names)


def _refuse(error: OSError) -> NoReturn:
    raise error


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_source(path: Path, shown: str | None = None) -> Source | Problem:
    """A rule file's text, or why it cannot be read."""
    name = shown or path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        nowhere = Location(Source(name, ""), Span(0, 0))
        return Problem("language.unreadable-file", nowhere, {"reason": reason_of(error)})
    return decode(raw, name)


def decode(raw: bytes, name: str) -> Source | Problem:
    """The text of a rule file's bytes: UTF-8, with or without a byte order mark."""
    nowhere = Location(Source(name, ""), Span(0, 0))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Problem("language.utf16", nowhere)
        where = _line_of(raw, error.start, name)
        return Problem("language.big5" if _looks_like_big5(raw) else "language.not-utf8", where)
    if "\0" in text:
        return Problem("language.binary", nowhere)
    if len(text) > MOST_CHARACTERS:
        return Problem("language.too-large", nowhere, {"limit": f"{MOST_CHARACTERS:,}"})
    source = Source(name, text)
    return unmerged(source) or source


def _line_of(raw: bytes, at: int, name: str) -> Location:
    """The place of a byte that is no text, in its line."""
    start = raw.rfind(b"\n", 0, at) + 1
    line = raw[start:].partition(b"\n")[0].decode("utf-8", "replace")
    offset = len(raw[start:at].decode())
    return Location(Source(name, line, raw.count(b"\n", 0, start) + 1), Span(offset, offset + 1))


def _looks_like_big5(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 are Chinese text and keywords in the usual encoding of older Taiwanese files."""
    try:
        text = raw.decode("cp950")
    except UnicodeDecodeError:
        return False
    return any(keyword in text for keyword in section("keywords").all_spellings("zh") if len(keyword) > 1)
