"""What takes long to make, kept between runs: trees of rule files, resolved rules, the compiled lexicon, tables,
public holidays.

It is kept as JSON under the digest of everything it was made from, the program's own modules among it, and with a
digest of its own: a cache that is stale, cut short or altered is not used, and a folder that cannot be written to only
costs time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from replylint.source.version import VERSION
from replylint.source.writing import write_file

Kind = Literal["lexicon", "rules", "policy", "tables", "holidays", "verdicts"]
_T = TypeVar("_T")
_DIGEST = 64
# Every change of a wording makes a new file; the latest few are worth keeping, for branches and tests.
_FILES = 8
# There are twenty tables at a time, and they are small, as are the verdicts of a run.
_MOST = {"tables": 80, "verdicts": 40}
_PACKAGES = Path(__file__).resolve().parent.parent


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


def key_of(texts: Iterable[str], made_by: Iterable[str]) -> str:
    """The digest of all that goes into what is kept: the texts, the version, and the modules that make it.

    made_by: packages of the program, such as `facts`; whoever changes one of their modules never reads what the old
    one made.
    """
    digest = hashlib.sha256(f"{VERSION} {sys.version_info[:2]}".encode())
    for part in (*map(_modules, made_by), *(text.encode("utf-8", "surrogatepass") for text in texts)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


@cache
def _modules(package: str) -> bytes:
    """The digest of a package's modules; sixty of them are read in a millisecond."""
    digest = hashlib.sha256()
    for module in sorted((_PACKAGES / package).rglob("*.py")):
        digest.update(hashlib.sha256(module.read_bytes()).digest())
    return digest.digest()


def recall(kind: Kind, key: str, read: Callable[[Any], _T]) -> _T | None:
    """What is kept under a key, read back from plain values; None when there is nothing to be trusted."""
    body = recall_text(kind, key)
    return None if body is None else read_back(body, read)


def recall_text(kind: Kind, key: str) -> bytes | None:
    """What is kept under a key, whole and as it was written, to be given to `read_back`; None when there is nothing."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        kept = (folder / f"{kind}-{key}.json").read_bytes()
    except OSError:
        return None
    digest, body = kept[:_DIGEST], kept[_DIGEST:]
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None


def read_back(body: bytes, read: Callable[[Any], _T]) -> _T | None:
    """What was kept, from plain values; None when this version has not written it."""
    try:
        return read(json.loads(body))
    except (ValueError, TypeError, LookupError):
        return None


def keep(kind: Kind, key: str, plain: Any) -> None:
    """Keep plain values for the next run; whole or not at all."""
    folder = cache_folder()
    if folder is None:
        return
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        write_file(folder / f"{kind}-{key}.json", hashlib.sha256(body).hexdigest().encode() + body, durable=False)
        _forget(folder, kind)
    except OSError:
        return  # a read-only or full disk: the next run will be slower, and is told nothing new by it


def _forget(folder: Path, kind: Kind) -> None:
    """Remove all but the latest files of a kind."""
    files = sorted(folder.glob(f"{kind}-*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in files[_MOST.get(kind, _FILES) :]:
        file.unlink(missing_ok=True)
