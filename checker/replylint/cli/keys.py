"""Keys for receipts, from files or the environment, for the commands that sign and verify."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from replylint.cli import printing
from replylint.cli.usage import WrongUsage
from replylint.source.failures import reason_of
from replylint.source.messages import Lang, say
from replylint.source.problems import Problem

if TYPE_CHECKING:
    from replylint.receipts.keys import PrivateKey, PublicKey

SIGNING = "REPLYLINT_KEY"
"""The environment variable that may hold the private key itself, for machines whose secrets are no files."""

VERIFYING = "REPLYLINT_PUBLIC_KEY"
"""The environment variable that may hold the public key itself."""

_Key = TypeVar("_Key")


def signing_key(path: str | None, unsigned: bool, lang: Lang) -> PrivateKey | None:
    """The key that signs: of the file, else of the environment; None when receipts shall not be signed.

    That others can read the file is told. Raises WrongUsage when there is none, or when it is none.
    """
    if unsigned and path is not None:
        raise WrongUsage("usage.key-and-unsigned")
    if unsigned:
        return None
    from replylint.receipts.keys import private_key

    for pem, name in _given((path,) if path else (), SIGNING):
        key = _key(private_key, pem, name)
        if path and _open_to_others(path):
            printing.line(say("receipts.key-open", lang, {"path": path}), aside=True)
        return key
    raise WrongUsage("usage.no-signing-key", {"variable": SIGNING})


def verifying_keys(paths: tuple[str, ...], unsigned: bool) -> tuple[PublicKey, ...]:
    """The keys whose signatures count; none when receipts need no signature. Raises WrongUsage like `signing_key`."""
    if unsigned and paths:
        raise WrongUsage("usage.key-and-unsigned")
    if unsigned:
        return ()
    from replylint.receipts.keys import public_key

    keys = tuple(_key(public_key, pem, name) for pem, name in _given(paths, VERIFYING))
    if not keys:
        raise WrongUsage("usage.no-verifying-key", {"variable": VERIFYING})
    return keys


def _given(paths: Iterable[str], variable: str) -> list[tuple[bytes, str]]:
    """What may be keys, each with its name for people."""
    found = [(_content(path), path) for path in paths]
    stated = os.environ.get(variable, "")
    return found or ([(stated.encode("utf-8", "surrogateescape"), f"${variable}")] if stated.strip() else [])


def _open_to_others(path: str) -> bool:
    """Whether others than the owner can read a file, as far as its mode says it; Windows has none."""
    return os.name != "nt" and bool(Path(path).stat().st_mode & 0o077)


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise WrongUsage("usage.key-unreadable", {"path": path, "reason": reason_of(error)}) from error


def _key(read: Callable[[bytes, str], _Key | Problem], pem: bytes, name: str) -> _Key:
    key = read(pem, name)
    if isinstance(key, Problem):
        raise WrongUsage(key.key, key.values)
    return key
