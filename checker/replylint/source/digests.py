"""Digests by which a text, or plain values, are named: the same bytes give the same name everywhere."""

from __future__ import annotations

import hashlib
import json
from typing import Any

ALGORITHM = "sha256"


def digest(data: bytes) -> str:
    """The digest of bytes: `sha256:` and 64 hexadecimal digits."""
    return f"{ALGORITHM}:{hashlib.sha256(data).hexdigest()}"


def text_digest(text: str) -> str:
    """The digest of a text's exact UTF-8 bytes; nothing is trimmed, folded or normalised.

    Half of a surrogate pair, which JSON can spell and UTF-8 cannot, counts as the three bytes that it would have.
    """
    return digest(text.encode("utf-8", "surrogatepass"))


def canonical(plain: Any) -> bytes:
    """Plain values (text, whole numbers, yes or no, nothing, lists, mappings) as JSON in one spelling only.

    Keys in the order of their code points, no spaces, UTF-8. Raises TypeError for anything else, fractions included:
    they have more than one spelling, so they are written as text.
    """
    _only_plain(plain)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def plain_digest(plain: Any) -> str:
    """The digest of plain values in their canonical spelling."""
    return digest(canonical(plain))


def _only_plain(plain: Any) -> None:
    if isinstance(plain, dict):
        for key, value in plain.items():
            if not isinstance(key, str):
                raise TypeError(f"a key that is no text: {key!r}")
            _only_plain(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            _only_plain(value)
    elif not (plain is None or isinstance(plain, str | int)):
        raise TypeError(f"not a plain value: {plain!r}")
