"""Why a file could not be opened or written, in the reader's language."""

from __future__ import annotations

import errno

from replylint.source.problems import Said, Saying


class BusyError(OSError):
    """Another process has held a lock for too long. filename: what is locked."""


class ChangedError(OSError):
    """Somebody changed a file between its being read and its being written. filename: which."""


_SAID = {
    errno.EACCES: "source.not-permitted",
    errno.EPERM: "source.not-permitted",
    errno.EROFS: "source.read-only",
    errno.ENOENT: "source.no-such-file",
    errno.EISDIR: "source.is-folder",
    errno.ENOTDIR: "source.no-folder",
    errno.ENOSPC: "source.no-space",
    errno.EDQUOT: "source.no-space",
    errno.ELOOP: "source.link-loop",
    errno.ENAMETOOLONG: "source.name-too-long",
    errno.EMFILE: "source.too-many-open",
    errno.EIO: "source.device",
}


def reason_of(error: OSError) -> Saying:
    """The reason for a sentence's value; a rare one stays in the system's own words."""
    if isinstance(error, BusyError | ChangedError):
        return Said("source.busy" if isinstance(error, BusyError) else "source.changed")
    key = _SAID.get(error.errno) if error.errno is not None else None
    return Said(key) if key else (error.strerror or str(error)).lower()
