"""Which program this is: its own files, and what is installed beside it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from replylint.source.resources import folder_of
from replylint.source.version import VERSION


def program() -> str:
    """The digest of the program and of what is installed beside it, for what depends on all of it.

    Its files count by their sizes and the times of their last change, by which Python itself tells whether a module has
    changed; what is installed counts by the names of the folders that tell each distribution's version.
    """
    digest = hashlib.sha256(f"{VERSION} {sys.version}".encode())
    for folder in map(folder_of, ("replylint", "replylint.grammar")):
        for path, _, names in sorted(os.walk(folder)):
            for name in () if path.endswith("__pycache__") else sorted(names):
                state = Path(path, name).stat()
                digest.update(os.fsencode(f"{path} {name} {state.st_size} {state.st_mtime_ns}\n"))
    for place in sys.path:
        for name in sorted(_installed(place)):
            digest.update(os.fsencode(f"{place} {name}\n"))
    return digest.hexdigest()


def _installed(place: str) -> Iterator[str]:
    """The folders that tell which distributions are installed in a place that modules are loaded from."""
    try:
        names = os.listdir(place or ".")  # noqa: PTH208 - names are all that is wanted of some hundred entries
    except OSError:  # an archive, or nothing at all
        return iter(())
    return (name for name in names if name.endswith((".dist-info", ".egg-info")))
