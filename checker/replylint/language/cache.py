"""The compiled lexicon, kept between runs.

Thousands of wordings take a second to parse and compile. What came of it is kept as JSON under the digest of everything
it was made from, with a digest of its own: a cache that is stale, cut short or altered is not used, and a folder that
cannot be written to only costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from replylint.facts.compile import Matcher
from replylint.facts.stored import from_plain, to_plain
from replylint.source.resources import grammar_text
from replylint.source.spans import Source
from replylint.source.version import VERSION

_DIGEST = 64
# Every change of a wording makes a new file; the latest few are worth keeping, for branches and tests.
_FILES = 8


def cache_folder() -> Path | None:
    """Where caches are kept: `REPLYLINT_CACHE`, else the user's cache folder; None when there is no home."""
    stated = os.environ.get("REPLYLINT_CACHE")
    if stated:
        return Path(stated)
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(base) / "replylint" if base else Path.home() / ".cache" / "replylint"
    except RuntimeError:
        return None


def key_of(texts: Iterable[str]) -> str:
    """The digest of everything a lexicon depends on: its texts, the names they use, and the tool's version."""
    digest = hashlib.sha256(f"{VERSION} {sys.version_info[:2]}".encode())
    for text in (grammar_text("names.yml"), grammar_text("rules.lark"), *texts):
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()


def recall(key: str, sources: Sequence[Source]) -> Matcher | None:
    """The matcher kept under a key, its wordings placed in the given sources; None when there is none to be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        kept = (folder / f"lexicon-{key}.json").read_bytes()
    except OSError:
        return None
    digest, body = kept[:_DIGEST], kept[_DIGEST:]
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    try:
        return from_plain(json.loads(body), sources)
    except (ValueError, TypeError, LookupError):
        return None  # whole, but not written by this version


def keep(key: str, matcher: Matcher, sources: Sequence[Source]) -> None:
    """Keep a matcher for the next run; whole or not at all."""
    folder = cache_folder()
    if folder is None:
        return
    plain = json.dumps(to_plain(matcher, sources), ensure_ascii=False, separators=(",", ":"))
    body = plain.encode("utf-8", "surrogatepass")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".lexicon-")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + body)
        Path(name).replace(folder / f"lexicon-{key}.json")
        _forget(folder)
    except OSError:
        return  # a read-only or full disk: the next run will be slower, and is told nothing new by it


def _forget(folder: Path) -> None:
    """Remove all but the latest files."""
    files = sorted(folder.glob("lexicon-*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files[_FILES:]:
        file.unlink(missing_ok=True)
